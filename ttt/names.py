"""Titles and names as they are compared, and what is kept by them."""

import hashlib
import re
import unicodedata
from collections.abc import Sequence

from ttt.text import without_accents

_APOSTROPHES = re.compile(r"['’‘`´\u1ffd]")
_BETWEEN_WORDS = re.compile(r"[\W_]+")
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe"})


def fold(text: str) -> str:
    """Words as they are compared: no case, accents or punctuation, one space between."""
    text = _APOSTROPHES.sub("", text.casefold())
    if text.isascii():
        return _BETWEEN_WORDS.sub(" ", text).strip()
    # Once more behind it: letters in ornament, such as 𝕊, have small ones only as plain ones.
    text = without_accents(text).casefold()
    text = _APOSTROPHES.sub("", text).translate(_LETTERS)
    return " ".join(_BETWEEN_WORDS.sub(_gap, text).split())


def same(one: str, other: str) -> bool:
    """Whether two names say the same; names without any word are compared as they are."""
    folded = fold(one)
    return folded == fold(other) and (bool(folded) or one.strip() == other.strip())


def identity(title: str, artists: Sequence[str]) -> str:
    """By which tracks that are known by names only are told apart."""
    words = "\n".join((fold(title) or title.strip(), *(fold(a) or a.strip() for a in artists)))
    return hashlib.sha256(words.encode()).hexdigest()


def _gap(between: re.Match[str]) -> str:
    """What stands between words: a blank, or the marks that belong to the letter before them."""
    signs = between[0]
    marks = 0
    while between.start() and marks < len(signs) and unicodedata.category(signs[marks])[0] == "M":
        marks += 1
    return signs[:marks] + " " * (marks < len(signs))
