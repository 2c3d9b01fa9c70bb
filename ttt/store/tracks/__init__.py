"""Tracks, who holds them, and names that were matched to them."""
