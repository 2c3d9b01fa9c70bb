"""A program: a workbook comes in, and a zip of its sheets as CSV goes out.

It imports nothing of ours, so that it starts at once, and may end as it must.
"""

import csv
import io
import re
import sys
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from xml.parsers import expat  # nosec B407  # looks whether it is whole, and keeps nothing

from python_calamine import CalamineSheet, CalamineWorkbook

MOST_MEMORY, MOST_SECONDS = 512 << 20, 30
MOST_CSV, MOST_SHEETS, MOST_CELLS = 256 << 20, 50, 5_000_000
TOO_BIG = 3
"""How the program ends where there would be more CSV, cells or memory than that."""
_LENGTH = re.compile(r"PT(\d+)H(\d+)M(\d+)(?:[.,]\d+)?S")
"""What LibreOffice writes; those of a day and longer come as they are."""

Cell = int | float | str | bool | time | date | datetime | timedelta


def shown(cell: Cell, *, has_clock: bool = False) -> str:
    """A cell as people read it: times in ISO's form, lengths as H:MM:SS, on one line."""
    if isinstance(cell, str):
        return _LENGTH.sub(r"\1:\2:\3", " ".join(cell.split()))
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        with suppress(OverflowError):
            cell += timedelta(milliseconds=500)
        return cell.isoformat(" ")[:19]
    if isinstance(cell, date):
        return f"{cell} 00:00:00" if has_clock else str(cell)
    if isinstance(cell, time):
        cell = datetime.combine(date.min, cell) - datetime.combine(date.min, time())
    return _length(cell) if isinstance(cell, timedelta) else str(cell)


def _length(length: timedelta) -> str:
    seconds = round(length.total_seconds())
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def rows(sheet: CalamineSheet) -> Iterator[list[str]]:
    """The cells of each row; a day among times is its midnight."""
    clocks = {
        at for row in sheet.iter_rows() for at, cell in enumerate(row) if type(cell) is datetime
    }
    for row in sheet.iter_rows():
        yield [shown(cell, has_clock=at in clocks) for at, cell in enumerate(row)]


def write(book: CalamineWorkbook, zipped: zipfile.ZipFile) -> None:
    """Write each sheet; MemoryError where they are too much."""
    left, cells = MOST_CSV, MOST_CELLS
    for name in book.sheet_names[:MOST_SHEETS]:
        sheet = book.get_sheet_by_name(name)
        cells -= (sheet.total_height + 1) * (sheet.total_width + 1)
        if cells < 0:
            raise MemoryError
        with zipped.open(zipfile.ZipInfo(name), "w") as packed:
            text = io.TextIOWrapper(packed, "utf-8", "replace", newline="")
            writer = csv.writer(text)
            for row in rows(sheet):
                left -= sum(map(len, row)) + len(row) + 1
                if left < 0:
                    raise MemoryError
                writer.writerow(row)
            text.close()


def whole(content: bytes) -> bytes:
    """The same workbook; ExpatError where it is LibreOffice's and breaks off.

    The reader would look for its end for ever.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        if "content.xml" in parts.namelist():
            with parts.open("content.xml") as part:
                expat.ParserCreate().ParseFile(part)
    return content


def _bound() -> None:
    with suppress(ImportError):  # not on Windows
        import resource  # noqa: PLC0415

        for what, most in (
            (resource.RLIMIT_AS, MOST_MEMORY),
            (resource.RLIMIT_CPU, MOST_SECONDS),
            (resource.RLIMIT_CORE, 0),
        ):
            with suppress(ValueError, OSError):  # macOS does not bound memory
                resource.setrlimit(what, (most, most))


def main() -> int:
    """Standard input to standard output; the exit code."""
    _bound()
    made = io.BytesIO()
    try:
        content = whole(sys.stdin.buffer.read())
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as zipped:
            write(book, zipped)
    except MemoryError:
        return TOO_BIG
    sys.stdout.buffer.write(made.getvalue())
    return 0


if __name__ == "__main__":
    sys.exit(main())
