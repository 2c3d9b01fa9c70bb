"""python -m ttt spotify"""

import sys
from dataclasses import asdict
from typing import Annotated

import typer

from ttt.cli.output import Format, show
from ttt.cli.start import opened
from ttt.errors import InvalidInput, NotFound
from ttt.services.accounts import accounts
from ttt.services.spotify import keeping, standing
from ttt.services.spotify.standing import EVERYBODY, Standing

commands = typer.Typer(no_args_is_help=True, help="Spotify's client IDs, and who uses them.")
_COLUMNS = ("name", "client_id", "owner", "seats_used", "seats", "blocked_until", "source")
Owner = Annotated[str, typer.Option("--for", metavar="USER", help="Whose alone it is.")]


@commands.command()
def clients(format_: Annotated[Format, typer.Option("--format")] = Format.TABLE) -> None:
    """List the client IDs: whose they are, seats used and in all, and until when they wait."""
    show(_COLUMNS, [_record(one) for one in standing.standings(opened())], format_)


@commands.command()
def add_client(
    name: Annotated[str, typer.Option(help="What it is called here.")],
    client_id: Annotated[str, typer.Option(help="As Spotify's dashboard shows it.")],
    secret_stdin: Annotated[
        bool, typer.Option("--secret-stdin", help="Read its secret from standard input.")
    ] = False,
    owner: Owner = "",
) -> None:
    """Try a client ID at Spotify and keep it, for everybody or for one person alone."""
    secret = sys.stdin.readline() if secret_stdin else ""
    context = opened()
    operator = accounts.operator(context)
    if owner:
        person = accounts.find(context, owner)
        keeping.bring_for(context, operator, person, client_id, secret, name)
    else:
        keeping.add(context, operator, name, client_id, secret)
    typer.echo(f"Spotify takes {name}; it serves {owner or EVERYBODY} from now on.")


@commands.command()
def remove_client(
    name: Annotated[str, typer.Argument(metavar="NAME", help="As the list shows it.")],
    owner: Owner = "",
) -> None:
    """Forget a client ID with its secret; whom it served connect anew."""
    context = opened()
    operator = accounts.operator(context)
    found = [one for one in standing.standings(context) if one.name == name]
    wanted = [one for one in found if not owner or one.owner == owner]
    if not wanted:
        raise NotFound("client ID")
    if len(wanted) > 1:
        raise InvalidInput("Several have this name: say whose it is by --for.")
    (one,) = wanted
    if one.source == "environment":
        raise InvalidInput("The environment sets it: remove SPOTIFY_CLIENT_ID there.")
    if one.owner == EVERYBODY:
        keeping.remove(context, operator, name)
    else:
        keeping.give_up_for(context, operator, accounts.find(context, one.owner))
    typer.echo(f"{name} is removed.")


def _record(one: Standing) -> dict[str, object]:
    until = one.blocked_until
    at = None if until is None else until.isoformat(timespec="seconds")
    return asdict(one) | {"blocked_until": at}
