"""How much was heard, and when: numbers, bars over time, days, hours, sittings, and what led."""

from dataclasses import dataclass
from datetime import date, datetime

from ttt.chartdata.over_time import By, Hole, Of, Step
from ttt.chartdata.words import Caption, Cell, Table, paged, percent

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@dataclass(frozen=True, slots=True)
class Number:
    """One number of a stretch of time, `text` as people read it, `note` beside it.

    `compared` and `before` are the same number on the days that both stretches have recorded;
    None where there is nothing to compare. With `about` the text is a guess.
    """

    name: str
    text: str
    note: str
    value: float | None
    compared: float | None = None
    before: float | None = None
    about: bool = False


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers of a stretch of time beside those of the stretch before."""

    numbers: tuple[Number, ...]
    caption: Caption

    def table(self) -> Table:
        """A row a number."""
        rows = tuple((n.name, n.value, n.compared, n.before) for n in self.numbers)
        return Table(("number", "value", "on days recorded both times", "the time before"), rows)


@dataclass(frozen=True, slots=True)
class Bar:
    """One step: `value` is None where it was not recorded; `cut` where only a part is in view."""

    start: date
    value: float | None
    before: float | None = None
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Activity:
    """Plays or minutes a step, beside the stretch before (`before_name`, "" without one)."""

    step: Step
    by: By
    bars: tuple[Bar, ...]
    holes: tuple[Hole, ...]
    before_name: str
    caption: Caption

    def table(self) -> Table:
        """A row a step."""
        columns = (f"{self.step} from", str(self.by), self.before_name or "before", "whole")
        rows = tuple(
            (b.start.isoformat(), _tidy(b.value), _tidy(b.before), "no" if b.cut else "yes")
            for b in self.bars
        )
        return Table(columns, rows)


@dataclass(frozen=True, slots=True)
class Calendar:
    """Plays or minutes of each day from `first` on; None where nothing was recorded."""

    first: date
    values: tuple[float | None, ...]
    by: By
    caption: Caption

    def table(self) -> Table:
        """A row a day."""
        start = self.first.toordinal()
        days = (date.fromordinal(start + n).isoformat() for n in range(len(self.values)))
        return Table(
            ("day", str(self.by)),
            tuple((day, _tidy(value)) for day, value in zip(days, self.values, strict=True)),
        )


@dataclass(frozen=True, slots=True)
class Clock:
    """Plays or minutes by weekday (7, from Monday) and hour (24); `best` is the fullest cell."""

    cells: tuple[tuple[float, ...], ...]
    best: tuple[int, int] | None
    by: By
    caption: Caption

    def table(self) -> Table:
        """A row a weekday, a column an hour."""
        rows = tuple(
            (name, *map(_tidy, cells)) for name, cells in zip(WEEKDAYS, self.cells, strict=True)
        )
        return Table(("weekday", *(f"{hour:02}:00" for hour in range(24))), rows)


@dataclass(frozen=True, slots=True)
class TopRow:
    """One of the most heard: `climbed` places since the stretch before, or a `note`.

    The note is "new" where it was never heard earlier, "back" where it was, but not among the
    first hundred of the stretch before. `key` finds it again in its frame.
    """

    rank: int
    key: int
    title: str
    subtitle: str
    value: float
    share: float
    uri: str | None = None
    cover_url: str | None = None
    climbed: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Tops:
    """The most heard tracks, artists, albums or genres."""

    of: Of
    by: By
    rows: tuple[TopRow, ...]
    caption: Caption

    def table(self) -> Table:
        """A row each."""
        columns = ("rank", self.of.one, "by", str(self.by), "share in %", "climbed", "note")
        rows = tuple(
            (
                *(row.rank, row.title, row.subtitle, _tidy(row.value)),
                *(percent(row.share), row.climbed, row.note),
            )
            for row in self.rows
        )
        pages = paged(self.of.one, self.of, (row.key for row in self.rows))
        return Table(columns, rows, pages, "" if self.of is Of.ARTISTS else "by")


@dataclass(frozen=True, slots=True)
class Sitting:
    """Plays without a break: when it began on the person's clock, how long, how many plays.

    The track heard most in it has its `key`; None where nothing counts as a play.
    """

    began: datetime
    seconds: int
    plays: int
    most_heard: str
    key: int | None = None
    artists: str = ""
    cover_url: str | None = None


@dataclass(frozen=True, slots=True)
class Sittings:
    """The longest sittings of a stretch of time."""

    longest: tuple[Sitting, ...]
    caption: Caption

    def table(self) -> Table:
        """A row for each of the longest."""
        rows: tuple[tuple[Cell, ...], ...] = tuple(
            (f"{s.began:%Y-%m-%d %H:%M}", round(s.seconds / 60), s.plays, s.most_heard)
            for s in self.longest
        )
        pages = paged("most heard", Of.TRACKS, (one.key for one in self.longest))
        return Table(("began", "minutes", "plays", "most heard"), rows, pages)


def _tidy(value: float | None) -> Cell:
    """A whole number where it is one, else one digit."""
    if value is None:
        return None
    return int(value) if value == int(value) else round(value, 1)
