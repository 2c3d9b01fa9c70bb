"""Records as a table for people, as JSON or as CSV."""

import json
import re
import sys
from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from ttt.errors import InvalidInput
from ttt.services.tables import spreadsheet
from ttt.text import storable

# JSON escapes the older control characters by itself.
_OBEYED = re.compile("[\x7f-\x9f]")
_WIDE = 1000  # a table that goes into a file or a pipe is not cut off

FormatT = TypeVar("FormatT", bound=StrEnum)


class Format(StrEnum):
    """How records are shown."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


def by_ending(file: Path, usual: FormatT) -> FormatT:
    """The format that a file's ending names; the usual one where it has none.

    InvalidInput for an ending that names none.
    """
    formats, ending = list(type(usual)), file.suffix.removeprefix(".").lower()
    if ending and ending not in formats:
        raise InvalidInput(
            f"“.{ending}” names no format: say --format, one of {', '.join(formats)}."
        )
    return type(usual)(ending) if ending else usual


def show(columns: Sequence[str], records: Sequence[Mapping[str, object]], format_: Format) -> None:
    """Print records; a table and CSV have the columns, JSON everything that is in a record."""
    if format_ is Format.JSON:
        typer.echo(as_json(records).encode(), nl=False)
        return
    rows = [{name: _joined(record[name]) for name in columns} for record in records]
    if format_ is Format.CSV:
        typer.echo(storable(spreadsheet.write(columns, rows)).encode(), nl=False)
    else:
        _show_table(columns, rows)


def _joined(value: object) -> object:
    """Several names in one cell, parted as in all files of this app."""
    return "; ".join(map(str, value)) if isinstance(value, list | tuple) else value


def as_json(value: object) -> str:
    """JSON that people can read as well, with a line end; terminals find nothing to obey."""
    text = json.dumps(value, ensure_ascii=False, indent=2) + "\n"
    return _OBEYED.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _show_table(columns: Sequence[str], records: Sequence[Mapping[str, object]]) -> None:
    table = Table(*(column.replace("_", " ") for column in columns), box=None)
    for record in records:
        table.add_row(*(Text(_cell(record[column])) for column in columns))
    Console(width=None if sys.stdout.isatty() else _WIDE).print(table)


def _cell(value: object) -> str:
    # People choose names and titles, and a terminal obeys control characters.
    text = "" if value is None else str(value)
    return "".join(c if c.isprintable() else " " for c in text)
