"""Text that people type and services send, made fit to be kept."""

import unicodedata
from typing import Any

_SPACES = frozenset("\t\n\r")
_CYRILLIC, _HEBREW, _BEYOND_ARABIC = "\u0400", "\u0590", "\u0780"
_VOWELS, _STRESS, _TWO_DOTS = frozenset("аеиоуыэюяії"), frozenset("\u0300\u0301"), "\u0308"
_VARIANTS = frozenset(map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))))
"""By which a sign is shown in another of its shapes, such as a heart in colour."""


TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Signs that turn the direction of what follows, also beyond the text that they stand in."""


def storable(text: str) -> str:
    """The text without what PostgreSQL or XML cannot hold: control characters, half surrogates."""
    return _without_controls(text, but=_SPACES)


def one_line(text: str) -> str:
    """Storable text whose words stand one blank apart."""
    return " ".join(storable(text).split())


def without_accents(text: str) -> str:
    """The text without the marks that people leave out, however its letters were written.

    Those of Latin, Greek, Hebrew and Arabic letters, and of Cyrillic ones the dots of ё and stress.
    Elsewhere a mark makes another letter: か and が, и and й.
    """
    if text.isascii():
        return text
    kept, letter = list[str](), ""
    for c in unicodedata.normalize("NFKD", text):
        if unicodedata.category(c)[0] != "M":
            letter = c
        elif _is_left_out(letter, c):
            continue
        kept.append(c)
    return "".join(kept)


def _is_left_out(letter: str, mark: str) -> bool:
    if letter < _CYRILLIC or _HEBREW <= letter < _BEYOND_ARABIC or mark in _VARIANTS:
        return True
    small = letter.lower()
    return (small in _VOWELS and mark in _STRESS) or (small == "е" and mark == _TWO_DOTS)


def cleaned(value: Any) -> Any:
    """What a service sent, at any depth of its JSON, without control characters of any kind."""
    match value:
        case str():
            return _without_controls(value)
        case list():
            return [cleaned(one) for one in value]
        case dict():
            return {cleaned(key): cleaned(one) for key, one in value.items()}
    return value


def file_name(name: str, ending: str) -> str:
    """A file name that is one on every system: letters, digits, blanks, dots and dashes."""
    letters = "".join(c if c.isalnum() or c in " .-_" else "_" for c in name)
    return f"{letters.strip(' .')[:80].lower() or 'list'}.{ending}"


def _without_controls(text: str, but: frozenset[str] = frozenset()) -> str:
    if text.isprintable():
        return text
    return "".join(c for c in text if c in but or unicodedata.category(c) not in {"Cc", "Cs"})
