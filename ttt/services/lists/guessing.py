"""Which columns of a table hold titles and artists where it does not say, by what is known here."""

from itertools import permutations

from ttt.services.context import Context
from ttt.services.matching import matching
from ttt.services.matching.matching import Named
from ttt.services.tables.spreadsheet import Sheet

_MOST_COLUMNS, _MOST_ROWS = 6, 20


def names(context: Context, sheet: Sheet) -> tuple[str, str] | None:
    """The columns of title and artist of which at least half of the first rows are known."""
    rows = [cells for _, cells in sheet.rows[:_MOST_ROWS]]
    columns = sheet.columns[:_MOST_COLUMNS]
    said = {
        pair: [Named(row[pair[0]], row[pair[1]]) for row in rows if row[pair[0]] and row[pair[1]]]
        for pair in permutations(columns, 2)
    }
    known = matching.known(context, {name for each in said.values() for name in each})
    counts = {pair: sum(name in known for name in each) for pair, each in said.items()}
    best = max(counts, key=counts.__getitem__, default=None)
    return best if best and rows and counts[best] * 2 >= len(rows) else None
