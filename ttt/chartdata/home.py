"""What the start page and the list of top tracks say of plays."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from ttt.chartdata.listening import WEEKDAYS
from ttt.chartdata.words import Caption, Cell, Table

DayValues = tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class WeekNumber:
    """A number of a week so far: `text` as people read it, `note` and `short` beside it.

    `compared` and `before` are this week's and the week before's on days recorded both times, up
    to the same hour; None where nothing is to be compared. `days` are the seven days from Monday,
    `days_before` those of the week before; None for what is to come or was not recorded. With
    `about` the text is a guess.
    """

    name: str
    text: str
    note: str
    short: str
    value: float
    compared: float | None = None
    before: float | None = None
    days: DayValues = ()
    days_before: DayValues = ()
    about: bool = False


@dataclass(frozen=True, slots=True)
class Week:
    """The week that begins on `first`, up to `last`: today, or where not `now` its Sunday."""

    first: date
    last: date
    numbers: tuple[WeekNumber, ...]
    caption: Caption
    now: bool = True

    def table(self) -> Table:
        """A row a number: the week so far, what is compared, and its days."""
        rows: tuple[tuple[Cell, ...], ...] = tuple(
            (n.name, n.value, n.compared, n.before, *(n.days or (None,) * 7)) for n in self.numbers
        )
        weeks = ("this week", "last week") if self.now else ("the week", "the week before")
        return Table(("number", weeks[0], "compared", weeks[1], *WEEKDAYS), rows)


@dataclass(frozen=True, slots=True)
class Heard:
    """A play: what, and when on the person's clock; `key` finds its recording in its frame."""

    key: int
    title: str
    artists: str
    at: datetime
    cover_url: str | None = None


@dataclass(frozen=True, slots=True)
class Behind:
    """Plays and minutes behind a rank."""

    plays: int
    minutes: float


@dataclass(frozen=True, slots=True)
class BehindRanks:
    """What is known to have been heard of each track (by its URI) in the time of a top list.

    Tracks that were not heard in it are left out: that nothing is known is no zero. With `about`
    minutes are partly the length of the track. `said` says of which time, and how much is known.
    """

    of: Mapping[str, Behind]
    about: bool
    said: str
