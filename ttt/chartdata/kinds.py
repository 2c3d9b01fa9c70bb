"""Of which kinds what was heard is: genres, release years and keys.

`by` says what all is weighed by: the minutes heard, or plays, of which each weighs the same.
"""

from dataclasses import dataclass
from datetime import date

from ttt.chartdata.mood import Cells
from ttt.chartdata.over_time import By, Hole, Of, Step
from ttt.chartdata.words import HEAD, Caption, Page, Table, percent


@dataclass(frozen=True, slots=True)
class GenreStream:
    """Share of the time or plays of each genre in each step: a row a name, None where blank.

    The last name is what is known of no genre; the one before it gathers what has other genres.
    """

    step: Step
    starts: tuple[date, ...]
    names: tuple[str, ...]
    shares: Cells
    holes: tuple[Hole, ...]
    caption: Caption

    @property
    def known(self) -> bool:
        """Whether any genre is."""
        return len(self.names) > 2  # beside others and none

    def table(self) -> Table:
        """A row a step, a column a genre, in per cent."""
        rows = tuple(
            (start.isoformat(), *(percent(shares[n]) for shares in self.shares))
            for n, start in enumerate(self.starts)
        )
        columns = (f"{self.step} from", *(f"{name}, %" for name in self.names))
        # The last two are other genres and none.
        pages: dict[tuple[int, str], Page] = {
            (HEAD, f"{name}, %"): (Of.GENRES, name) for name in self.names[:-2]
        }
        return Table(columns, rows, pages)


@dataclass(frozen=True, slots=True)
class ReleaseYears:
    """Hours or plays of each release year, from the earliest to the latest, and the middle year."""

    first: int
    amounts: tuple[float, ...]
    middle: int | None
    caption: Caption
    by: By = By.MINUTES

    @property
    def known(self) -> bool:
        """Whether any year is."""
        return self.middle is not None

    def table(self) -> Table:
        """A row a year of which something was heard."""
        rows = tuple(
            (self.first + n, round(amount, 2)) for n, amount in enumerate(self.amounts) if amount
        )
        return Table(("released in", self.by.summed), rows)


@dataclass(frozen=True, slots=True)
class KeysHeard:
    """Hours or plays in each of the 24 keys, in the order of music.camelot_wheel()."""

    amounts: tuple[float, ...]
    names: tuple[str, ...]
    caption: Caption
    by: By = By.MINUTES

    @property
    def known(self) -> bool:
        """Whether any key is."""
        return any(self.amounts)

    def table(self) -> Table:
        """A row a key."""
        rows = tuple((n, round(h, 2)) for n, h in zip(self.names, self.amounts, strict=True))
        return Table(("key", self.by.summed), rows)
