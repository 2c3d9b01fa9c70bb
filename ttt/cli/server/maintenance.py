"""python -m ttt maintenance"""

import time
from typing import Annotated

import typer

from ttt.cli.start import opened
from ttt.services.accounts import accounts
from ttt.services.server import maintenance

commands = typer.Typer(
    no_args_is_help=True, help="Let people read and nobody change anything, for a while."
)


@commands.command()
def on(
    words: Annotated[str, typer.Option(help="What people are told above every page.")] = "",
) -> None:
    """Begin; when this returns, no process changes anything any more."""
    context = opened()
    maintenance.begin(context, accounts.operator(context), words)
    # What had begun before is over by then, or ends by the database's limit.
    time.sleep(maintenance.SEEN_WITHIN)
    typer.echo("Nothing is changed from now on. python -m ttt maintenance off ends it.")


@commands.command()
def off() -> None:
    """End it: people change things again within a second, and work goes on where it was."""
    context = opened()
    maintenance.end(context, accounts.operator(context))
    typer.echo("Everything is as usual again.")


@commands.command("show")
def show_() -> None:
    """Print what people are told; nothing when all is as usual."""
    typer.echo(maintenance.words(opened()))
