"""The server itself: health, backup, workers and the change of its key."""
