"""What all errors that are raised on purpose have in common."""


class TTTError(Exception):
    """Base of all errors that the app raises on purpose."""
