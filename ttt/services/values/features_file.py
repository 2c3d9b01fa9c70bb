"""Values that a person brings in a CSV file; only they see them, before all that others say."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TypeVar

from ttt.errors import InvalidInput
from ttt.found import FoundFeatures, FoundTrack, Source
from ttt.providers import features_file
from ttt.providers.features_file import FileRow
from ttt.services.context import Context
from ttt.services.person import Person
from ttt.services.tables import list_files, spreadsheet
from ttt.services.tables.receipt import Refusal
from ttt.store.accounts import users
from ttt.store.tracks import holdings, tracks
from ttt.store.values import descriptions, personal

MAX_BYTES = spreadsheet.MAX_BYTES
MAX_ROWS = 20_000
_NOT_HERE = "No track with this ISRC is here yet: add it first, or give its Spotify id."
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Receipt:
    """Every row that was not blank is counted once: taken or refused.

    `tracks` have values now; `partly` are rows that were taken but for some of their cells.
    """

    taken: int
    tracks: int
    refused: tuple[Refusal, ...] = ()
    partly: tuple[Refusal, ...] = ()


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of a person's files: values of how many tracks, the newest of which time."""

    tracks: int
    newest: datetime | None


def import_(
    context: Context, person: Person, content: bytes, encoding: str | None = None
) -> Receipt:
    """Take the values of an Exportify export or any other table of tracks and features.

    Tracks are known by Spotify id, or by the ISRC of tracks that are here already; of two rows
    about a track the later one counts. InvalidInput when the file as a whole cannot be read.
    """
    sheet = list_files.read(content, encoding)
    if len(sheet.rows) > MAX_ROWS:
        raise InvalidInput(f"The file has more than {MAX_ROWS:,} rows: split it.")
    file = features_file.read(sheet.rows)
    refused = [Refusal(row.number, row.text, row.reason) for row in file.refused]
    refused += [Refusal(row.number, row.text, row.reason) for row in sheet.broken]
    with context.session() as session:
        by_id = tracks.keep(session, {row.spotify_id for row in file.rows if row.spotify_id})
        by_isrc = tracks.ids_of_recordings(session, {row.isrc for row in file.rows if row.isrc})
        values = _by_track(file.rows, by_id, by_isrc, _values)
        # Numbers are the same in every encoding, names are not.
        sure = () if sheet.guesses else file.rows
        genres = _by_track(sure, by_id, by_isrc, _genres)
        personal.save(session, person.id, Source.FILE, values, context.now())
        descriptions.save(session, person.id, _of_genres(genres), context.now())
        users.touch(session, person.id)
        session.commit()
    known = by_id.keys() | by_isrc.keys()
    refused += [_refusal(row, _NOT_HERE) for row in file.rows if known.isdisjoint(_names(row))]
    refused.sort(key=lambda refusal: refusal.row)
    partly = [
        _refusal(r, f"Cannot be meant: {', '.join(r.unusable)}.") for r in file.rows if r.unusable
    ]
    taken = len(sheet.rows) + len(sheet.broken) - len(refused)
    return Receipt(taken, len(values.keys() | genres.keys()), tuple(refused), tuple(partly))


def kept(context: Context, person: Person) -> Kept:
    """What is kept of the person's files."""
    with context.session() as session:
        return Kept(*personal.extent(session, person.id, Source.FILE))


def forget(context: Context, person: Person) -> int:
    """Take all values of the person's files back; return how many."""
    with context.session() as session:
        removed = personal.remove(session, person.id, Source.FILE)
        descriptions.forget_values(session, person.id)
        holdings.delete_orphans(session)
        users.touch(session, person.id)
        session.commit()
    return removed


def _values(row: FileRow) -> dict[str, float]:
    said = asdict(row.finding.features or FoundFeatures()) | {"popularity": row.finding.popularity}
    return {name: value for name, value in said.items() if value is not None}


def _genres(row: FileRow) -> dict[str, tuple[str, ...]]:
    return {"genres": row.finding.genres} if row.finding.genres else {}


def _of_genres(genres: Mapping[int, Mapping[str, tuple[str, ...]]]) -> dict[int, FoundTrack]:
    return {i: FoundTrack("", "", (), genres=said["genres"]) for i, said in genres.items()}


def _by_track(
    rows: Sequence[FileRow],
    by_id: Mapping[str, int],
    by_isrc: Mapping[str, Sequence[int]],
    said: Callable[[FileRow], dict[str, _T]],
) -> dict[int, dict[str, _T]]:
    """What rows say by track id; what is said of a track itself goes before its ISRC's."""
    found: dict[int, dict[str, _T]] = defaultdict(dict)
    for row in rows:
        for track_id in by_isrc.get(row.isrc or "", ()):
            found[track_id] |= said(row)
    for row in rows:
        if row.spotify_id is not None:
            found[by_id[row.spotify_id]] |= said(row)
    return {track_id: told for track_id, told in found.items() if told}


def _names(row: FileRow) -> list[str]:
    return [name for name in (row.spotify_id, row.isrc) if name is not None]


def _refusal(row: FileRow, reason: str) -> Refusal:
    return Refusal(row.number, " ".join(_names(row)), reason)
