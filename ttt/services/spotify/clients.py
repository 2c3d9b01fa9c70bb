"""What the app goes by at Spotify: the environment's client ID, others of the server, one's own.

A person's own comes first, then the one they sit on; the demo stands in while there is none.
"""

from dataclasses import dataclass, field
from typing import Literal

from sqlmodel import Session

from ttt.errors.spotify import NotSetUp, Place
from ttt.models import SpotifyClient
from ttt.services.context import Context
from ttt.settings import DEMO_CLIENT_ID, Settings
from ttt.store import server_settings
from ttt.store.spotify import clients as kept
from ttt.store.spotify import spotify as spotify_store

ENVIRONMENT = "environment"


@dataclass(frozen=True, slots=True)
class Client:
    """A client ID and, in `settings`, its secret; `user_id` is whom alone it serves, if anybody.

    `key` names its row, None for what the environment sets and for the demo.
    """

    name: str
    settings: Settings = field(repr=False)
    user_id: int | None = None
    key: int | None = None

    @property
    def client_id(self) -> str:
        """What Spotify knows the app by."""
        return self.settings.client_id

    @property
    def demo(self) -> bool:
        """Whether it is the demo's."""
        return self.settings.demo

    @property
    def source(self) -> Literal["environment", "page"]:
        """Where it was set."""
        return "environment" if self.key is None else "page"

    @property
    def place(self) -> Place:
        """Where it can be set right."""
        if self.key is None:
            return "environment"
        return "admin page" if self.user_id is None else "own"


def shared(context: Context, session: Session) -> list[Client]:
    """Those of the server, in the order in which seats are given; the demo where there is none."""
    first = Client(ENVIRONMENT, context.settings)
    others = [
        _opened(context, row)
        for row in kept.of_all(session)
        if first.demo or row.client_id != first.client_id
    ]
    return others if first.demo and others else [first, *others]


def every(context: Context, session: Session) -> list[Client]:
    """Those of the server and everybody's own."""
    own = [_opened(context, row) for row in kept.every(session) if row.user_id is not None]
    return [*shared(context, session), *own]


def may_look_around(context: Context, session: Session) -> bool:
    """Whether people may look at the demo beside a real Spotify, before they connect."""
    rule = server_settings.find(session, "look_around") or "private"
    return rule == "yes" or (rule == "private" and not context.settings.public)


def demo(context: Context) -> Client:
    """The demo's."""
    return Client("demo", context.settings.with_demo())


def of(context: Context, session: Session, user_id: int) -> Client | None:
    """The one that serves a person now, the demo while they look around.

    None where they have yet to take a seat.
    """
    return _looking(context, session, user_id) or lasting(context, session, user_id)


def _looking(context: Context, session: Session, user_id: int) -> Client | None:
    account = spotify_store.account(session, user_id)
    if account is None or account.client_id != DEMO_CLIENT_ID or account.token_encrypted is None:
        return None
    return demo(context) if may_look_around(context, session) else None


def lasting(context: Context, session: Session, user_id: int) -> Client | None:
    """The one by which a person connects, whether they look around or not."""
    own = kept.own(session, user_id)
    if own is not None:
        return _opened(context, own)
    there = {client.client_id: client for client in shared(context, session)}
    if DEMO_CLIENT_ID in there:
        return there[DEMO_CLIENT_ID]
    seat = kept.seat(session, user_id)
    if seat is not None and seat.client_id in there:
        return there[seat.client_id]
    # A process of the version before connects people without a seat.
    account = spotify_store.account(session, user_id)
    return None if account is None else there.get(account.client_id)


def serving(context: Context, user_id: int) -> Client:
    """The one that serves a person, or that they would be asked to connect by."""
    with context.session() as session:
        return of(context, session, user_id) or shared(context, session)[0]


def connected(context: Context, session: Session) -> list[tuple[int, str]]:
    """Enabled people whose connection can be used, each with the client ID it was made with."""
    usable = [client for client in shared(context, session) if not is_off(context, session, client)]
    return kept.connected(session, [client.client_id for client in usable])


def connected_people(context: Context, session: Session) -> list[int]:
    """Ids of the enabled people whose connection can be used."""
    return [user_id for user_id, _ in connected(context, session)]


def real(context: Context) -> bool:
    """Whether this server has a client ID of Spotify's, from wherever."""
    if not context.settings.demo:
        return True
    with context.session() as session:
        return kept.any_of_all(session)


def demo_in_use(context: Context) -> bool:
    """Whether anybody can have to do with the demo.

    Where others can reach this server it is off unless an admin switches it on, with a client ID
    of Spotify's or without.
    """
    with context.session() as session:
        return _stands_in(context) or may_look_around(context, session)


def is_off(context: Context, session: Session, client: Client) -> bool:
    """Whether a client is the demo's and nobody may use that here."""
    return client.demo and not _stands_in(context) and not may_look_around(context, session)


def require_on(context: Context, session: Session, client: Client) -> None:
    """NotSetUp where a client is the demo's and that is off here."""
    if is_off(context, session, client):
        raise NotSetUp


def _stands_in(context: Context) -> bool:
    return not context.settings.public and not real(context)


def settings(context: Context) -> Settings:
    """The settings by what the server goes by now: with the demo less is asked of others."""
    if context.settings.demo and real(context):
        with context.session() as session:
            return shared(context, session)[0].settings
    return context.settings


def _opened(context: Context, row: SpotifyClient) -> Client:
    # Where the secret cannot be read any more, PKCE has to do, as for those without one.
    secret = context.vault.decrypt(row.secret_encrypted) if row.secret_encrypted else None
    settings = context.settings.with_client(row.client_id, secret or "")
    return Client(row.name, settings, row.user_id, row.id)
