"""What a chart of a list of tracks shows."""

from dataclasses import dataclass
from typing import Literal

from ttt.chartdata.words import Caption
from ttt.music import Measure, Period


@dataclass(frozen=True, slots=True)
class Scale:
    """What a value is called and counted in; counts that differ by powers are `logarithmic`."""

    name: str
    unit: str
    logarithmic: bool = False


POPULARITY = Scale("popularity", "of 100")


@dataclass(frozen=True, slots=True)
class RankedValues:
    """One value a rank: how well known a track is over its place in the list (from 1).

    `trend` is a line's height at the first and the last rank: level where there is no trend.
    """

    ranks: tuple[int, ...]
    values: tuple[float, ...]
    labels: tuple[str, ...]
    size: int
    trend: tuple[float, float] | None
    caption: Caption
    scale: Scale = POPULARITY


@dataclass(frozen=True, slots=True)
class Distribution:
    """All known values of one measure, in its own unit, with their median."""

    measure: Measure
    values: tuple[float, ...]
    median: float | None
    caption: Caption


@dataclass(frozen=True, slots=True)
class MoodPoint:
    """A track on the mood map; size and colour may be unknown, where it lies may not.

    `place` is its rank, or its place in a list without ranks.
    """

    uri: str
    label: str
    valence: float
    energy: float
    popularity: float | None
    tempo: float | None
    place: int | None = None


@dataclass(frozen=True, slots=True)
class MoodMap:
    """Valence across, energy up."""

    points: tuple[MoodPoint, ...]
    caption: Caption


@dataclass(frozen=True, slots=True)
class KeyWheel:
    """Tracks a Camelot code, for all 24 codes in the order of music.camelot_wheel()."""

    counts: tuple[int, ...]
    caption: Caption


@dataclass(frozen=True, slots=True)
class Genres:
    """How many of `total` tracks have each genre, commonest first; a track may have several.

    `other` is how many tracks have none of those named.
    """

    names: tuple[str, ...]
    tracks: tuple[int, ...]
    other: int
    total: int
    caption: Caption


@dataclass(frozen=True, slots=True)
class PeriodValues:
    """Median of each measure in one period; None where nothing is known.

    Without a period they are those of the list that is shown beside the three.
    """

    period: Period | None
    medians: dict[Measure, float | None]


@dataclass(frozen=True, slots=True)
class Periods:
    """The three periods side by side, and a list of one's own as the last where one is shown."""

    periods: tuple[PeriodValues, ...]
    caption: Caption


@dataclass(frozen=True, slots=True)
class FlowPoint:
    """A track that plays from `start` to `end`, in seconds since the list began."""

    label: str
    start: float
    end: float
    tempo: float | None
    energy: float | None
    key: str | None


@dataclass(frozen=True, slots=True)
class FlowMark:
    """Where a track does not follow smoothly, `at` so many seconds; `what` says how far it is."""

    kind: Literal["clash", "jump"]
    at: float
    before: str
    after: str
    what: str


@dataclass(frozen=True, slots=True)
class Flow:
    """Tempo and energy over the playing time; tracks of unknown length are not among the points."""

    points: tuple[FlowPoint, ...]
    marks: tuple[FlowMark, ...]
    seconds: float
    caption: Caption
