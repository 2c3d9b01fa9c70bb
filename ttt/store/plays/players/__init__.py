"""Players that send what they play here, by tokens."""
