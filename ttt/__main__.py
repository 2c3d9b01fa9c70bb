"""The command line: python -m ttt serve, users, tracks, sources, jobs, db, doctor and more."""

import io
import sys
from typing import Annotated

import typer

from ttt import __version__
from ttt.cli import (
    admin,
    database,
    history,
    jobs,
    maintenance,
    recording,
    secret,
    sources,
    spotify,
    tracks,
    users,
)
from ttt.cli.serve import serve
from ttt.cli.start import Commands
from ttt.services.context import open_context
from ttt.services.server import health
from ttt.settings import load

app = typer.Typer(
    cls=Commands,
    help="Top Track Tracker: a self-hosted dashboard for one's own music.",
    add_completion=False,
    invoke_without_command=True,
    pretty_exceptions_enable=False,
)

app.command()(serve)
app.command()(jobs.worker)
app.command()(sources.enrich)
app.add_typer(users.commands, name="users")
app.add_typer(admin.invitations, name="invitations")
app.add_typer(admin.registration, name="registration")
app.add_typer(admin.second_factor, name="second-factor")
app.add_typer(admin.banner, name="banner")
app.add_typer(maintenance.commands, name="maintenance")
app.command()(admin.audit)
app.command()(admin.status)
app.add_typer(tracks.commands, name="tracks")
history.commands.command()(recording.record)
app.add_typer(history.commands, name="history")
app.add_typer(sources.commands, name="sources")
app.add_typer(spotify.commands, name="spotify")
app.add_typer(jobs.commands, name="jobs")
app.add_typer(database.commands, name="db")
app.add_typer(secret.commands, name="secret")


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


@app.command()
def doctor() -> None:
    """Look at settings, database, catalogue and Spotify; exit code 1 when something is wrong."""
    findings = health.check(open_context(load(), careful=False))
    for finding in findings:
        typer.echo(f"{'ok' if finding.ok else 'problem'}: {finding.words}")
    if not all(finding.ok for finding in findings):
        raise typer.Exit(1)


def _replace_what_the_terminal_cannot_show() -> None:
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


if __name__ == "__main__":
    _replace_what_the_terminal_cannot_show()
    app(prog_name="python -m ttt")
