"""Lists in workbooks of Excel and LibreOffice: what their sheets say of tracks."""

import io

from ttt.errors import HistoryRefused, InvalidInput
from ttt.providers import columns
from ttt.providers.history_files import WhyNoHistory, workbooks
from ttt.providers.history_files.packed import zips
from ttt.services.tables import layout, spreadsheet

_LARGE = f"What this workbook holds is larger than {spreadsheet.MAX_BYTES // 1024**2} MB: split it."


def read(content: bytes) -> list[bytes] | None:
    """Its sheets that may hold tracks, as CSV; None for what is no workbook or cannot be read."""
    if not zips.is_zip(content) or len(content) > spreadsheet.MAX_BYTES:
        return None
    stream = io.BytesIO(content)
    try:
        sheets = workbooks.sheets(zips.entries(stream, "", spreadsheet.MAX_BYTES), stream)
    except HistoryRefused as refused:
        if refused.why is WhyNoHistory.BIG_WORKBOOK:
            raise InvalidInput(_LARGE) from None
        return None
    found, left = list[bytes](), spreadsheet.MAX_BYTES
    for sheet in sheets:
        found.append(sheet.unpacked(stream, left + 1).read(left + 1))
        left -= len(found[-1])
        if left < 0:
            raise InvalidInput(_LARGE)
    if not any(found):
        return None
    return list(filter(_names_tracks, found)) or [max(found, key=len)]


def _names_tracks(table: bytes) -> bool:
    fields = set(map(columns.field_named, layout.find(table.decode()).names))
    return "spotify_id" in fields or {"title", "artist"} <= fields
