"""A person's Spotify: how it is connected, disconnecting, and each call on their behalf."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from sqlmodel import Session

from ttt.errors import ReconnectNeeded, ScopeMissing
from ttt.models import SpotifyAccount
from ttt.providers.spotify import Spotify, Token
from ttt.services.accounts.trail import record
from ttt.services.context import Context
from ttt.services.person import Person
from ttt.services.spotify import block as spotify_block
from ttt.services.spotify import clients, seats
from ttt.services.spotify.permissions import NEEDS, SCOPES, Purpose
from ttt.services.spotify.token import StoredToken
from ttt.settings import DEMO_CLIENT_ID
from ttt.store.accounts import users
from ttt.store.plays import recorders
from ttt.store.spotify import clients as kept_clients
from ttt.store.spotify import snapshots, spotify
from ttt.store.tracks import holdings

AUTHORIZATION_LASTS = timedelta(days=182)
Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Connection:
    """A person's connection as pages show it; times are aware UTC."""

    display_name: str
    demo: bool
    authorized_at: datetime
    usable: bool
    blocked_until: datetime | None
    quota_used_up: bool
    granted: frozenset[str] = frozenset()

    def allows(self, purpose: Purpose) -> bool:
        """Whether it was granted what this needs."""
        return self.granted >= NEEDS[purpose]

    @property
    def complete(self) -> bool:
        """Whether connecting anew would bring nothing."""
        return self.usable and self.granted >= set(SCOPES)

    @property
    def ends_at(self) -> datetime:
        """When Spotify is going to ask for a new authorization, about."""
        return self.authorized_at + AUTHORIZATION_LASTS


def connection(context: Context, person: Person) -> Connection | None:
    """How the person is connected, None when they are not."""
    with context.session() as session:
        account = spotify.account(session, person.id)
        if account is None:
            return None
        client = clients.of(context, session, person.id)
        block = None if client is None else spotify_block.current(context, session, client)
        off = client is not None and clients.is_off(context, session, client)
    return Connection(
        display_name=account.display_name,
        demo=account.client_id == DEMO_CLIENT_ID,
        authorized_at=account.authorized_at,
        usable=account.token_encrypted is not None
        and client is not None
        and not off
        and account.client_id == client.client_id,
        blocked_until=None if block is None else block.until,
        quota_used_up=block is not None and block.quota,
        granted=_granted(context, account),
    )


def disconnect(context: Context, person: Person) -> None:
    """Delete the token, and the lists that came from the person's Spotify account.

    Plays that were recorded are taken back by services.plays.undoing. Their seat is free for
    somebody else from then on.
    """
    with context.session() as session:
        forget(session, person.id)
        kept_clients.leave(session, person.id)
        record(context, session, person, "spotify disconnected")
        session.commit()


def forget(session: Session, user_id: int) -> None:
    """Delete somebody's connection and what came from it, in the caller's transaction."""
    users.touch(session, user_id)  # a refresh on its way takes turns
    spotify.delete_account(session, user_id)
    recorders.leave(session, user_id)
    snapshots.delete_all(session, user_id)
    holdings.delete_orphans(session)


def call(
    context: Context,
    person: Person,
    request: Callable[[Spotify], Answer],
    purpose: Purpose | None = None,
) -> Answer:
    """Make a request on the person's behalf; never sleeps.

    Raises NotConnected without an account, NotSetUp where the demo is off, ReconnectNeeded when
    the authorization is gone (the token is dropped) and, without asking, RateLimited while Spotify
    wants to be left alone and ScopeMissing when the `purpose` was not granted.
    """
    client = clients.serving(context, person.id)
    with context.session() as session:
        clients.require_on(context, session, client)
    spotify_block.require_none(context, client)
    if purpose is not None:
        require(context, person, purpose)
    token = StoredToken(context, client, person.id)
    asked = Spotify(client.settings, token, now=context.now)
    try:
        with seats.told(context, person, client), spotify_block.kept(context, client):
            return request(asked)
    except ReconnectNeeded:
        token.drop()
        raise


def _granted(context: Context, account: SpotifyAccount) -> frozenset[str]:
    text = context.vault.decrypt(account.token_encrypted) if account.token_encrypted else None
    return frozenset(Token.from_json(text).scope.split()) if text else frozenset()


def require(context: Context, person: Person, purpose: Purpose) -> None:
    """Raise NotConnected, ReconnectNeeded or ScopeMissing unless the purpose was granted."""
    token = StoredToken(context, clients.serving(context, person.id), person.id)
    if not NEEDS[purpose] <= set(token.load().scope.split()):
        raise ScopeMissing(purpose)
