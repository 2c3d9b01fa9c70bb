"""A trending list as CSV, out and in, and as records for JSON."""

from collections.abc import Iterable

from ttt import music
from ttt.errors import InvalidInput
from ttt.found import FoundArtist, FoundTrack, Source
from ttt.services import entries, spreadsheet
from ttt.services.accounts import Person
from ttt.services.context import Context
from ttt.services.receipt import Receipt, Refusal
from ttt.services.rows import TrackRow
from ttt.services.spreadsheet import Cells

FIELDS = (
    "artist",
    "song",
    "album",
    "release_year",
    "popularity",
    "uri",
    "genres",
    "energy",
    "key",
    "valence",
    "mood",
    "tempo",
    "artist_uri",
)
MAX_BYTES = spreadsheet.MAX_BYTES
MAX_ROWS = 20_000
_LONGEST_NAME = 300
# The value that each of these fields is, or is made of.
_VALUES = {name: name for name in ("popularity", "energy", "key", "valence", "tempo")}
_VALUES["mood"] = "valence"


def export(rows: Iterable[TrackRow]) -> str:
    """Content of a CSV file: names joined by "; ", missing values empty, formulas defused."""
    return spreadsheet.BYTE_ORDER_MARK + spreadsheet.write(FIELDS, map(_record, rows))


def as_records(rows: Iterable[TrackRow]) -> list[dict[str, object]]:
    """The thirteen fields of each row, missing ones None, and "sources" of its values by field."""
    return [_record(row) | {"sources": _sources(row)} for row in rows]


def import_(
    context: Context, person: Person, content: bytes, list_id: int | None = None
) -> Receipt:
    """Save the tracks of a CSV file, known by their uri; asks nobody over the network.

    Artist, song and album describe tracks that nobody else does; numbers are never taken.
    InvalidInput when the file as a whole cannot be read.
    """
    rows = dict(spreadsheet.read(content, "uri"))
    if len(rows) > MAX_ROWS:
        raise InvalidInput(f"The file has more than {MAX_ROWS:,} rows: split it.")
    uris = [(number, cells["uri"]) for number, cells in rows.items()]
    lines, refused = entries.read(uris)
    refused += [
        Refusal(number, uri, "This row has no uri.") for number, uri in uris if not uri.strip()
    ]
    found = {line.spotify_id: _found(line.spotify_id, rows[line.row]) for line in reversed(lines)}
    described = [track for track in found.values() if track.title]
    return entries.save(context, person, lines, refused, described, Source.UPLOAD, list_id)


def _found(spotify_id: str, cells: Cells) -> FoundTrack:
    artist, song, album = (
        spreadsheet.undefused(cells.get(name, "")) for name in ("artist", "song", "album")
    )
    names = filter(None, map(_name, artist.split(";")))
    artists = tuple(FoundArtist(name) for name in names)
    return FoundTrack(spotify_id, _name(song), artists, album=_name(album) or None)


def _name(text: str) -> str:
    return " ".join(text.split())[:_LONGEST_NAME]


def _record(row: TrackRow) -> dict[str, object]:
    valence = row.number("valence")
    return {
        "artist": "; ".join(row.artists) or None,
        "song": row.title,
        "album": row.album,
        "release_year": row.release_year,
        "popularity": _number(row, "popularity"),
        "uri": row.uri,
        "genres": "; ".join(row.genres) or None,
        "energy": _number(row, "energy"),
        "key": row.key_name,
        "valence": _number(row, "valence"),
        "mood": None if valence is None else music.mood(valence),
        "tempo": _number(row, "tempo"),
        "artist_uri": "; ".join(row.artist_uris) or None,
    }


def _number(row: TrackRow, name: str) -> float | int | None:
    number = row.number(name)
    return int(number) if number is not None and number % 1 == 0 else number


def _sources(row: TrackRow) -> dict[str, str]:
    record = _record(row)
    return {
        field: row.values[name].source.label
        for field, name in _VALUES.items()
        if record[field] is not None
    }
