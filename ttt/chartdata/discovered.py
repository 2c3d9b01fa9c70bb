"""What was heard for the first time, what stayed, what left and what came back."""

from dataclasses import dataclass
from datetime import date

from ttt.chartdata.over_time import By, Hole, Of, Step
from ttt.chartdata.words import Caption, Table, paged


@dataclass(frozen=True, slots=True)
class Firsts:
    """Tracks heard for the first time a month: those that stayed, left, and are too new to tell.

    By minutes it is the time that they were heard since.
    """

    starts: tuple[date, ...]
    stayed: tuple[int | None, ...]
    left: tuple[int | None, ...]
    open: tuple[int | None, ...]
    holes: tuple[Hole, ...]
    caption: Caption
    by: By = By.PLAYS

    def table(self) -> Table:
        """A row a month."""
        rows = tuple(
            (start.isoformat(), stayed, left, new)
            for start, stayed, left, new in zip(
                self.starts, self.stayed, self.left, self.open, strict=True
            )
        )
        unit = ", minutes since" if self.by is By.MINUTES else ""
        parts = (f"{part}{unit}" for part in ("stayed", "left", "too new to tell"))
        return Table(("month from", *parts), rows)


@dataclass(frozen=True, slots=True)
class Story:
    """A track with what makes it part of a list: a sentence, a number, and a day or two."""

    key: int
    title: str
    artists: str
    words: str
    number: float
    uri: str | None = None
    cover_url: str | None = None
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Stories:
    """A list of tracks that share a story, such as favourites that were forgotten.

    `counted` says in a table what the numbers are, and `unit` what one of them is.
    """

    rows: tuple[Story, ...]
    counted: str
    unit: str
    caption: Caption

    def table(self) -> Table:
        """A row a track."""
        rows = tuple(
            (
                *(s.title, s.artists, round(s.number)),
                *(_iso(s.first), _iso(s.last), s.words),
            )
            for s in self.rows
        )
        columns = ("track", "artists", self.counted, "from", "until", "what")
        pages = paged("track", Of.TRACKS, (story.key for story in self.rows))
        return Table(columns, rows, pages, "artists")


@dataclass(frozen=True, slots=True)
class Life:
    """Every play of one thing: local days since 1970 with their fraction, and local hours.

    `each` are plays or minutes of each step from `starts`, as `by` says, and `ranks` its places on
    that step's chart; None off the chart. `plays` and `minutes` are whole sums, `skips` what was
    left early, `plays_before` those of the time before. `first` and `last` are of all time.
    """

    name: str
    days: tuple[float, ...]
    hours: tuple[float, ...]
    step: Step
    by: By
    starts: tuple[date, ...]
    each: tuple[int | None, ...]
    ranks: tuple[int | None, ...]
    plays: int
    plays_before: int | None
    skips: int
    minutes: float
    about: bool
    first: date | None
    last: date | None
    peak: tuple[int, int] | None
    span: tuple[date, date]
    holes: tuple[Hole, ...]
    caption: Caption

    def table(self) -> Table:
        """A row a step."""
        rows = tuple(
            (start.isoformat(), plays, rank)
            for start, plays, rank in zip(self.starts, self.each, self.ranks, strict=True)
        )
        return Table((f"{self.step} from", str(self.by), "place"), rows)


@dataclass(frozen=True, slots=True)
class Lane:
    """What one source covers: stretches of days, and how many plays it told that count."""

    name: str
    stretches: tuple[tuple[date, date], ...]
    plays: int
    note: str = ""
    main: bool = False


@dataclass(frozen=True, slots=True)
class Covered:
    """A lane a source over the whole history, and the holes in all of them."""

    lanes: tuple[Lane, ...]
    holes: tuple[Hole, ...]
    first: date
    last: date
    caption: Caption

    def table(self) -> Table:
        """A row a stretch, holes last."""
        rows = [
            (lane.name, first.isoformat(), last.isoformat(), lane.plays)
            for lane in self.lanes
            for first, last in lane.stretches
        ]
        holes = [
            ("not recorded", hole.first.isoformat(), hole.last.isoformat(), None)
            for hole in self.holes
        ]
        return Table(("source", "from", "until", "plays"), (*rows, *holes))


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
