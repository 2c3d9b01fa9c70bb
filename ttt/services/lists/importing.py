"""Takes the tracks of a file onto a list: our own, Exportify's, or any other table.

What the file says beside which tracks it means becomes the person's own: nobody else sees it.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from enum import StrEnum

from sqlmodel import Session

from ttt.errors import InvalidInput
from ttt.found import Finding, FoundFeatures, FoundTrack, Source
from ttt.found.letters import Guess
from ttt.providers.columns import Columns
from ttt.services.context import Context
from ttt.services.lists import by_name, entries, guessing, histories, lists, reading
from ttt.services.lists.entries import Keeping
from ttt.services.lists.reading import Reading
from ttt.services.person import Person
from ttt.services.tables import list_files, spreadsheet
from ttt.services.tables.receipt import Line, Receipt, Refusal, Unusable, count_unusable
from ttt.services.tables.spreadsheet import Sheet
from ttt.store.accounts import users
from ttt.store.tracks import tracks
from ttt.store.values import descriptions, personal

MAX_BYTES = spreadsheet.MAX_BYTES


class Field(StrEnum):
    """What a person can say that a column holds, by its name on the command line."""

    URI = "link"
    TITLE = "title"
    ARTIST = "artist"
    ALBUM = "album"
    ISRC = "isrc"
    ENERGY = "energy"
    VALENCE = "valence"
    TEMPO = "tempo"
    KEY = "key"
    POPULARITY = "popularity"
    GENRES = "genres"

    @property
    def label(self) -> str:
        """Name shown to people."""
        return {Field.URI: "Link, URI or ID", Field.ISRC: "ISRC"}.get(self, self.capitalize())


Fields = Mapping[Field, str]
"""Columns by field, "" where a person said that no column holds one."""
ASKED = (Field.URI, Field.TITLE, Field.ARTIST, Field.ALBUM)
# Under which name ttt.providers.columns knows each field.
_COLUMNS = {field: "spotify_id" if field is Field.URI else field.value for field in Field}


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person said of a file: its encoding, whether its first row names the columns, them.

    None where the file is to speak for itself.
    """

    encoding: str | None = None
    header: bool | None = None
    fields: Fields | None = None


NO_CHOICES = Choices()


@dataclass(frozen=True, slots=True)
class Table:
    """A file before it is taken: its columns, the fields that they seem to hold, and doubts.

    Unless its columns have `told` enough, a person is to be `asked` about these.
    """

    columns: tuple[str, ...]
    fields: Fields
    guesses: tuple[Guess, ...] = ()
    header_sure: bool = True
    asked: tuple[Field, ...] = ASKED
    told: bool = True

    @property
    def clear(self) -> bool:
        """Whether the file can be taken without asking the person anything."""
        return self.told and not self.guesses


def names_tracks(fields: Fields) -> bool:
    """Whether there are links, or artists and titles."""
    return bool(fields.get(Field.URI) or (fields.get(Field.TITLE) and fields.get(Field.ARTIST)))


def look(content: bytes, choices: Choices = NO_CHOICES) -> Table:
    """Read which columns a file has; InvalidInput when it cannot be read."""
    histories.refuse(content)
    sheet = list_files.read(content, choices.encoding, header=choices.header)
    columns = Columns([cells for _, cells in sheet.rows] or [dict.fromkeys(sheet.columns, "")])
    named = {field: columns.named(_COLUMNS[field]) for field in Field}
    fields = {field: found[0] for field, found in named.items() if found}
    told = names_tracks(fields)
    return Table(sheet.columns, fields, sheet.guesses, sheet.header_sure, told=told)


def import_(
    context: Context,
    person: Person,
    content: bytes,
    list_id: int | None = None,
    choices: Choices = NO_CHOICES,
    dated: datetime | None = None,
    keep: Keeping | None = None,
) -> Receipt:
    """Save the tracks of a file, and what it says of them as the person's own, `dated` or now.

    All of it in one transaction, in which `keep` may keep the receipt, or nothing.
    Rows without a link are known by artist and title. InvalidInput when the file as a whole
    cannot be read, or when it is not sure in which encoding it is.
    """
    lists.require_edit(context, person, list_id)
    sheet, choices = _of_tracks(context, content, choices)
    read = reading.read(sheet, chosen_columns(choices))
    found = by_name.find(context, person, read.named)
    lines = by_name.in_order([*read.lines, *found.lines])
    refused = [*read.refused, *found.refused]
    with context.session() as session:
        receipt = entries.put(context, session, person, lines, refused, list_id=list_id)
        taken = _take(session, person, lines, read, dated or context.now())
        receipt = replace(receipt, waiting=found.waiting, values=taken, lost_letters=sheet.lost)
        receipt = replace(receipt, unusable=_unusable(read, refused))
        receipt = keep(session, receipt) if keep else receipt
        session.commit()
    return receipt


def _of_tracks(context: Context, content: bytes, choices: Choices) -> tuple[Sheet, Choices]:
    """The rows of a file that names tracks, and how it is read; InvalidInput for any other."""
    table = look(content, choices)
    if choices.fields is None and not table.told and not table.guesses:
        choices = _guessed(context, content, choices, table)
        table = look(content, choices)
    if not names_tracks(table.fields if choices.fields is None else choices.fields):
        raise InvalidInput("A file has to have a column of links, or one of artists and titles.")
    return opened(content, choices, table), choices


def _guessed(context: Context, content: bytes, choices: Choices, table: Table) -> Choices:
    header = choices.header if choices.header is not None or table.header_sure else False
    found = guessing.names(context, list_files.read(content, choices.encoding, header=header))
    if found is None:
        return choices
    title, artist = found
    return replace(choices, header=header, fields={Field.TITLE: title, Field.ARTIST: artist})


def opened(content: bytes, choices: Choices, table: Table) -> Sheet:
    """A file as a person said that it is to be read; InvalidInput while something is left open."""
    unknown = [c for c in (choices.fields or {}).values() if c and c not in table.columns]
    if unknown:
        raise InvalidInput(f"The file has no column “{unknown[0]}”.")
    if table.guesses:
        names = ", ".join(f"{guess.label} ({guess.encoding})" for guess in table.guesses)
        raise InvalidInput(f"The file's letters can be read in several ways: {names}. Choose one.")
    return list_files.read(content, choices.encoding, header=choices.header)


def chosen_columns(choices: Choices) -> dict[str, str] | None:
    """The columns that a person named, as ttt.providers.columns takes them."""
    if choices.fields is None:
        return None
    return {_COLUMNS[field]: column for field, column in choices.fields.items()}


def _take(
    session: Session, person: Person, lines: list[Line], read: Reading, at: datetime
) -> dict[str, int]:
    """Keep what a file says of its tracks as the person's own; count tracks by field."""
    rows = {line.spotify_id: line.row for line in reversed(lines)}
    ids = tracks.ids_of(session, rows)
    values = {ids[i]: _values(read.findings[row]) for i, row in rows.items() if i in ids}
    values = {track_id: known for track_id, known in values.items() if known}
    said = {ids[i]: _said(read, row) for i, row in rows.items() if i in ids}
    said = {track_id: track for track_id, track in said.items() if _tells(track)}
    _save(session, person, values, said, at)
    return _counted(values, said)


def _save(
    session: Session,
    person: Person,
    values: Mapping[int, Mapping[str, float]],
    said: Mapping[int, FoundTrack],
    at: datetime,
) -> None:
    if not values and not said:
        return
    users.touch(session, person.id)
    personal.save(session, person.id, Source.FILE, values, at)
    descriptions.save(session, person.id, said, at)


def _unusable(read: Reading, refused: Sequence[Refusal]) -> dict[str, Unusable]:
    """Cells that cannot be meant, of rows that were not lost as a whole."""
    lost = {refusal.row for refusal in refused}
    return count_unusable(cells for row, cells in read.unusable.items() if row not in lost)


def _values(finding: Finding) -> dict[str, float]:
    known = asdict(finding.features or FoundFeatures()) | {"popularity": finding.popularity}
    return {name: value for name, value in known.items() if value is not None}


def _said(read: Reading, row: int) -> FoundTrack:
    return replace(read.said[row], genres=read.findings[row].genres)


def _tells(track: FoundTrack) -> bool:
    return any((track.title, track.album, track.release_date, track.duration_ms, track.genres))


def _counted(
    values: Mapping[int, Mapping[str, float]], said: Mapping[int, FoundTrack]
) -> dict[str, int]:
    counts = Counter(name for known in values.values() for name in known)
    for name in ("genres", "release_date", "duration_ms"):
        counts[name] = sum(bool(getattr(track, name)) for track in said.values())
    return dict(+counts)
