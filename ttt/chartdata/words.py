"""What stands round a chart: its words, and the table that says the same."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from ttt.chartdata.over_time import Of

Cell = str | int | float | None
# What has a page of its own: its key in a frame, or the name of a genre.
Page = tuple[Of, int | str]
# The row that is the head of a table.
HEAD = -1


@dataclass(frozen=True, slots=True)
class Caption:
    """The words round a chart: `takeaway` above, `coverage` and `sources` below.

    `before` is the takeaway of the time before, where the chart itself does not show that.
    """

    takeaway: str
    coverage: str
    sources: str
    before: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """The same as a chart for those who cannot see it; unknown is None, and days are ISO dates.

    `pages` tells by row and column which cells name what, HEAD for those of the head; the column
    `by` lists artists.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    pages: Mapping[tuple[int, str], Page] = field(default_factory=dict)
    by: str = ""


def distinct(names: Iterable[str]) -> Iterator[str]:
    """The names as heads of columns, each once: Walk, Walk (2)."""
    seen: Counter[str] = Counter()
    for name in names:
        seen[name] += 1
        yield name if seen[name] == 1 else f"{name} ({seen[name]})"


def paged(column: str, of: Of, keys: Iterable[int | None]) -> dict[tuple[int, str], Page]:
    """Pages of a column that names one thing a row; None where a row has none."""
    return {(n, column): (of, key) for n, key in enumerate(keys) if key is not None}


def percent(share: float | None) -> float | None:
    """A share as a table tells it, in per cent."""
    return None if share is None else round(share * 100, 1)
