"""A person's own charts: what led a week or a month, and how it got there."""

from dataclasses import dataclass
from datetime import date

from ttt.chartdata.over_time import By, Of, Step
from ttt.chartdata.words import HEAD, Caption, Page, Table, distinct, paged, percent


@dataclass(frozen=True, slots=True)
class ChartRow:
    """A place on a chart.

    `last` is the place the step before, None where it was not on the chart; `note` says then
    whether it is "new" to the charts or "back". `steps` counts the steps on the chart up to now.
    """

    rank: int
    key: int
    title: str
    subtitle: str
    plays: float
    minutes: float
    share: float
    last: int | None
    peak: int
    steps: int
    note: str = ""
    uri: str | None = None
    cover_url: str | None = None


@dataclass(frozen=True, slots=True)
class Chart:
    """The chart of one week or month."""

    of: Of
    step: Step
    rows: tuple[ChartRow, ...]
    caption: Caption

    def table(self) -> Table:
        """A row a place."""
        columns = ("rank", self.of.one, "by", "last", "peak", f"{self.step}s on the chart")
        rows = tuple(
            (
                *(r.rank, r.title, r.subtitle, r.last or r.note, r.peak, r.steps),
                *(int(r.plays), round(r.minutes, 1), percent(r.share)),
            )
            for r in self.rows
        )
        pages = paged(self.of.one, self.of, (row.key for row in self.rows))
        return Table((*columns, "plays", "minutes", "share in %"), rows, pages, "by")


@dataclass(frozen=True, slots=True)
class Reign:
    """How many steps something held: the first place, or any place on the chart."""

    key: int
    title: str
    subtitle: str
    steps: int
    cover_url: str | None = None


@dataclass(frozen=True, slots=True)
class Reigns:
    """Who was number one, or longest on the chart, in how many of `steps` steps."""

    of: Of
    rows: tuple[Reign, ...]
    step: Step
    steps: int
    caption: Caption

    def table(self) -> Table:
        """A row each."""
        rows = tuple((r.title, r.subtitle, r.steps) for r in self.rows)
        pages = paged("name", self.of, (row.key for row in self.rows))
        return Table(("name", "by", f"{self.step}s"), rows, pages, "by")


@dataclass(frozen=True, slots=True)
class RankLine:
    """Ranks of one thing over the steps; None where it was not heard or not recorded."""

    key: int
    title: str
    ranks: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class RankLines:
    """Lines of ranks on one axis of time, the one that leads now first.

    `blank` says of which steps nothing was recorded; lines break there. `shown` is how many places
    a chart has.
    """

    of: Of
    step: Step
    starts: tuple[date, ...]
    blank: tuple[bool, ...]
    lines: tuple[RankLine, ...]
    shown: int
    caption: Caption

    def table(self) -> Table:
        """A row a step, a column a line."""
        rows = tuple(
            (start.isoformat(), *(line.ranks[n] for line in self.lines))
            for n, start in enumerate(self.starts)
        )
        titles = tuple(distinct(line.title for line in self.lines))
        pairs = zip(titles, self.lines, strict=True)
        pages: dict[tuple[int, str], Page] = {
            (HEAD, title): (self.of, line.key) for title, line in pairs
        }
        return Table((f"{self.step} from", *titles), rows, pages)


@dataclass(frozen=True, slots=True)
class Race:
    """Sums since the beginning, a frame a step: for each the places (into `titles`) and amounts."""

    of: Of
    by: By
    starts: tuple[date, ...]
    titles: tuple[str, ...]
    frames: tuple[tuple[tuple[int, float], ...], ...]
    caption: Caption

    def table(self) -> Table:
        """A row a step and place."""
        rows = tuple(
            (start.isoformat(), rank, self.titles[title], round(amount))
            for start, frame in zip(self.starts, self.frames, strict=True)
            for rank, (title, amount) in enumerate(frame, start=1)
        )
        return Table(("until", "place", self.of.one, str(self.by)), rows)


@dataclass(frozen=True, slots=True)
class Listed:
    """A track as somebody else ranks it; `mine` is its place by one's own plays, None unplayed.

    `key` finds it again in the frame, None where it was never played.
    """

    rank: int
    title: str
    artists: str
    mine: int | None
    key: int | None
    uri: str
    cover_url: str | None = None


@dataclass(frozen=True, slots=True)
class Beside:
    """A list that somebody else made on a day beside one's own plays; `agree` are on both."""

    rows: tuple[Listed, ...]
    agree: int
    caption: Caption

    def table(self) -> Table:
        """A row a place."""
        rows = tuple((r.rank, r.title, r.artists, r.mine) for r in self.rows)
        pages = paged("track", Of.TRACKS, (row.key for row in self.rows))
        return Table(("Spotify’s rank", "track", "artists", "your place"), rows, pages, "artists")
