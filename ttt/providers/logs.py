"""Keeping libraries from printing what they send."""

import logging


def keep_quiet(*names: str) -> None:
    """Let loggers say no less than warnings: their lines hold tokens, keys and addresses."""
    for name in names:
        logger = logging.getLogger(name)
        logger.setLevel(max(logger.level, logging.WARNING))
