"""Lists and what is on them."""
