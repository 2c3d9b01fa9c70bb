"""A Spotify with several apps, and a server in two processes that knows some of them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from hashlib import sha256

from sqlmodel import select

from tests.services.demo_spotify import DemoSpotify
from tests.surroundings.databases import opened
from ttt.demo.accounts.apps import DemoApp
from ttt.models import AuditEvent, SpotifyAccount, SpotifyClient
from ttt.providers.spotify import Token
from ttt.services.accounts import accounts
from ttt.services.context import Context
from ttt.services.person import Person
from ttt.services.spotify import keeping
from ttt.settings import DEMO_PATH


def given(name: str) -> str:
    """As Spotify gives client IDs and secrets: 32 digits and letters in no order."""
    return sha256(name.encode()).hexdigest()[:32]


FIRST, SECOND, OWN, ELSEWHERE, POOR = map(given, ("first", "second", "own", "elsewhere", "poor"))
UNKNOWN = given("unknown")
SECRETS = {client: given(f"secret of {client}") for client in (FIRST, SECOND, OWN)}


def apps(redirect_uri: str, **first: object) -> list[DemoApp]:
    """Two apps of the server's, one of somebody's own, one for another address, one not paid."""
    here = (redirect_uri,)
    return [
        DemoApp(FIRST, here, SECRETS[FIRST], **first),  # type: ignore[arg-type]
        DemoApp(SECOND, here, SECRETS[SECOND]),
        DemoApp(OWN, here, SECRETS[OWN]),
        DemoApp(ELSEWHERE, ("https://other.example.org/spotify",)),
        DemoApp(POOR, here, premium=False),
    ]


def at_spotify(context: Context, **changes: object) -> Context:
    """A context whose real Spotify is the one that plays several apps here."""
    there = f"{context.settings.own_url}{DEMO_PATH}"
    update = {"spotify_api_url": there, "spotify_accounts_url": there, **changes}
    return replace(context, settings=context.settings.model_copy(update=update))


@dataclass(frozen=True)
class Server:
    """The same server in two processes, and the Spotify that both ask."""

    one: Context
    two: Context
    spotify: DemoSpotify


@contextmanager
def server(context: Context, first: dict[str, object], **changes: object) -> Iterator[Server]:
    """Both processes, on the database of a context; `first` is how the first app is otherwise."""
    one = at_spotify(context, **changes)
    known = apps(one.settings.redirect_uri, **first)
    url = context.engine.url.render_as_string(hide_password=False)
    with opened(url) as engine, DemoSpotify.served(one, one.now, known) as spotify:
        yield Server(one, replace(one, engine=engine), spotify)


def set_up(context: Context, *client_ids: str) -> None:
    """Set client IDs for everybody, with their secrets."""
    operator = accounts.operator(context)
    for client_id in client_ids:
        keeping.add(context, operator, f"App {client_id[0]}", client_id, SECRETS[client_id])


def token_of(context: Context, person: Person) -> Token | None:
    """The token that is kept of somebody."""
    account = account_of(context, person)
    text = account and account.token_encrypted and context.vault.decrypt(account.token_encrypted)
    return Token.from_json(text) if text else None


def account_of(context: Context, person: Person) -> SpotifyAccount | None:
    """Somebody's connection as it is kept."""
    with context.session() as session:
        return session.get(SpotifyAccount, person.id)


def events(context: Context) -> list[tuple[str, str, str]]:
    """Who did what about whom."""
    with context.session() as session:
        found = session.exec(select(AuditEvent)).all()
    return [(event.actor, event.action, event.subject) for event in found]


def by_first(context: Context, **changes: object) -> Context:
    """A server whose environment sets a client ID."""
    update = {"spotify_client_id": FIRST, **changes}
    return replace(context, settings=context.settings.model_copy(update=update))


def keep(context: Context, client_id: str, owner: Person | None = None) -> None:
    """Have a client ID kept, for everybody or one person, as if Spotify had taken it."""
    of = None if owner is None else owner.id
    with context.session() as session:
        session.add(
            SpotifyClient(name=client_id, client_id=client_id, user_id=of, created_at=context.now())
        )
        session.commit()
