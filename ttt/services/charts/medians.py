"""The four numbers of a list: medians, and how they stand to those of another list."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ttt import music
from ttt.music import Measure
from ttt.services.tracks.captions import number
from ttt.services.tracks.rows import TrackRow

# Where each measure begins and ends, and what its ends are called.
SPANS = {
    Measure.POPULARITY: (0.0, 100.0),
    Measure.ENERGY: (0.0, 1.0),
    Measure.VALENCE: (0.0, 1.0),
    Measure.TEMPO: (40.0, 200.0),
}
ENDS = {
    Measure.POPULARITY: ("obscure", "hit"),
    Measure.ENERGY: ("calm", "intense"),
    Measure.VALENCE: ("sad", "happy"),
    Measure.TEMPO: ("slow", "fast"),
}


@dataclass(frozen=True, slots=True)
class Median:
    """A median, None where nothing is known; `at` and `was` are its place and the other's, 0-100.

    `words` and `short` compare it with the other list, "" where there is none.
    """

    measure: Measure
    text: str | None
    at: float | None
    was: float | None
    words: str
    short: str


def of(rows: Sequence[TrackRow], year: Sequence[TrackRow] | None = None) -> tuple[Median, ...]:
    """Medians of the four measures, against those of the person's year."""
    return tuple(_median(m, _middle(rows, m), _middle(year or (), m)) for m in Measure)


def place(measure: Measure, value: float) -> float:
    """Where a value lies between the ends of its measure, 0-100."""
    low, high = SPANS[measure]
    return max(0.0, min(100.0, round(100 * (value - low) / (high - low), 1)))


def _median(measure: Measure, value: float | None, other: float | None) -> Median:
    if value is None:
        return Median(measure, None, None, None, "", "")
    text = music.written(measure, value).removesuffix(" BPM")
    at = place(measure, value)
    if other is None:
        return Median(measure, text, at, None, "", "")
    words, short = _against(measure, value, other)
    return Median(measure, text, at, place(measure, other), words, short)


def _against(measure: Measure, value: float, other: float) -> tuple[str, str]:
    """The difference of the numbers as they are shown, in words and with its sign."""
    digits = 2 if measure in {Measure.ENERGY, Measure.VALENCE} else 0
    step = round(round(value, digits) - round(other, digits), digits)
    if not step:
        return "same as your year", "same as year"
    sign = "+" if step > 0 else "−"
    size = f"{abs(step):.{digits}f}"
    return f"{size} {music.comparative(measure, step)} than your year", f"{sign}{size} vs year"


def _middle(rows: Iterable[TrackRow], measure: Measure) -> float | None:
    return music.median([v for row in rows if (v := number(row, measure)) is not None])
