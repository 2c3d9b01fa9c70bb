"""python -m ttt status | doctor"""

from dataclasses import asdict
from typing import Annotated

import typer

from ttt.cli.output import Format, show
from ttt.cli.start import opened
from ttt.services.accounts import accounts
from ttt.services.context import open_context
from ttt.services.server.watching import health, state
from ttt.settings import load


def status(format_: Annotated[Format, typer.Option("--format")] = Format.TABLE) -> None:
    """Show version, database, migration, where the secret key comes from, and how many use it."""
    context = opened()
    now = asdict(state.read(context, accounts.operator(context)))
    show(tuple(now), [now], format_)


def doctor() -> None:
    """Look at settings, database, catalogue and Spotify; exit code 1 when something is wrong."""
    findings = health.check(open_context(load(), careful=False))
    for finding in findings:
        typer.echo(f"{'ok' if finding.ok else 'problem'}: {finding.words}")
    if not all(finding.ok for finding in findings):
        raise typer.Exit(1)
