"""python -m ttt db"""

from pathlib import Path
from typing import Annotated

import typer

from ttt.cli.output import Format, show
from ttt.services.context import open_context, prepare
from ttt.services.server.backups import backups, verifying
from ttt.settings import load

commands = typer.Typer(no_args_is_help=True, help="The database: migrate, copy, put back.")

File = Annotated[Path, typer.Argument(metavar="FILE")]


@commands.command()
def upgrade(
    without_copy: Annotated[
        bool,
        typer.Option("--without-copy", help="PostgreSQL: you have a copy from before already."),
    ] = False,
) -> None:
    """Apply the migrations that are missing, after a copy of the database."""
    prepare(open_context(load()), copied=not without_copy, patiently=True)
    typer.echo("The database has all migrations.")


@commands.command()
def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Or a folder that keeps several.")],
    force: Annotated[bool, typer.Option("--force", help="Replace the file.")] = False,
) -> None:
    """Write a checked copy of the database; the app may be running."""
    written = backups.backup(open_context(load()), file, force=force)
    typer.echo(f"The database is copied to {written}. Keep the secret key as well, but elsewhere.")


@commands.command()
def restore(file: File) -> None:
    """Put a copy in the database's place, one of SQLite's on PostgreSQL too; stop the app first."""
    kept = backups.restore(open_context(load()), file)
    typer.echo("The database is restored.")
    if kept is not None:
        typer.echo(f"The one before it is kept in {kept}.")


@commands.command()
def verify(file: File, format_: Annotated[Format, typer.Option("--format")] = Format.TABLE) -> None:
    """Restore a copy into a scratch database, migrate it, count its rows and compare them."""
    found = verifying.verify(open_context(load()), file)
    records = [
        {"table": table, "in_the_copy": there, "in_the_database": here}
        for table, (there, here) in found.rows.items()
    ]
    show(("table", "in_the_copy", "in_the_database"), records, format_)
    if found.unreadable:
        typer.echo(
            f"{found.unreadable} of {found.secrets} secrets cannot be read with the key in use: "
            "put back the key of the copy's time as well.",
            err=True,
        )
    typer.echo(f"{file} is whole: it was restored, and migrated from {found.revision}.", err=True)
