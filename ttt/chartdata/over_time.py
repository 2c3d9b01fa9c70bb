"""What charts over time share: what is counted, in what steps, and where nothing was recorded."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class By(StrEnum):
    """What listening is counted in."""

    PLAYS = "plays"
    MINUTES = "minutes"

    @property
    def one(self) -> str:
        """The unit of a single one."""
        return self.value[:-1]

    @property
    def whole(self) -> str:
        """What shares are of: 71 % of the time, 71 % of the plays."""
        return "the plays" if self is By.PLAYS else "the time"

    @property
    def summed(self) -> str:
        """What a table calls sums of what is weighed by it."""
        return "plays" if self is By.PLAYS else "hours heard"

    @property
    def done(self) -> str:
        """What was done with what is counted."""
        return "played" if self is By.PLAYS else "heard"


class Of(StrEnum):
    """What is ranked."""

    TRACKS = "tracks"
    ARTISTS = "artists"
    ALBUMS = "albums"
    GENRES = "genres"

    @property
    def one(self) -> str:
        """A single one of them."""
        return self.value[:-1]


class Step(StrEnum):
    """How long one mark of a chart over time is."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Hole:
    """Days in which nothing was recorded, the first and the last of them, and why."""

    first: date
    last: date
    reason: str = ""

    @property
    def days(self) -> int:
        """How many they are."""
        return (self.last - self.first).days + 1

    @property
    def end(self) -> date:
        """The day after the last."""
        return self.last + timedelta(days=1)
