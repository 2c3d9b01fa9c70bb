"""Takes the tracks of a table onto a list: our own CSV, Exportify's, or any other."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ttt.errors import InvalidInput
from ttt.found import FoundArtist, FoundTrack, Source
from ttt.providers import history_files
from ttt.providers.columns import squeezed
from ttt.providers.history_files import Format, HistoryFile
from ttt.services.context import Context
from ttt.services.lists import by_name, entries, lists
from ttt.services.matching.matching import Named
from ttt.services.person import Person
from ttt.services.tables import spreadsheet
from ttt.services.tables.receipt import Line, Receipt, Refusal
from ttt.services.tables.spreadsheet import Cells

MAX_BYTES = spreadsheet.MAX_BYTES
MAX_ROWS = 20_000
_LONGEST_NAME = 300


class Field(StrEnum):
    """What a column can say of a track."""

    URI = "link, URI or ID"
    TITLE = "title"
    ARTIST = "artist"
    ALBUM = "album"


# Names without capitals, spaces and signs, the likeliest first.
_NAMES = {
    Field.URI: ("uri", "trackuri", "spotifyuri", "spotifyid", "trackid", "link", "url", "id"),
    Field.TITLE: ("song", "trackname", "title", "track", "name"),
    Field.ARTIST: ("artist", "artistnames", "artistname", "artists"),
    Field.ALBUM: ("album", "albumname"),
}
# Exportify separates names by commas, which can be part of a name as well.
_BY_COMMA = "artistnames"

Fields = Mapping[Field, str]


@dataclass(frozen=True, slots=True)
class Table:
    """Names of a file's columns, and the fields that they seem to hold."""

    columns: tuple[str, ...]
    fields: Fields

    @property
    def clear(self) -> bool:
        """Whether the tracks can be told without asking the person which column is which."""
        return names_tracks(self.fields)


def names_tracks(fields: Fields) -> bool:
    """Whether there are links, or artists and titles."""
    return Field.URI in fields or {Field.TITLE, Field.ARTIST} <= fields.keys()


def history_in(content: bytes) -> str | None:
    """What listening history a file is, as people call it; None for a table of tracks."""
    found = history_files.what_is(HistoryFile("", io.BytesIO(content)))
    return None if found in {None, Format.OWN_TABLE} else found.label


def look(content: bytes) -> Table:
    """Read which columns a file has; InvalidInput when it cannot be read."""
    columns = tuple(dict.fromkeys(spreadsheet.columns(content)))
    named = {squeezed(column): column for column in reversed(columns)}
    found = {f: next((named[n] for n in names if n in named), None) for f, names in _NAMES.items()}
    return Table(columns, {field: column for field, column in found.items() if column is not None})


def import_(
    context: Context,
    person: Person,
    content: bytes,
    list_id: int | None = None,
    fields: Fields | None = None,
) -> Receipt:
    """Save the tracks of a CSV file; `fields` tells its columns.

    Rows without a link are known by artist and title. Those and the album describe tracks that
    nobody else does; numbers are never taken.
    InvalidInput when the file as a whole cannot be read.
    """
    fields = look(content).fields if fields is None else fields
    if not names_tracks(fields):
        raise InvalidInput("A file has to have a column of links, or one of artists and titles.")
    rows = dict(spreadsheet.read(content))
    if len(rows) > MAX_ROWS:
        raise InvalidInput(f"The file has more than {MAX_ROWS:,} rows: split it.")
    texts = {number: _said(cells, fields, Field.URI) for number, cells in rows.items()}
    lines, refused = entries.read(texts.items())
    unlinked = {n: rows[n] for n, text in texts.items() if not text.strip()}
    lists.require_edit(context, person, list_id)
    named, unnamed = _by_name(context, person, unlinked, fields)
    lines, refused = by_name.in_order([*lines, *named]), [*refused, *unnamed]
    found = {n.spotify_id: _found(n.spotify_id, rows[n.row], fields) for n in reversed(lines)}
    described = [track for track in found.values() if track.title]
    return entries.save(context, person, lines, refused, described, Source.UPLOAD, list_id)


def _by_name(
    context: Context, person: Person, rows: Mapping[int, Cells], fields: Fields
) -> tuple[list[Line], list[Refusal]]:
    named, refused = {}, []
    for number, cells in rows.items():
        title, artists = _name(_said(cells, fields, Field.TITLE)), _artists(cells, fields)
        text = " - ".join([", ".join(artists), title]).strip(" -")
        if title and artists:
            named[number] = text, Named(title, artists[0])
        else:
            refused.append(Refusal(number, text, "This row has no link, and no artist and title."))
    found, unknown = by_name.find(context, person, named) if named else ([], [])
    return found, refused + unknown


def _found(spotify_id: str, cells: Cells, fields: Fields) -> FoundTrack:
    title, album = (_name(_said(cells, fields, f)) for f in (Field.TITLE, Field.ALBUM))
    artists = tuple(map(FoundArtist, _artists(cells, fields)))
    return FoundTrack(spotify_id, title, artists, album=album or None)


def _artists(cells: Cells, fields: Fields) -> Sequence[str]:
    text = _said(cells, fields, Field.ARTIST)
    commas = squeezed(fields.get(Field.ARTIST, "")) == _BY_COMMA and ";" not in text
    return list(filter(None, map(_name, text.split("," if commas else ";"))))


def _said(cells: Cells, fields: Fields, field: Field) -> str:
    return spreadsheet.undefused(cells[fields[field]]) if field in fields else ""


def _name(text: str) -> str:
    return " ".join(text.split())[:_LONGEST_NAME]
