"""How each client ID stands, for the command line: whose it is, who uses it, what it waits for."""

from dataclasses import dataclass
from datetime import datetime

from ttt.services.context import Context
from ttt.services.spotify import block as spotify_block
from ttt.services.spotify import clients
from ttt.store.accounts import users
from ttt.store.spotify import clients as kept

EVERYBODY = "everybody"


@dataclass(frozen=True, slots=True)
class Standing:
    """A client ID; `owner` is a username or EVERYBODY, times are aware UTC."""

    name: str
    client_id: str
    owner: str
    seats_used: int
    seats: int
    blocked_until: datetime | None
    source: str


def standings(context: Context) -> list[Standing]:
    """Every client ID of Spotify's, the server's first; for whoever has the command line."""
    with context.session() as session:
        used = dict(kept.counts(session))
        names: dict[int | None, str] = {user.id: user.username for user in users.every(session)}
        connected = set(clients.connected(context, session))
        every = [client for client in clients.every(context, session) if not client.demo]
        blocks = [spotify_block.current(context, session, client) for client in every]
    return [
        Standing(
            name=client.name,
            client_id=client.client_id,
            owner=names.get(client.user_id, EVERYBODY),
            seats_used=(
                used.get(client.client_id, 0)
                if client.user_id is None
                else int((client.user_id, client.client_id) in connected)
            ),
            seats=context.settings.spotify_seats if client.user_id is None else 1,
            blocked_until=None if block is None else block.until,
            source=client.source,
        )
        for client, block in zip(every, blocks, strict=True)
    ]
