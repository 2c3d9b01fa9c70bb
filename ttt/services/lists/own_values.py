"""Values that a person brings in a file; only they see them, before all that others say."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import Any, TypeVar

from sqlmodel import Session

from ttt.found import FoundTrack, Source
from ttt.providers import columns, features_file
from ttt.providers.features_file import FeaturesFile, FileRow, RefusedRow
from ttt.services.context import Context
from ttt.services.lists import importing, reading
from ttt.services.lists.importing import NO_CHOICES, Choices, Field, Table
from ttt.services.lists.reading import Reading
from ttt.services.matching import matching
from ttt.services.person import Person
from ttt.services.tables.receipt import Refusal, called
from ttt.services.tables.spreadsheet import Sheet
from ttt.services.values import from_file
from ttt.store.accounts import users
from ttt.store.tracks import holdings, tracks
from ttt.store.values import descriptions, own_imports, personal

ASKED = tuple(one for one in Field if one is not Field.ALBUM)
_NOT_HERE = "No track with this ISRC is here yet: add it first, or give its Spotify id."
_NOT_KNOWN = "No track of this artist and title is here yet: add it first, or give its Spotify id."
_T = TypeVar("_T")
Keeping = Callable[[Session, "Receipt"], None]


@dataclass(frozen=True, slots=True)
class Receipt:
    """Every row that was not blank is counted once: taken or refused.

    `tracks` have values now; `partly` are rows that were taken but for some of their cells;
    `values` counts the tracks of which each field was taken; `lost_letters` could not be read.
    """

    taken: int
    tracks: int
    refused: tuple[Refusal, ...] = ()
    partly: tuple[Refusal, ...] = ()
    values: Mapping[str, int] = field(default_factory=dict, compare=False)
    lost_letters: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of a person's files: values of how many tracks, the newest of which time."""

    tracks: int
    newest: datetime | None


def look(content: bytes, choices: Choices = NO_CHOICES) -> Table:
    """Read which columns a file has; InvalidInput when it cannot be read."""
    table = importing.look(content, choices)
    names = Field.ISRC in table.fields or importing.names_tracks(table.fields)
    values = any(columns.field_named(name) in columns.VALUES for name in table.columns)
    return replace(table, asked=ASKED, told=names and values)


def import_(
    context: Context,
    person: Person,
    content: bytes,
    choices: Choices = NO_CHOICES,
    dated: datetime | None = None,
    keep: Keeping | None = None,
) -> Receipt:
    """Take the values of an Exportify export or any other table, as of when the file is `dated`.

    Tracks are known by Spotify id, by the ISRC of tracks that are here already, or by artist and
    title where those are known here; of two rows about a track the later one counts; `keep`
    saves the receipt in the same transaction. InvalidInput when the file as a whole cannot be read.
    """
    sheet = importing.opened(content, choices, look(content, choices))
    chosen = importing.chosen_columns(choices)
    read = reading.read(sheet, chosen)
    file = _told_values(context, sheet, chosen, read)
    refused = [_unknown(row, read) for row in file.refused]
    with context.session() as session:
        receipt = _save(session, person, file.rows, read, dated or context.now())
        receipt = _of_all_rows(receipt, sheet, refused)
        if keep is not None:
            keep(session, receipt)
        users.touch(session, person.id)
        session.commit()
    return receipt


def _of_all_rows(receipt: Receipt, sheet: Sheet, unread: Sequence[Refusal]) -> Receipt:
    """The receipt of the rows that could be saved, with all others that stand in the file."""
    broken = [Refusal(row.number, row.text, row.reason) for row in sheet.broken]
    refused = sorted([*unread, *broken, *receipt.refused], key=lambda refusal: refusal.row)
    taken = len(sheet.rows) + len(sheet.broken) - len(refused)
    return replace(receipt, taken=taken, refused=tuple(refused), lost_letters=sheet.lost)


def _told_values(
    context: Context, sheet: Sheet, chosen: Mapping[str, str] | None, read: Reading
) -> FeaturesFile:
    """What rows say, of tracks that links or names tell."""
    ids = matching.known(context, [name for _, name in read.named.values()])
    known = {n: ids[name] for n, (_, name) in read.named.items() if name in ids}
    known |= {line.row: line.spotify_id for line in read.lines}
    telling = {n for n, said in read.said.items() if said.release_date or said.duration_ms}
    return features_file.read(sheet.rows, chosen, ids=known, telling=telling)


def _save(
    session: Session, person: Person, rows: Sequence[FileRow], read: Reading, at: datetime
) -> Receipt:
    """Save what rows say; those whose recording is not here are refused."""
    known = _Known.of(session, rows)
    values = known.by_track(rows, lambda row: from_file.numbers(row.finding))
    said = known.by_track(rows, partial(_said, read))
    personal.save(session, person.id, Source.FILE, values, at)
    descriptions.save(session, person.id, _described(said), at)
    refused = tuple(_refusal(row, _NOT_HERE) for row in rows if not known.has(row))
    lossy = (row for row in rows if row.number in read.unusable and known.has(row))
    partly = tuple(_partly(row, read) for row in lossy)
    counts = Counter(name for one in (values, said) for told in one.values() for name in told)
    return Receipt(0, len(values.keys() | said.keys()), refused, partly, dict(counts))


def kept(context: Context, person: Person) -> Kept:
    """What is kept of the person's files."""
    with context.session() as session:
        return Kept(*personal.extent(session, person.id, Source.FILE))


def forget(context: Context, person: Person) -> int:
    """Take all values of the person's files back, with what became of each; return how many."""
    with context.session() as session:
        removed = personal.remove(session, person.id, Source.FILE)
        descriptions.forget_values(session, person.id)
        own_imports.remove(session, person.id)
        holdings.delete_orphans(session)
        users.touch(session, person.id)
        session.commit()
    return removed


def _said(read: Reading, row: FileRow) -> dict[str, Any]:
    """What a row says of a track beside its values."""
    said = read.said[row.number]
    told = {
        "genres": row.finding.genres,
        "release_date": said.release_date,
        "duration_ms": said.duration_ms,
    }
    return {name: value for name, value in told.items() if value}


def _described(said: Mapping[int, Mapping[str, Any]]) -> dict[int, FoundTrack]:
    return {track_id: FoundTrack("", "", (), **told) for track_id, told in said.items()}


@dataclass(frozen=True, slots=True)
class _Known:
    """Ids of tracks by what rows name them by."""

    by_id: Mapping[str, int]
    by_isrc: Mapping[str, Sequence[int]]

    @classmethod
    def of(cls, session: Session, rows: Sequence[FileRow]) -> "_Known":
        by_id = tracks.keep(session, {row.spotify_id for row in rows if row.spotify_id})
        isrcs = {row.isrc for row in rows if row.isrc}
        return cls(by_id, tracks.ids_of_recordings(session, isrcs))

    def has(self, row: FileRow) -> bool:
        return row.spotify_id in self.by_id or row.isrc in self.by_isrc

    def by_track(
        self, rows: Sequence[FileRow], said: Callable[[FileRow], dict[str, _T]]
    ) -> dict[int, dict[str, _T]]:
        """What rows say by track id; what is said of a track itself goes before its ISRC's."""
        found: dict[int, dict[str, _T]] = defaultdict(dict)
        for row in rows:
            for track_id in self.by_isrc.get(row.isrc or "", ()):
                found[track_id] |= said(row)
        for row in rows:
            if row.spotify_id is not None:
                found[self.by_id[row.spotify_id]] |= said(row)
        return {track_id: told for track_id, told in found.items() if told}


def _unknown(row: RefusedRow, read: Reading) -> Refusal:
    """A row that names nothing by which values can be kept, with what it holds."""
    named = read.named.get(row.number)
    if row.reason == features_file.NO_TRACK and named and named[1].is_called:
        return Refusal(row.number, named[0], _NOT_KNOWN)
    return Refusal(row.number, row.text, row.reason)


def _partly(row: FileRow, read: Reading) -> Refusal:
    """A row that was taken but for some of its cells."""
    return _refusal(row, f"Could not be used: {', '.join(map(called, read.unusable[row.number]))}.")


def _refusal(row: FileRow, reason: str) -> Refusal:
    names = [name for name in (row.spotify_id, row.isrc) if name is not None]
    return Refusal(row.number, " ".join(names), reason)
