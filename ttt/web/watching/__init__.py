"""What the server tells of itself: health, numbers and the log."""
