"""python -m ttt db"""

from pathlib import Path
from typing import Annotated

import typer

from ttt.cli.start import opened
from ttt.services.context import open_context
from ttt.services.server import backup as backups
from ttt.settings import load

commands = typer.Typer(no_args_is_help=True, help="The database: migrate, copy, put back.")

File = Annotated[Path, typer.Argument(metavar="FILE")]


@commands.command()
def upgrade() -> None:
    """Apply the migrations that are missing."""
    opened()
    typer.echo("The database has all migrations.")


@commands.command()
def backup(
    file: File,
    force: Annotated[bool, typer.Option("--force", help="Replace the file.")] = False,
) -> None:
    """Write a copy of the database; the app may be running."""
    backups.backup(open_context(load()), file, force=force)
    typer.echo(f"The database is copied to {file}. Keep the secret key as well, but elsewhere.")


@commands.command()
def restore(file: File) -> None:
    """Put a copy in the database's place; the app must not be running."""
    kept = backups.restore(open_context(load()), file)
    typer.echo("The database is restored.")
    if kept is not None:
        typer.echo(f"The one before it is kept in {kept}.")
