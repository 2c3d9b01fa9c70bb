"""Files that hold a list, whatever wrote them: tables, JSON, XML, HTML and playlists as text."""

from collections.abc import Sequence
from dataclasses import replace

from ttt.errors import InvalidInput
from ttt.providers import columns
from ttt.services.tables import spreadsheet
from ttt.services.tables.formats import books, json_lists, markup, plain_lines, players, stacked
from ttt.services.tables.spreadsheet import Broken, Cells, Sheet

_HERE = "The file is damaged here."
# What Discogs, RateYourMusic and Exportify's albums call columns, and no table of tracks does.
_OF_ALBUMS = ({"catalog", "releaseid"}, {"rymalbum"})
_ALBUMS = "This is a list of albums, not of tracks: nobody can tell which tracks are meant."
# So many of the titles have to be "artist - title", where nothing else says who made them.
_MOSTLY = 0.8


def read(content: bytes, encoding: str | None = None, *, header: bool | None = None) -> Sheet:
    """Read a list by what it holds, not by its name; InvalidInput when it cannot be read."""
    if (book := books.read(content)) is not None:
        tables = [spreadsheet.cut(spreadsheet.decode(one), header=header) for one in book]
        return spreadsheet.put_together(list(map(_table, tables)))
    if (marked_up := markup.read(content)) is not None:
        return _sheet(list(enumerate(marked_up, start=1)))
    decoded = spreadsheet.decode(content, encoding)
    rows = _rows(decoded.text, header)
    if rows is None:
        sheet = _table(spreadsheet.cut(decoded, header=header))
        rows = plain_lines.linked(decoded.text) if header is None and not _tells(sheet) else None
        if rows is None:
            return sheet
    return replace(_sheet(rows), guesses=decoded.guesses, lost=decoded.lost)


def _tells(sheet: Sheet) -> bool:
    """Whether the columns of a table say which tracks it holds."""
    held = columns.Columns([cells for _, cells in sheet.rows] or [dict.fromkeys(sheet.columns, "")])
    return held.names_tracks or bool(held.named("title") or held.named("artist"))


def _rows(text: str, header: bool | None) -> Sequence[tuple[int, Cells | None]] | None:
    """The rows of a text that is no table, None for a table."""
    rows = players.read(text)
    rows = json_lists.read(text) if rows is None else rows
    if rows is not None or header is not None:
        return rows
    return stacked.read(text) or plain_lines.read(text)


def _sheet(rows: Sequence[tuple[int, Cells | None]]) -> Sheet:
    columns = tuple(dict.fromkeys(name for _, row in rows for name in row or ()))
    spreadsheet.require_few(len(rows), len(columns))
    blank = dict.fromkeys(columns, "")
    whole = tuple((n, blank | row) for n, row in rows if row is not None)
    return Sheet(columns, whole, tuple(Broken(n, "", _HERE) for n, row in rows if row is None))


def _table(sheet: Sheet) -> Sheet:
    """The same table, with the artists apart where its titles name them."""
    called = {columns.squeezed(name) for name in sheet.columns}
    if any(of_albums <= called for of_albums in _OF_ALBUMS):
        raise InvalidInput(_ALBUMS)
    fields = {columns.field_named(name): name for name in reversed(sheet.columns)}
    if "artist" in fields or "title" not in fields:
        return sheet
    title = fields["title"]
    named = {n: found for n, row in sheet.rows if (found := plain_lines.named(row[title]))}
    if not named or len(named) < _MOSTLY * sum(bool(row[title].strip()) for _, row in sheet.rows):
        return sheet
    rows = tuple((n, row | _parted(title, row[title], named.get(n))) for n, row in sheet.rows)
    return replace(sheet, columns=(*sheet.columns, "artist"), rows=rows)


def _parted(title: str, text: str, named: tuple[str, str] | None) -> Cells:
    return {"artist": named[0], title: named[1]} if named else {"artist": "", title: text}
