"""Takes the tracks of a file onto a list: our own, Exportify's, or any other table.

What the file says beside which tracks it means becomes the person's own: nobody else sees it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from ttt.errors import InvalidInput
from ttt.found.letters import Guess
from ttt.providers.columns import Columns, field_named
from ttt.services.context import Context
from ttt.services.lists import by_name, entries, histories, lists, reading
from ttt.services.lists.by_name import Parting
from ttt.services.lists.entries import Keeping
from ttt.services.lists.reading import Reading
from ttt.services.person import Person
from ttt.services.tables import list_files, spreadsheet
from ttt.services.tables.receipt import Receipt, Refusal, Unusable, Waiting, count_unusable
from ttt.services.tables.spreadsheet import Sheet
from ttt.services.values import from_file
from ttt.services.values.from_file import Said

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

    None where the file is to speak for itself. `parting` is how its lines are known to be parted.
    """

    encoding: str | None = None
    header: bool | None = None
    fields: Fields | None = None
    parting: Parting | None = None

    @property
    def told(self) -> bool:
        """Whether it is said where the names of tracks stand."""
        return self.fields is not None or self.parting is not None


NO_CHOICES = Choices()
_NOTHING_TOLD = "A file has to have a column of links or ISRCs, or one of artists and titles."


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
    """Whether there are links, or artists and titles, or ISRCs."""
    return _names(fields) or bool(fields.get(Field.ISRC))


def _names(fields: Fields) -> bool:
    return bool(fields.get(Field.URI) or (fields.get(Field.TITLE) and fields.get(Field.ARTIST)))


def look(content: bytes, choices: Choices = NO_CHOICES) -> Table:
    """Read which columns a file has; InvalidInput when it cannot be read."""
    histories.refuse(content)
    sheet = list_files.read(content, choices.encoding, header=choices.header)
    columns = Columns([cells for _, cells in sheet.rows] or [dict.fromkeys(sheet.columns, "")])
    named = {field: columns.named(_COLUMNS[field]) for field in Field}
    fields = {field: found[0] for field, found in named.items() if found}
    # Beside ISRCs, columns without a name that is known may hold artists and titles.
    others = {*sheet.columns} - {fields.get(Field.ISRC), *filter(field_named, sheet.columns)}
    told = _names(fields) or (Field.ISRC in fields and not others)
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
    at = dated or context.now()
    with context.session() as session:
        receipt = entries.put(context, session, person, lines, refused, list_id=list_id)
        said = {line.spotify_id: _said(read, line.row) for line in reversed(lines)}
        receipt = replace(
            receipt,
            waiting=_waiting(read, found.waiting, at),
            values=from_file.keep(session, person, said, at),
            lost_letters=sheet.lost,
            unusable=_unusable(read, refused),
        )
        receipt = keep(session, receipt) if keep else receipt
        session.commit()
    return receipt


def _of_tracks(context: Context, content: bytes, choices: Choices) -> tuple[Sheet, Choices]:
    """The rows of a file that names tracks, and how it is read; InvalidInput for any other."""
    table = look(content, choices)
    if not (choices.told or table.clear or table.guesses):
        choices = _guessed(context, content, choices, table)
        table = look(content, choices)
    if choices.parting:
        return by_name.parted(opened(content, choices, table), choices.parting), choices
    if not names_tracks(table.fields if choices.fields is None else choices.fields):
        raise InvalidInput(_NOTHING_TOLD)
    return opened(content, choices, table), choices


def guess(context: Context, content: bytes, choices: Choices = NO_CHOICES) -> Choices | None:
    """How a file is taken that leaves nothing open, or whose tracks tell what it does not.

    That is by the columns, or the way to part its lines, by which most rows are known; None where
    a person has to be asked. InvalidInput when the file cannot be read.
    """
    table = look(content, choices)
    if choices.told or table.clear:
        return choices
    if table.guesses:
        return None
    found = _guessed(context, content, choices, table)
    return found if found.told else None


def of_lines(context: Context, lines: Sequence[str]) -> tuple[bytes, Choices] | None:
    """The table that most of these lines were copied out of, and how it is taken; None for none."""
    filled = [line for line in lines if line.strip()]
    unread = [refusal.text for refusal in entries.read(enumerate(filled))[1]]
    if len(filled) < 2 or 2 * by_name.split(unread).count(None) <= len(filled):
        return None
    content = "\n".join(lines).encode(errors="replace")
    try:
        choices = guess(context, content)
    except InvalidInput:
        return None
    return None if choices is None else (content, choices)


def _guessed(context: Context, content: bytes, choices: Choices, table: Table) -> Choices:
    header = choices.header if choices.header is not None or table.header_sure else False
    sheet = list_files.read(content, choices.encoding, header=header)
    if parting := by_name.parting(context, sheet):
        return replace(choices, header=header, parting=parting)
    if found := by_name.columns(context, sheet):
        fields = dict(zip((Field.TITLE, Field.ARTIST), found, strict=True))
        return replace(choices, header=header, fields=fields)
    return choices


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


def _waiting(read: Reading, waiting: Iterable[Waiting], at: datetime) -> tuple[Waiting, ...]:
    """Names that wait with what their rows say, which is kept when they are found."""
    said = ((one, _said(read, one.row)) for one in waiting)
    return tuple(replace(one, said=from_file.as_json(row, at)) for one, row in said)


def _said(read: Reading, row: int) -> Said:
    return from_file.of_row(read.said[row], read.findings[row])


def _unusable(read: Reading, refused: Sequence[Refusal]) -> dict[str, Unusable]:
    """Cells that cannot be meant, of rows that were not lost as a whole."""
    lost = {refusal.row for refusal in refused}
    return count_unusable(cells for row, cells in read.unusable.items() if row not in lost)
