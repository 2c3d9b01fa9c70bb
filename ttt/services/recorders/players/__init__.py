"""Players that send what they play here: their tokens, and what they may send."""
