"""python -m ttt history, with record"""

from typing import Annotated

import typer

from ttt.cli.history import commands
from ttt.cli.start import opened
from ttt.errors import InvalidInput, NotFound
from ttt.services.accounts import accounts
from ttt.services.plays.deriving import deriving
from ttt.services.recorders import recording
from ttt.words import counted

User = Annotated[str, typer.Option("--user", metavar="NAME", help="Whose plays.")]


@commands.command()
def record(user: User) -> None:
    """Look once at what somebody played on Spotify, and keep what is new."""
    context = opened()
    person = accounts.find(context, user)
    made = recording.look(context, recording.of(context, person), at_once=True)
    if made is None:
        raise NotFound("account")
    if made.trouble is not None:
        raise InvalidInput(made.trouble)
    deriving.derive(context, made.user_id)
    gap = "; plays before them may be missing" if made.gap else ""
    unread = f"; {counted(made.unread, 'row')} could not be read" if made.unread else ""
    new = counted(made.new, "new play")
    typer.echo(f"{new}, {made.already_there} already there{unread}{gap}.")
