"""python -m ttt history"""

from pathlib import Path
from typing import Annotated, Any, BinaryIO

import typer

from ttt.cli import asked
from ttt.cli.asked import Columns
from ttt.cli.output import Format, as_json, by_ending, show
from ttt.cli.start import in_words, opened
from ttt.cli.tracks import Answer
from ttt.errors import InvalidInput
from ttt.services.accounts import accounts
from ttt.services.context import Context
from ttt.services.person import Person
from ttt.services.plays.bringing import checking, importing, imports, receipt, uploads
from ttt.services.plays.bringing.asking import Order
from ttt.services.plays.bringing.receipt import Receipt, RefusedPlay
from ttt.services.plays.bringing.uploads import HELD, PIECE, State, Upload
from ttt.services.plays.out import exporting, showing
from ttt.services.plays.out.exporting import ExportFormat
from ttt.settings import load

commands = typer.Typer(no_args_is_help=True, help="Listening histories: import, list, undo, plays.")
_LISTED = ("id", "brought", "name", "format", "state", "rows", "added", "already_there")
_PLAYS = ("played_at", "title", "artists", "ms", "source", "counts", "why_not")
User = Annotated[str, typer.Option("--user", metavar="NAME", help="Whose history.")]
Files = Annotated[list[Path], typer.Argument(metavar="FILE...")]
Zone = Annotated[
    str | None, typer.Option("--zone", help="Zone of times without one, as Europe/Berlin.")
]
Dates = Annotated[
    Order | None, typer.Option("--dates", help="What stands first in dates as 03/04/2024.")
]
Folders = Annotated[list[str], typer.Option("--folder", help="Of several people's, this one.")]
Number = Annotated[int, typer.Argument(metavar="ID", help="As `history list` shows it.")]
AnswerFormat = Annotated[Answer, typer.Option("--format")]


@commands.command("import")
def import_(  # noqa: PLR0913, PLR0917 - an option each
    user: User,
    files: Files,
    format_: AnswerFormat = Answer.TABLE,
    zone: Zone = None,
    folder: Folders = [],  # noqa: B006 - Typer never changes it
    mine: Annotated[bool, typer.Option("--mine", help="It is this person's own.")] = False,
    dates: Dates = None,
    column: Columns = [],  # noqa: B006 - as above
) -> None:
    """Take in listening histories of any known format, one after the other."""
    context = opened()
    person = accounts.find(context, user)
    answers = _answers(zone, folder, dates, column) | {"mine": mine}
    _take(context, person, files, answers, format_)


@commands.command()
def check(
    files: Files,
    format_: AnswerFormat = Answer.TABLE,
    zone: Zone = None,
    folder: Folders = [],  # noqa: B006 - Typer never changes it
    dates: Dates = None,
    column: Columns = [],  # noqa: B006 - as above
) -> None:
    """Say what importing files into an empty history would do; nothing is kept."""
    with checking.nowhere(load()) as (context, person):
        answers = _answers(zone, folder, dates, column) | {"mine": True}
        _take(context, person, files, answers, format_, kept=False)


def _answers(
    zone: str | None, folder: list[str], dates: Order | None, column: list[str]
) -> dict[str, Any]:
    columns = asked.columns(column)
    return {"zone": zone, "folders": folder, "order": dates, "columns": columns}


@commands.command("list")
def list_(user: User, format_: Annotated[Format, typer.Option("--format")] = Format.TABLE) -> None:
    """Show what was imported, the newest first."""
    context = opened()
    person = accounts.find(context, user)
    found = imports.overview(context, person)
    show(_LISTED, [_listed(one) for one in (*found.running, *found.past)], format_)


@commands.command()
def undo(user: User, number: Number) -> None:
    """Take an import back."""
    context = opened()
    importing.undo(context, accounts.find(context, user), number)
    typer.echo(f"Import {number} is undone.")


@commands.command()
def plays(
    user: User,
    format_: Annotated[Format, typer.Option("--format")] = Format.TABLE,
    from_: Annotated[str | None, typer.Option("--from", help="First day, YYYY-MM-DD.")] = None,
    to: Annotated[str | None, typer.Option("--to", help="Last day, YYYY-MM-DD.")] = None,
) -> None:
    """Show every told play, with why it does not count where it does not."""
    context = opened()
    person = accounts.find(context, user)
    found = showing.plays(context, person, showing.day(from_), showing.day(to, after=True))
    show(_PLAYS, [play.as_record() for play in found], format_)


@commands.command()
def export(
    user: User,
    file: Annotated[Path, typer.Argument(help="Where to, - for standard output.")],
    format_: Annotated[ExportFormat | None, typer.Option("--format")] = None,
) -> None:
    """Write all plays into a file: jsonl comes back in full here, and elsewhere as Spotify's.

    Its ending tells the format where none is named.
    """
    context = opened()
    person = accounts.find(context, user)
    form = format_ or by_ending(file, ExportFormat.EXTENDED)
    if str(file) == "-":
        exporting.write(context, person, form, typer.get_binary_stream("stdout"))
        return
    with file.open("wb") as stream:
        exporting.write(context, person, form, stream)


def _take(
    context: Context,
    person: Person,
    files: list[Path],
    answers: dict[str, Any],
    format_: Answer,
    *,
    kept: bool = True,
) -> None:
    records = []
    for file in files:
        try:
            upload = _imported(context, person, _brought(context, person, file), answers)
        except (InvalidInput, OSError) as error:
            about = f"{file.name}: " if len(files) > 1 else ""
            typer.echo(f"{about}{in_words(error)}", err=True)
            continue
        record = _told(context, person, upload)
        records.append(record if kept else record | {"import_id": None})
        if format_ is Answer.TABLE:
            _show(record, upload)
    if format_ is Answer.JSON and records:
        typer.echo(as_json(records if len(files) > 1 else records[0]).encode(), nl=False)
    if len(records) < len(files):
        raise typer.Exit(1)


def _brought(context: Context, person: Person, file: Path) -> Upload:
    with file.open("rb") as stream:
        upload = uploads.begin(context, person, file.name, file.stat().st_size)
        stream.seek(upload.received)
        return _pieces(context, person, upload, stream)


def _pieces(context: Context, person: Person, upload: Upload, stream: BinaryIO) -> Upload:
    number = upload.next_piece
    while not upload.is_here:
        upload = uploads.put(context, person, upload.id, number, stream.read(PIECE))
        number += 1
    return upload


def _imported(context: Context, person: Person, upload: Upload, answers: dict[str, Any]) -> Upload:
    """An upload once it is read; one that somebody brought before goes on where it stands."""
    if upload.already_since is not None and upload.state not in HELD:
        return upload
    is_new = upload.already_since is None
    importing.run(context, upload.id)
    upload = uploads.find(context, person, upload.id)
    try:
        while upload.state is State.ASKING:
            asked.answer(context, person, upload, answers)
            importing.run(context, upload.id)
            upload = uploads.find(context, person, upload.id)
    except InvalidInput:
        if is_new:
            importing.undo(context, person, upload.id)
        raise
    if upload.state is State.REFUSED:
        raise InvalidInput(upload.error or "It cannot be read.")
    return upload


def _told(context: Context, person: Person, upload: Upload) -> dict[str, Any]:
    found = Receipt.of(upload.counts)
    if upload.already_since is not None:
        # The very same file: everything in it that is music was there.
        found = receipt.all_there(found)
    refused = receipt.refused_rows(context, person, upload.id)
    names = ("rows", "added", "already_there", "too_short", "not_music", "double", "impossible")
    return {
        "format": upload.format,
        **{name: getattr(found, name) for name in (*names, "private")},
        "refused": [{"row": row.row, "reason": _reason(row, found)} for row in refused],
        "import_id": upload.id,
    }


def _reason(row: RefusedPlay, found: Receipt) -> str:
    """Why a row could not be read; of a whole file in a zip, with its name."""
    is_of_file = found.lost.get(row.file) == row.reason
    return f"{row.file}: {row.reason}" if is_of_file else row.reason


def _show(record: dict[str, Any], upload: Upload) -> None:
    if upload.already_since is not None:
        typer.echo(f"{upload.name}: already here since {upload.already_since:%d %B %Y}.")
        return
    typer.echo(f"{upload.name}, {upload.format}: {Receipt.of(upload.counts).words}")
    for row in record["refused"]:
        typer.echo(f"Row {row['row']}: {row['reason']}")


def _listed(one: imports.Import) -> dict[str, Any]:
    upload, found = one.upload, one.receipt or Receipt()
    return {
        "id": upload.id,
        "brought": upload.created_at.isoformat(timespec="seconds"),
        "name": upload.name,
        "format": upload.format,
        "state": upload.state.value,
        "rows": upload.rows,
        "added": found.added,
        "already_there": found.already_there,
    }
