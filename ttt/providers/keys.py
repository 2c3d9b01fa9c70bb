"""Musical keys as people and programs write them."""

import re
from functools import cache

from ttt import music

_NATURALS = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
_SHIFTS = {"": 0, "#": 1, "♯": 1, "b": -1, "♭": -1}
_NAME = re.compile(
    r"(?P<tonic>[A-Ga-g])\s?(?P<shift>[#♯b♭]?)"
    r"(?:\s?/\s?[A-Ga-g]\s?[#♯b♭]?)?"  # the other name of the same key
    r"[\s-]*(?P<mode>[A-Za-z]*)"
)
_MODES = {
    **dict.fromkeys(("0", "m", "min", "minor", "moll"), 0),
    **dict.fromkeys(("1", "M", "maj", "major", "dur"), 1),
}
_PITCH_CLASSES = {str(number): number for number in range(12)}


def key(text: str) -> tuple[int | None, int | None]:
    """Pitch class 0-11 and mode of "F♯ minor", "F#m", "11A" or "6"; None for what it lacks."""
    text = _trimmed(text)
    if text in _PITCH_CLASSES:
        return _PITCH_CLASSES[text], None
    if (code := text.upper().lstrip("0")) in _camelot():
        return _camelot()[code]
    named = _NAME.fullmatch(text)
    if named is None or (named["mode"] and mode(named["mode"]) is None):
        return None, None
    tonic = _NATURALS[named["tonic"].upper()] + _SHIFTS[named["shift"]]
    return tonic % 12, mode(named["mode"])


def mode(text: str) -> int | None:
    """0 for minor and 1 for major, by word or number."""
    text = _trimmed(text)
    return _MODES.get(text, _MODES.get(text.lower()))


def _trimmed(text: str) -> str:
    # A column of whole numbers with gaps is often written with decimals.
    return re.sub(r"[.,]0+$", "", text.strip())


@cache
def _camelot() -> dict[str, tuple[int, int]]:
    return {code: (tonic, mode) for code, tonic, mode in music.camelot_wheel()}
