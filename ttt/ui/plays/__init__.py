"""What people heard, over time."""
