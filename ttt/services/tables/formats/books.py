"""Lists in workbooks of Excel and LibreOffice: what their sheets say of tracks."""

import io
from typing import NamedTuple

from ttt.errors import HistoryRefused
from ttt.providers import columns
from ttt.providers.history_files import workbooks
from ttt.providers.history_files.packed import zips
from ttt.services.tables import layout, spreadsheet


class Book(NamedTuple):
    """Its sheets that may hold tracks, as CSV; whether all of them are whole."""

    tables: list[bytes]
    is_whole: bool = True


def read(content: bytes) -> Book | None:
    """What a workbook holds, None for what is none or cannot be read."""
    if not zips.is_zip(content) or len(content) > spreadsheet.MAX_BYTES:
        return None
    stream = io.BytesIO(content)
    try:
        entries = zips.entries(stream, "", spreadsheet.MAX_BYTES)
    except HistoryRefused:
        return None
    found, left, is_whole = list[bytes](), spreadsheet.MAX_BYTES, True
    for sheet in workbooks.sheets(entries, stream):
        rows = sheet.unpacked(stream, left + 1)
        found.append(rows.read(left + 1))
        left -= len(found[-1])
        is_whole = is_whole and rows.why is None
        if left < 0:
            spreadsheet.refuse_large()
    if not any(found):
        return None
    return Book(list(filter(_names_tracks, found)) or [max(found, key=len)], is_whole)


def _names_tracks(table: bytes) -> bool:
    fields = set(map(columns.field_named, layout.find(table.decode()).names))
    return "spotify_id" in fields or {"title", "artist"} <= fields
