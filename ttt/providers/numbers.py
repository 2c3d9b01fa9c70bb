"""Numbers of other people's data: what is of the wrong type or out of range is not known."""

from collections.abc import Mapping
from typing import Any

from ttt.found import FoundFeatures

_UNIT = (0.0, 1.0)
_DIGITS = 18
RANGES: Mapping[str, tuple[float, float]] = {
    "energy": _UNIT,
    "valence": _UNIT,
    "tempo": (20.0, 400.0),
    "danceability": _UNIT,
    "acousticness": _UNIT,
    "instrumentalness": _UNIT,
    "liveness": _UNIT,
    "loudness": (-100.0, 5.0),  # above it somebody left out the sign
    "speechiness": _UNIT,
}
NEVER_ALL_ZERO = ("valence", "tempo", "danceability")
# In these, Spotify and those who follow it write -1 or 0 for what they do not know.
WHOLE_RANGES: Mapping[str, tuple[int, int]] = {
    "key": (0, 11),
    "mode": (0, 1),
    "time_signature": (1, 16),
}


def number(value: object, low: float, high: float) -> float | None:
    """The number, None unless it is one and within the range."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if low <= value <= high else None


def popularity(value: object) -> float | None:
    """A popularity of 0-100."""
    return number(value, 0, 100)


def tempo(value: object) -> float | None:
    """A tempo in BPM; 0 stands for unknown."""
    return number(value, *RANGES["tempo"])


def count(value: object, most: float) -> float | None:
    """A count, which some services write as text."""
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= _DIGITS:
        value = int(value)
    return number(value, 0, most)


def features(said: Mapping[str, object]) -> FoundFeatures | None:
    """Audio features under Spotify's names and in its units, None when none can be used."""
    if failed(said):
        return None
    known: dict[str, Any] = {
        **{name: number(said.get(name), *ends) for name, ends in RANGES.items()},
        **{name: _whole(said.get(name), *ends) for name, ends in WHOLE_RANGES.items()},
    }
    return FoundFeatures(**known) if any(v is not None for v in known.values()) else None


def failed(said: Mapping[str, object]) -> bool:
    """Whether these are what Spotify gives for a track that it could not analyse: all zero.

    Of what is never zero together two have to be said, as many a table leaves the third out.
    """
    told = [said[name] for name in NEVER_ALL_ZERO if said.get(name) is not None]
    return len(told) > 1 and all(number(value, 0, 0) is not None for value in told)


def _whole(value: object, low: int, high: int) -> int | None:
    known = number(value, low, high)
    return int(known) if known is not None and known.is_integer() else None
