"""Lists of one's own: making, filling, arranging and importing them."""
