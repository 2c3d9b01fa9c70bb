"""A list as CSV and as records for JSON."""

from collections.abc import Iterable

from ttt import music
from ttt.services.tables import spreadsheet
from ttt.services.tracks.rows import TrackRow

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
# The value that each of these fields is, or is made of.
_VALUES = {name: name for name in ("popularity", "energy", "key", "valence", "tempo")}
_VALUES["mood"] = "valence"


def export(rows: Iterable[TrackRow]) -> str:
    """Content of a CSV file: names joined by "; ", missing values empty, formulas defused."""
    return spreadsheet.file(FIELDS, map(_record, rows))


def as_records(rows: Iterable[TrackRow]) -> list[dict[str, object]]:
    """The thirteen fields of each row, missing ones None, and "sources" of its values by field."""
    return [_record(row) | {"sources": _sources(row)} for row in rows]


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
    genres = {"genres": row.genre_source.label} if row.genres and row.genre_source else {}
    return genres | {
        field: row.values[name].source.label
        for field, name in _VALUES.items()
        if record[field] is not None
    }
