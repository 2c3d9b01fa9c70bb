"""Lists: choosing, filling and arranging them."""
