"""The command line: python -m ttt serve, users, tracks, sources, jobs, db, doctor and more."""

import io
import sys
from collections import UserDict
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperGroup
from typer.main import get_command, get_group

from ttt import __version__

# In which module of ttt.cli each lies, and as what. Imported once it is asked for: all of them take
# more than a second.
_PLACES = {
    "users": ("users", "commands"),
    "invitations": ("admin", "invitations"),
    "registration": ("admin", "registration"),
    "second-factor": ("admin", "second_factor"),
    "banner": ("admin", "banner"),
    "maintenance": ("server.maintenance", "commands"),
    "tracks": ("tracks", "commands"),
    "history": ("recording", "commands"),
    "sources": ("sources", "commands"),
    "spotify": ("spotify", "commands"),
    "jobs": ("server.jobs", "commands"),
    "db": ("server.database", "commands"),
    "secret": ("server.secret", "commands"),
    "serve": ("server.serve", "serve"),
    "worker": ("server.jobs", "worker"),
    "enrich": ("sources", "enrich"),
    "audit": ("admin", "audit"),
    "status": ("server.watching", "status"),
    "doctor": ("server.watching", "doctor"),
}


class _Places(UserDict[str, Any]):
    """Commands by name; a place becomes what lies there when it is looked at."""

    def __getitem__(self, name: str) -> Any:
        found = self.data[name]
        if isinstance(found, tuple):
            found = self.data[name] = _imported(name, *found)
        return found


class Commands(TyperGroup):
    """Imports what is asked for; ends every foreseen error as one line on stderr and code 1.

    Where nobody reads on behind a pipe, there is nobody to tell: Typer ends that with code 1.
    """

    def __init__(self, **given: Any) -> None:
        super().__init__(**given | {"commands": _Places(_PLACES)})

    def invoke(self, ctx: Any) -> Any:
        """Run the command that was asked for."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise
        except Exception as error:
            from ttt.cli import start  # noqa: PLC0415 - takes half a second

            if not isinstance(error, start.FORESEEN):
                raise
            typer.echo(start.in_words(error), err=True)
            raise typer.Exit(1) from None


app = typer.Typer(
    cls=Commands,
    help="Top Track Tracker: a self-hosted dashboard for one's own music.",
    add_completion=False,
    invoke_without_command=True,
    pretty_exceptions_enable=False,
)


@app.callback()
def main(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Show the version.")] = False,
) -> None:
    """Show the help when nothing else is asked for."""
    if version:
        typer.echo(__version__)
    elif context.invoked_subcommand is None:
        typer.echo(context.get_help())


def _imported(name: str, module: str, inside: str) -> Any:
    found = getattr(import_module(f"ttt.cli.{module}"), inside)
    if isinstance(found, typer.Typer):
        command: Any = get_group(found)
    else:
        alone = typer.Typer(add_completion=False)
        alone.command(name)(found)
        command = get_command(alone)
    command.name = name
    return command


def _replace_what_the_terminal_cannot_show() -> None:
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


if __name__ == "__main__":
    _replace_what_the_terminal_cannot_show()
    app(prog_name="python -m ttt")
