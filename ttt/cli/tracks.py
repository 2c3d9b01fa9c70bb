"""python -m ttt tracks"""

from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from ttt.cli.output import Format, as_json, by_ending, show
from ttt.cli.start import opened
from ttt.errors import HistoryInstead, InvalidInput
from ttt.services.accounts import accounts
from ttt.services.context import Context
from ttt.services.lists import entries, importing, imports
from ttt.services.lists.importing import Choices, Field
from ttt.services.person import Person
from ttt.services.tables import list_csv, playlist_files
from ttt.services.tables.receipt import Receipt, told_lost, told_unusable, told_values
from ttt.services.tables.spreadsheet import BYTE_ORDER_MARK
from ttt.services.tracks.rows import TrackRow

commands = typer.Typer(no_args_is_help=True, help="Trending lists: look, add, remove, CSV.")
_COLUMNS = ("artist", "song", "popularity", "energy", "key", "valence", "mood", "tempo", "uri")
_STANDARD = Path("-")
_COLUMN_HELP = f"A column; FIELD is one of {', '.join(Field)}."


class Answer(StrEnum):
    """How the answer to a change is shown."""

    TABLE = "table"
    JSON = "json"


class FileFormat(StrEnum):
    """What is written into a file."""

    CSV = "csv"
    JSON = "json"
    M3U8 = "m3u8"
    XSPF = "xspf"


User = Annotated[str, typer.Option("--user", metavar="NAME", help="Whose list.")]
Links = Annotated[list[str], typer.Argument(metavar="LINK...", help="Spotify links, URIs or ids.")]
Lines = Annotated[
    list[str],
    typer.Argument(metavar="LINE...", help="Spotify links, URIs, ids, ISRCs, or “artist - title”."),
]
AnswerFormat = Annotated[Answer, typer.Option("--format")]


@commands.command("list")
def list_(user: User, format_: Annotated[Format, typer.Option("--format")] = Format.TABLE) -> None:
    """Show a list, newest first."""
    context = opened()
    rows = entries.listed(context, accounts.find(context, user))
    columns = _COLUMNS if format_ is Format.TABLE else list_csv.FIELDS
    show(columns, list_csv.as_records(rows), format_)


@commands.command()
def add(user: User, lines: Lines, format_: AnswerFormat = Answer.TABLE) -> None:
    """Save tracks."""
    context = opened()
    person = accounts.find(context, user)
    receipt = imports.add(context, person, lines)
    _look_up_names(context, person, receipt)
    _show(receipt, format_)


@commands.command()
def remove(user: User, links: Links, format_: AnswerFormat = Answer.TABLE) -> None:
    """Take tracks off a list."""
    context = opened()
    removal = entries.remove(context, accounts.find(context, user), links)
    if format_ is Answer.JSON:
        typer.echo(as_json({"removed": removal.count}).encode(), nl=False)
    else:
        typer.echo(f"Removed {removal.count}.")


@commands.command("import")
def import_(
    user: User,
    file: Annotated[Path, typer.Argument(help="Our own file or any table, - for standard input.")],
    column: Annotated[
        list[str] | None,
        typer.Option(metavar="FIELD=NAME", help=_COLUMN_HELP),
    ] = None,
    encoding: Annotated[
        str | None, typer.Option(help="How the file's letters are written.")
    ] = None,
    header: Annotated[
        bool | None, typer.Option(help="Whether the first row names the columns.")
    ] = None,
    format_: AnswerFormat = Answer.TABLE,
) -> None:
    """Save the tracks of a file: a table, lines, JSON, a playlist, XML or a saved web page."""
    context = opened()
    person = accounts.find(context, user)
    choices = Choices(encoding, header, _fields(column) if column else None)
    try:
        receipt = imports.take(
            context, person, _content(file), file.name, choices, dated=_dated(file)
        )
    except HistoryInstead as error:
        raise InvalidInput(f"{error.reason} Or: python -m ttt history import.") from None
    _look_up_names(context, person, receipt)
    _show(receipt, format_)


@commands.command()
def export(
    user: User,
    file: Annotated[Path, typer.Argument(help="Where to, - for standard output.")],
    format_: Annotated[FileFormat | None, typer.Option("--format")] = None,
) -> None:
    """Write a list into a file; its ending tells the format where none is named."""
    context = opened()
    rows = entries.listed(context, accounts.find(context, user))
    content = _written(rows, format_ or by_ending(file, FileFormat.CSV))
    if file == _STANDARD:
        typer.echo(content.removeprefix(BYTE_ORDER_MARK).encode(), nl=False)
    else:
        file.write_bytes(content.encode())


def _written(rows: list[TrackRow], format_: FileFormat) -> str:
    match format_:
        case FileFormat.JSON:
            return as_json(list_csv.as_records(rows))
        case FileFormat.M3U8:
            return playlist_files.m3u8("Trending", rows)
        case FileFormat.XSPF:
            return playlist_files.xspf("Trending", rows)
    return list_csv.export(rows)


def _fields(columns: list[str]) -> dict[Field, str]:
    """Columns by field; InvalidInput for what is no FIELD=NAME."""
    named: dict[Field, str] = {}
    for text in columns:
        field, _, name = text.partition("=")
        if field.strip() not in list(Field) or not name.strip():
            fields = ", ".join(Field)
            raise InvalidInput(f"“{text}” is no FIELD=NAME, with a field of {fields}.")
        named[Field(field.strip())] = name.strip().casefold()
    return named


def _dated(file: Path) -> datetime | None:
    if file == _STANDARD:
        return None
    return datetime.fromtimestamp(file.stat().st_mtime, UTC)


def _content(file: Path) -> bytes:
    # One byte more than is allowed is enough to be refused for its size.
    if file == _STANDARD:
        return typer.get_binary_stream("stdin").read(importing.MAX_BYTES + 1)
    with file.open("rb") as opened_file:
        return opened_file.read(importing.MAX_BYTES + 1)


def _look_up_names(context: Context, person: Person, receipt: Receipt) -> None:
    from ttt.jobs import queue  # noqa: PLC0415 - takes half a second

    queue.look_up_names(context, person, receipt)


def _show(receipt: Receipt, format_: Answer) -> None:
    if format_ is Answer.JSON:
        typer.echo(as_json(receipt.as_json()).encode(), nl=False)
        return
    typer.echo(
        f"Added {receipt.added}, already there {receipt.already_there}, "
        f"waiting {len(receipt.waiting)}, refused {len(receipt.refused)}."
    )
    if receipt.values:
        typer.echo(f"Taken as your own values: {told_values(receipt.values)}.")
    if receipt.unusable:
        typer.echo(told_unusable(receipt.unusable))
    if receipt.lost_letters:
        typer.echo(told_lost(receipt.lost_letters))
    for refusal in receipt.refused:
        typer.echo(f"Row {refusal.row}: {refusal.reason}")
