"""How what was heard felt: energy, valence, tempo and popularity over time.

`by` says what all is weighed by: the minutes heard, or plays, of which each weighs the same.
"""

from dataclasses import dataclass
from datetime import date

from ttt.chartdata.over_time import By, Hole, Of, Step
from ttt.chartdata.words import Caption, Cell, Table, paged
from ttt.music import Measure

Cells = tuple[tuple[float | None, ...], ...]


@dataclass(frozen=True, slots=True)
class Spread:
    """Half of the time heard lies between `low` and `high`, half of it below `middle`."""

    low: float
    middle: float
    high: float


@dataclass(frozen=True, slots=True)
class Ribbon:
    """One measure over the steps of a river: spreads and a line through their surroundings.

    None where nothing was recorded or too little is known; `now` and `before` are the middles of
    the last year, or of a span with something before it, and of the same time before.
    """

    measure: Measure
    spreads: tuple[Spread | None, ...]
    line: tuple[float | None, ...]
    now: float | None
    before: float | None


@dataclass(frozen=True, slots=True)
class OddTrack:
    """A track that made a week what it was."""

    key: int
    title: str
    artists: str
    minutes: float
    plays: int
    uri: str | None
    cover_url: str | None
    values: dict[Measure, float | None]


@dataclass(frozen=True, slots=True)
class OddWeek:
    """The week that differs most: each measure's middle there and usually, and its five tracks.

    `share` is the part of the week's time, or plays, that the tracks held.
    """

    first: date
    last: date
    values: dict[Measure, tuple[float, float]]
    tracks: tuple[OddTrack, ...]
    share: float
    caption: Caption
    by: By = By.MINUTES

    def table(self) -> Table:
        """A row a track."""
        columns = ("track", "artists", "minutes", "plays", *(str(m) for m in self.values))
        rows: tuple[tuple[Cell, ...], ...] = tuple(
            (t.title, t.artists, round(t.minutes), t.plays, *(t.values[m] for m in self.values))
            for t in self.tracks
        )
        pages = paged("track", Of.TRACKS, (t.key for t in self.tracks))
        return Table(columns, rows, pages, "artists")


@dataclass(frozen=True, slots=True)
class River:
    """Ribbons over one axis of time; `known` is the share of each step's time with all values."""

    step: Step
    starts: tuple[date, ...]
    ribbons: tuple[Ribbon, ...]
    known: tuple[float | None, ...]
    holes: tuple[Hole, ...]
    odd: tuple[date, dict[Measure, float]] | None
    now_name: str
    before_name: str
    caption: Caption
    by: By = By.MINUTES

    def table(self) -> Table:
        """A row a step."""
        columns = [f"{self.step} from"]
        for ribbon in self.ribbons:
            columns += [f"{ribbon.measure} {part}" for part in ("lower", "middle", "upper")]
        rows = []
        for n, start in enumerate(self.starts):
            row: list[Cell] = [start.isoformat()]
            for ribbon in self.ribbons:
                spread = ribbon.spreads[n]
                row += [None] * 3 if spread is None else [spread.low, spread.middle, spread.high]
            known = self.known[n]
            rows.append((*row, None if known is None else round(known * 100)))
        return Table(
            (*columns, f"values known, % of {self.by.whole.removeprefix('the ')}"), tuple(rows)
        )


@dataclass(frozen=True, slots=True)
class Stripes:
    """A row a year, a cell a week (53): the middle of one measure, None where unknown.

    `blank` are (row, week) that were not recorded; `means` the middle of each year; `odd` the
    cell of the week that differs most.
    """

    measure: Measure
    years: tuple[int, ...]
    cells: Cells
    blank: tuple[tuple[int, int], ...]
    means: tuple[float | None, ...]
    odd: tuple[int, int] | None
    caption: Caption

    @property
    def known(self) -> bool:
        """Whether enough of any week is."""
        return any(cell is not None for cells in self.cells for cell in cells)

    def table(self) -> Table:
        """A row a year."""
        rows = tuple(
            (year, mean, *cells)
            for year, mean, cells in zip(self.years, self.means, self.cells, strict=True)
        )
        return Table(("year", "all year", *(f"week {n}" for n in range(1, 54))), rows)


@dataclass(frozen=True, slots=True)
class HourMoods:
    """The mean of one measure and the hours heard, by weekday (7, from Monday) and hour (24).

    By plays `amounts` are those in place of hours.
    """

    measure: Measure
    values: Cells
    amounts: tuple[tuple[float, ...], ...]
    caption: Caption
    by: By = By.MINUTES

    @property
    def known(self) -> bool:
        """Whether enough of any hour is."""
        return any(value is not None for values in self.values for value in values)

    def table(self) -> Table:
        """A row an hour of the week that has a value."""
        names = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
        rows = tuple(
            (names[day], hour, value, round(self.amounts[day][hour], 1))
            for day, cells in enumerate(self.values)
            for hour, value in enumerate(cells)
            if value is not None
        )
        return Table(("weekday", "hour", str(self.measure), self.by.summed), rows)


@dataclass(frozen=True, slots=True)
class Season:
    """Three months of any year: the spread of each measure, None where too little is known."""

    name: str
    spreads: dict[Measure, Spread | None]


@dataclass(frozen=True, slots=True)
class Seasons:
    """The four seasons side by side."""

    seasons: tuple[Season, ...]
    caption: Caption
    by: By = By.MINUTES

    def table(self) -> Table:
        """A row a season and measure."""
        rows = tuple(
            (season.name, str(measure), spread.low, spread.middle, spread.high)
            for season in self.seasons
            for measure, spread in season.spreads.items()
            if spread is not None
        )
        return Table(("months", "measure", "lower", "middle", "upper"), rows)
