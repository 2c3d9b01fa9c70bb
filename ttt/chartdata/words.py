"""What stands round a chart: its words, and the table that says the same."""

from dataclasses import dataclass

Cell = str | int | float | None


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
    """The same as a chart for those who cannot see it; unknown is None, and days are ISO dates."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
