"""LibreOffice's workbooks (ODS): cells by row, each with its value as well as its text."""

import re
from collections.abc import Iterator
from itertools import chain, repeat
from xml.etree import ElementTree as ET  # nosec B405  # looks at elements, parses none

from ttt.providers.history_files.packed.unpacking import Unpacked
from ttt.providers.history_files.workbooks.excel import MOST_COLUMNS
from ttt.providers.history_files.workbooks.marked import each, local, named
from ttt.providers.history_files.workbooks.numbers import shown

_MOST_ROWS = 1 << 20
_LENGTH = re.compile(r"PT(\d+)H(\d+)M(\d+)(?:[.,]\d+)?S")


def listed(content: Unpacked) -> list[str]:
    """The names of all sheets in their order."""
    return [named(one, "name") for one in each(content, opens="table")]


def rows(content: Unpacked, sheet: int) -> Iterator[list[str]]:
    """The cells of each row of a sheet, by its number from 0."""
    at, left = -1, _MOST_ROWS
    for one in each(content, "table-row", opens="table"):
        if local(one) == "table":
            at += 1
        elif at == sheet:
            cells = _cells(one)
            times = min(_repeated(one), left) if cells else 1
            left -= times
            yield from repeat(cells, times)


def _cells(row: ET.Element) -> list[str]:
    said = [(_value(cell), _repeated(cell)) for cell in row if local(cell).endswith("table-cell")]
    while said and not said[-1][0]:
        said.pop()  # all that are left, of thousands
    most = MOST_COLUMNS // max(len(said), 1)
    return list(chain.from_iterable(repeat(text, min(times, most)) for text, times in said))


def _repeated(element: ET.Element) -> int:
    said = named(
        element, f"number-{'rows' if local(element) == 'table-row' else 'columns'}-repeated"
    )
    return int(said[:7]) if said.isdecimal() else 1


def _value(cell: ET.Element) -> str:
    if said := named(cell, "date-value") or named(cell, "boolean-value").upper():
        return said.replace("T", " ") if said[:1].isdigit() else said
    if said := named(cell, "time-value"):
        return _LENGTH.sub(r"\1:\2:\3", said)
    if said := named(cell, "value"):
        return shown(said, None)
    return " ".join("".join(one.itertext()) for one in cell if local(one) == "p")
