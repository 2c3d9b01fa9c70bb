"""Looking around: the demo beside a real Spotify, until a person connects their own.

Nothing of it stays: it is not recorded, and its lists and playlists go with it.
"""

from sqlmodel import Session

from ttt.models import SpotifyAccount
from ttt.services.accounts.trail import record
from ttt.services.context import Context
from ttt.services.person import Person, own
from ttt.services.spotify import clients, spotify
from ttt.settings import DEMO_CLIENT_ID
from ttt.store.spotify import playlists
from ttt.store.spotify import spotify as spotify_store


def offered(context: Context) -> bool:
    """Whether people may look around here before they connect."""
    with context.session() as session:
        return clients.real(context) and clients.may_look_around(context, session)


def around(context: Context, person: Person) -> bool:
    """Whether the person is looking around now."""
    with context.session() as session:
        client = clients.of(context, session, person.id)
    return client is not None and client.demo and clients.real(context)


def leave(context: Context, person: Person) -> None:
    """End it; nothing of the demo is left, and what is the person's own stays."""
    with context.session() as session:
        own(session, person)
        account = spotify_store.account(session, person.id)
        if account is None or account.client_id != DEMO_CLIENT_ID:
            return
        forget(session, account)
        record(context, session, person, "demo left")
        session.commit()


def forget(session: Session, account: SpotifyAccount) -> None:
    """Delete a connection to the demo and all that came by it, in the caller's transaction."""
    playlists.forget_since(session, account.user_id, account.authorized_at)
    spotify.forget(session, account.user_id)
