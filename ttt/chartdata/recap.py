"""A stretch of time in about ten cards."""

from dataclasses import dataclass
from datetime import date

from ttt.chartdata.listening import Sitting, TopRow
from ttt.chartdata.mood import Spread
from ttt.chartdata.over_time import By, Of
from ttt.chartdata.words import Page, Table
from ttt.music import Measure


@dataclass(frozen=True, slots=True)
class Favourite:
    """The track of the time: its weeks at number one, its hours, and a dot a play.

    Dots are the part of the time gone by (0 to 1) and the hour of the day.
    """

    row: TopRow
    weeks_at_one: int
    hours: float
    dots: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class MonthMoods:
    """The spread of one measure in each month, None where too little is known."""

    measure: Measure
    spreads: tuple[Spread | None, ...]


@dataclass(frozen=True, slots=True)
class Recap:
    """What the cards say; `minutes_about` where some lengths are a guess.

    `daily` are plays of each day, None where it was not recorded; `months` first letters and
    `starts` the first days of the months; `missing` and `known` are ready to read. What is ranked
    is ranked by plays or minutes, as `by` says.
    """

    name: str
    dates: str
    zone: str
    first: date
    missing: str
    known: str
    plays: int
    minutes: float
    minutes_about: bool
    daily: tuple[float | None, ...]
    busiest: tuple[date, int] | None
    favourite: Favourite | None
    tracks: tuple[TopRow, ...]
    artists: tuple[TopRow, ...]
    albums: tuple[TopRow, ...]
    climbers: tuple[TopRow, ...]
    before_name: str
    hours: tuple[float, ...]
    new_artists: int
    newcomers: tuple[TopRow, ...]
    starts: tuple[date, ...]
    moods: tuple[MonthMoods, ...]
    genres: tuple[str, ...]
    genre_shares: tuple[tuple[float | None, ...], ...]
    sitting: Sitting | None
    streak: int
    by: By = By.PLAYS

    def written(self, row: TopRow) -> str:
        """How much it was heard, "~" before minutes that are partly a guess."""
        guess = "~" if self.by is By.MINUTES and self.minutes_about else ""
        return f"{guess}{row.value:,.0f}"

    def table(self) -> Table:
        """What the cards say, a row each."""
        rows: list[tuple[str, str | int | float | None]] = [
            ("plays", self.plays),
            ("minutes", round(self.minutes)),
            ("most days in a row", self.streak),
            ("new artists", self.new_artists),
        ]
        pages: dict[tuple[int, str], Page] = {}
        kinds = ((Of.TRACKS, self.tracks), (Of.ARTISTS, self.artists), (Of.ALBUMS, self.albums))
        for of, top in kinds:
            pages |= {(n, "value"): (of, row.key) for n, row in enumerate(top, start=len(rows))}
            rows += [(f"{of.one} {row.rank}", row.title) for row in top]
        if self.busiest:
            day, plays = self.busiest
            rows.append((f"plays on {day.isoformat()}, the fullest day", plays))
        return Table(("what", "value"), tuple(rows), pages)
