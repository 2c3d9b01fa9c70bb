"""python -m ttt secret"""

import time

import typer

from ttt.cli.start import opened
from ttt.services.keys.vault import new_secret
from ttt.services.server import rotation
from ttt.words import counted

commands = typer.Typer(
    no_args_is_help=True, help="The key that encrypts tokens and other secrets of people."
)


@commands.command()
def new() -> None:
    """Print a new key, for TTT_SECRET_KEY."""
    typer.echo(new_secret())


@commands.command()
def rotate() -> None:
    """Put everything that is encrypted under a new key; the app may be running.

    Killed in between, it is run again.
    """
    done = rotation.rotate(opened(), _settle)
    typer.echo(f"{counted(done.renewed, 'secret')} put under the new key.")
    if done.unreadable:
        typer.echo(
            f"{counted(done.unreadable, 'secret')} could not be read with any key: whoever it "
            "belongs to connects Spotify again, or sets up their second factor anew."
        )
    if done.in_file:
        typer.echo("The former key is gone. Older copies of the database still need it.")
    else:
        typer.echo("Nothing needs TTT_SECRET_KEY_OLD any more: take it away, then restart.")


def _settle() -> None:
    seconds = rotation.SETTLED_AFTER.total_seconds()
    typer.echo(f"Waiting {seconds:.0f} seconds for writes that are under way.", err=True)
    time.sleep(seconds)
