"""Two people's listening side by side."""

from dataclasses import dataclass
from datetime import date

from ttt.chartdata.over_time import By, Of
from ttt.chartdata.words import Caption, Page, Table


@dataclass(frozen=True, slots=True)
class CommonRow:
    """Something that two people both hear, oneself before the other.

    `shares` are parts of each one's time or plays (0 to 1), `firsts` the days on which each first
    played it; `earlier` is 0 or 1 for whoever that was first, None where it is not known. `key`
    finds it again in one's own frame.
    """

    key: int
    title: str
    subtitle: str
    shares: tuple[float, float]
    firsts: tuple[date | None, date | None]
    earlier: int | None
    uri: str | None = None
    cover_url: str | None = None


@dataclass(frozen=True, slots=True)
class Together:
    """How alike two people listen, 0 to 100; the caption says what the number means.

    `counts` are all artists and all tracks in common, of which the rows are the first; `earlier`
    how many of those artists each heard first. `blend` are URIs of a list for both. Where one of
    them played nothing, nothing is known of `alike`, and the caption says who.
    """

    alike: int | None
    counts: tuple[int, int]
    artists: tuple[CommonRow, ...]
    tracks: tuple[CommonRow, ...]
    earlier: tuple[int, int]
    blend: tuple[str, ...]
    caption: Caption
    by: By = By.MINUTES

    def table(self) -> Table:
        """A row an artist or track in common."""
        rows = tuple(
            (
                *(kind, row.title, row.subtitle),
                *(round(share * 100, 2) for share in row.shares),
                *(None if day is None else day.isoformat() for day in row.firsts),
            )
            for kind, found in (("artist", self.artists), ("track", self.tracks))
            for row in found
        )
        of_each = self.by.whole.removeprefix("the ")
        shares = (f"your {of_each} in %", f"their {of_each} in %")
        kinds = ((Of.ARTISTS, self.artists), (Of.TRACKS, self.tracks))
        things = [(of, row.key) for of, found in kinds for row in found]
        pages: dict[tuple[int, str], Page] = {(n, "name"): each for n, each in enumerate(things)}
        columns = ("what", "name", "by", *shares, "your first", "their first")
        return Table(columns, rows, pages, "by")
