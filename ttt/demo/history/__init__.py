"""Ten years of plays of each demo listener: how they came about, and the two ways to get them."""
