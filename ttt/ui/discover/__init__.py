"""Public charts and play counts."""
