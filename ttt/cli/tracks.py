"""python -m ttt tracks"""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from ttt.cli.output import Format, as_json, show
from ttt.cli.start import opened
from ttt.services.accounts import accounts
from ttt.services.lists import entries, importing
from ttt.services.tables import list_csv
from ttt.services.tables.receipt import Receipt
from ttt.services.tables.spreadsheet import BYTE_ORDER_MARK

commands = typer.Typer(no_args_is_help=True, help="Trending lists: look, add, remove, CSV.")
_COLUMNS = ("artist", "song", "popularity", "energy", "key", "valence", "mood", "tempo", "uri")
_STANDARD = Path("-")


class Answer(StrEnum):
    """How the answer to a change is shown."""

    TABLE = "table"
    JSON = "json"


class FileFormat(StrEnum):
    """What is written into a file."""

    CSV = "csv"
    JSON = "json"


User = Annotated[str, typer.Option("--user", metavar="NAME", help="Whose list.")]
Links = Annotated[list[str], typer.Argument(metavar="LINK...", help="Spotify links, URIs or ids.")]
AnswerFormat = Annotated[Answer, typer.Option("--format")]


@commands.command("list")
def list_(user: User, format_: Annotated[Format, typer.Option("--format")] = Format.TABLE) -> None:
    """Show a list, newest first."""
    context = opened()
    rows = entries.listed(context, accounts.find(context, user))
    columns = _COLUMNS if format_ is Format.TABLE else list_csv.FIELDS
    show(columns, list_csv.as_records(rows), format_)


@commands.command()
def add(user: User, links: Links, format_: AnswerFormat = Answer.TABLE) -> None:
    """Save tracks."""
    context = opened()
    _show(entries.add(context, accounts.find(context, user), links), format_)


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
    file: Annotated[Path, typer.Argument(help="A CSV file, - for standard input.")],
    format_: AnswerFormat = Answer.TABLE,
) -> None:
    """Save the tracks of a CSV file."""
    context = opened()
    person = accounts.find(context, user)
    _show(importing.import_(context, person, _content(file)), format_)


@commands.command()
def export(
    user: User,
    file: Annotated[Path, typer.Argument(help="Where to, - for standard output.")],
    format_: Annotated[FileFormat, typer.Option("--format")] = FileFormat.CSV,
) -> None:
    """Write a list into a file."""
    context = opened()
    rows = entries.listed(context, accounts.find(context, user))
    if format_ is FileFormat.JSON:
        content = as_json(list_csv.as_records(rows))
    else:
        content = list_csv.export(rows)
    if file == _STANDARD:
        typer.echo(content.removeprefix(BYTE_ORDER_MARK).encode(), nl=False)
    else:
        file.write_bytes(content.encode())


def _content(file: Path) -> bytes:
    # One byte more than is allowed is enough to be refused for its size.
    if file == _STANDARD:
        return typer.get_binary_stream("stdin").read(importing.MAX_BYTES + 1)
    with file.open("rb") as opened_file:
        return opened_file.read(importing.MAX_BYTES + 1)


def _show(receipt: Receipt, format_: Answer) -> None:
    if format_ is Answer.JSON:
        typer.echo(as_json(receipt.as_json()).encode(), nl=False)
        return
    typer.echo(
        f"Added {receipt.added}, already there {receipt.already_there}, "
        f"refused {len(receipt.refused)}."
    )
    for refusal in receipt.refused:
        typer.echo(f"Row {refusal.row}: {refusal.reason}")
