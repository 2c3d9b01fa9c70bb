"""Keys in letters, numbers and words: which pitch class, and minor or major."""

import re
from functools import cache

from ttt import music
from ttt.providers.keys import words

_NATURALS = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
_SHIFTS = {"": 0, "#": 1, "♯": 1, "b": -1, "♭": -1}
_NAME = re.compile(
    r"(?P<tonic>[A-Ga-g])\s?(?P<shift>[#♯b♭]?)"
    r"(?:\s?/\s?[A-Ga-g]\s?[#♯b♭]?)?"  # the other name of the same key
    r"[\s-]*(?P<mode>[^\W\d_]*)"
)
_LETTERS = re.compile(r"[A-G][#♯b♭]?m?")
_MODES = {"0": 0, "1": 1, "m": 0, "M": 1}
_PITCH_CLASSES = {str(number): number for number in range(12)}
# Traktor's Open Key: 1d is C major, 1m A minor.
_OPEN_KEY = re.compile(r"0?(?P<hour>[1-9]|1[0-2])\s?(?P<ring>[dDm])")
_C_MAJOR_ON_CAMELOT = 8
# One key in two notations: "Am (8A)", "12A - C# minor", "8A / Am".
_BESIDE = re.compile(r"\s*[()\[\]|,;]\s*|\s+[/–—-]\s+|(?<=m)/(?=[A-G])")
_MOST_NOTATIONS = 3

Key = tuple[int | None, int | None]


def key(text: str) -> Key:
    """Pitch class 0-11 and mode of "F♯ minor", "F#m", "11A", "4m", "fis-Moll" or "6".

    None for what it lacks.
    """
    text = _trimmed(text)
    alone = _one(text)
    if alone[0] is not None:
        return alone
    parts = [part for part in _BESIDE.split(text) if part]
    if not 1 < len(parts) <= _MOST_NOTATIONS:
        return alone
    found = [_one(part) for part in parts]
    tonics, modes = {tonic for tonic, _ in found}, {mode for _, mode in found} - {None}
    # Who says two different keys says none.
    return (tonics.pop(), modes.pop() if modes else None) if _agree(tonics, modes) else alone


def is_minor(text: str) -> bool:
    """Whether a text is a minor key as "Am": whoever writes so means C major by "C"."""
    return _LETTERS.fullmatch(text.strip()) is not None and text.rstrip().endswith("m")


def is_letter(text: str) -> bool:
    """Whether a text is a key without its mode, as "C" or "F♯"."""
    return _LETTERS.fullmatch(text.strip()) is not None and not text.rstrip().endswith("m")


def mode(text: str) -> int | None:
    """0 for minor and 1 for major, by word or number."""
    text = _trimmed(text)
    return _MODES.get(text, words.MODES.get(words.folded(text)))


def _agree(tonics: set[int | None], modes: set[int | None]) -> bool:
    return len(tonics) == 1 and len(modes) <= 1


def _one(text: str) -> Key:
    """A key in a single notation."""
    if text in _PITCH_CLASSES:
        return _PITCH_CLASSES[text], None
    if (code := text.upper().lstrip("0").replace(" ", "")) in _camelot():
        return _camelot()[code]
    if found := _OPEN_KEY.fullmatch(text):
        hour = (int(found["hour"]) + _C_MAJOR_ON_CAMELOT - 2) % 12 + 1
        return _camelot()[f"{hour}{'A' if found['ring'] == 'm' else 'B'}"]
    if in_words := words.key(text):
        return in_words
    named = _NAME.fullmatch(text)
    if named is None or (named["mode"] and mode(named["mode"]) is None):
        return None, None
    tonic = _NATURALS[named["tonic"].upper()] + _SHIFTS[named["shift"]]
    return tonic % 12, mode(named["mode"])


def _trimmed(text: str) -> str:
    # A column of whole numbers with gaps is often written with decimals.
    return re.sub(r"[.,]0+$", "", text.strip())


@cache
def _camelot() -> dict[str, tuple[int, int]]:
    return {code: (tonic, mode) for code, tonic, mode in music.camelot_wheel()}
