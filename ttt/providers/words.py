"""Titles and names as they are compared."""

import re

from ttt.text import without_accents

_APOSTROPHES = re.compile(r"['’‘`´]")
_BETWEEN_WORDS = re.compile(r"[\W_]+")
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe"})


def fold(text: str) -> str:
    """Words as they are compared: no case, accents or punctuation, one space between."""
    text = _APOSTROPHES.sub("", text.casefold())
    if not text.isascii():
        text = without_accents(text).translate(_LETTERS)
    return _BETWEEN_WORDS.sub(" ", text).strip()


def same(one: str, other: str) -> bool:
    """Whether two names say the same; names without any word are compared as they are."""
    folded = fold(one)
    return folded == fold(other) and (bool(folded) or one.strip() == other.strip())
