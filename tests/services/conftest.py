import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import cache, partial
from pathlib import Path
from typing import Self

import pytest

from tests.services.demo_spotify import DemoSpotify
from tests.surroundings.databases import Postgres, migrated_sqlite, opened, postgres
from tests.surroundings.loopback import free_port
from ttt.errors import SpotifyError, SpotifyNotFound
from ttt.found import FoundTrack, NowPlaying, TrackPage
from ttt.models import SpotifyAccount
from ttt.providers.spotify import Token, TokenStore
from ttt.roles import Role
from ttt.services.accounts import accounts, passwords
from ttt.services.context import Context
from ttt.services.doors import sign_in
from ttt.services.keys.vault import open_vault
from ttt.services.person import Person
from ttt.services.spotify import permissions, spotify
from ttt.settings import Settings

__all__ = ["migrated_sqlite", "postgres"]

PASSWORD = "correct horse battery"
_make_hash = passwords.make_hash


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.time = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time

    def forward(self, **how_far: float) -> None:
        self.time += timedelta(**how_far)


@pytest.fixture(autouse=True)
def cheap_bcrypt(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "ROUNDS", 4)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@cache
def _demo_settings() -> Settings:
    return Settings(_env_file=None)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings of the demo; other values by `settings.model_copy(update={...})`."""
    own = {"data_dir": tmp_path / "data", "port": free_port()}
    return _demo_settings().model_copy(update=own)


@pytest.fixture
def context(settings: Settings, migrated_sqlite: Path, clock: Clock) -> Iterator[Context]:
    """Services on an empty SQLite database of their own."""
    settings.data_dir.mkdir()
    vault = open_vault(settings)
    shutil.copy(migrated_sqlite, settings.data_dir / "ttt.sqlite3")
    with opened(settings.database) as engine:
        yield Context(settings, engine, vault, clock)


@pytest.fixture(params=["sqlite", "postgresql"])
def anywhere(request: pytest.FixtureRequest, context: Context) -> Iterator[Context]:
    """Services on either database."""
    if request.param == "sqlite":
        yield context
        return
    server: Postgres = request.getfixturevalue("postgres")
    with server.emptied() as url, opened(url) as engine:
        yield Context(context.settings, engine, context.vault, context.now)


@pytest.fixture
def ada(context: Context) -> Person:
    """Somebody with an account."""
    return add_person(context, "ada")


@pytest.fixture
def bob(context: Context) -> Person:
    """Somebody else with an account."""
    return add_person(context, "bob")


def add_person(context: Context, username: str, *, admin: bool = False) -> Person:
    role = Role.ADMIN if admin else Role.MEMBER
    operator = accounts.operator(context)
    with hashes_made_once():
        return accounts.add(context, operator, username, PASSWORD, name=username.title(), role=role)


def signed_in(context: Context, person: Person) -> str:
    """What the cookie of somebody who signed in holds."""
    redeemed = sign_in.redeem_ticket(context, sign_in.issue_ticket(context, person, "/"), None)
    assert redeemed is not None
    return redeemed[0]


@contextmanager
def hashes_made_once() -> Iterator[None]:
    """Within the block, a new account takes the hash that one like it got before."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "make_hash", partial(_hash_once, passwords.ROUNDS))
        yield


@cache
def _hash_once(_rounds: int, *given: str) -> str:
    # Whether a password is weak takes longer to find than all else of an account.
    return _make_hash(*given)


@pytest.fixture
def demo(context: Context, clock: Clock) -> Iterator[DemoSpotify]:
    """The demo Spotify, served where the services look for it."""
    with DemoSpotify.served(context, clock) as demo:
        yield demo


class FakeSpotify:
    """Spotify as its client shows it: tracks it knows by id, and what it answers instead."""

    def __init__(self) -> None:
        self.tracks: dict[str, FoundTrack] = {}
        self.errors: dict[str, SpotifyError] = {}
        self.error: SpotifyError | None = None
        self.asked: list[str] = []
        self.now: NowPlaying | None = None
        self._token: TokenStore | None = None

    def as_client_of(self, _settings: Settings, token: TokenStore, **_: object) -> Self:
        self._token = token
        return self

    def track(self, spotify_id: str) -> FoundTrack:
        self._ask(spotify_id)
        if spotify_id not in self.tracks:
            raise SpotifyNotFound
        return self.tracks[spotify_id]

    def search(self, query: str, limit: int) -> TrackPage:
        self._ask(query)
        words = query.casefold().split()
        said = {t: " ".join([t.title, *(a.name for a in t.artists)]) for t in self.tracks.values()}
        found = [t for t, names in said.items() if all(w in names.casefold() for w in words)]
        return TrackPage(tuple(found[:limit]))

    def now_playing(self) -> NowPlaying | None:
        self._ask("now")
        return self.now

    def _ask(self, what: str) -> None:
        assert self._token is not None
        self._token.load()
        self.asked.append(what)
        if error := self.error or self.errors.get(what):
            raise error


@pytest.fixture
def fake_spotify(monkeypatch: pytest.MonkeyPatch) -> FakeSpotify:
    """What Spotify answers from now on; nobody is connected to it yet."""
    fake = FakeSpotify()
    monkeypatch.setattr(spotify, "Spotify", fake.as_client_of)
    return fake


@pytest.fixture
def adas_spotify(context: Context, ada: Person, fake_spotify: FakeSpotify) -> FakeSpotify:
    """What Spotify answers to Ada, who is connected."""
    connect(context, ada)
    return fake_spotify


def connect(
    context: Context,
    person: Person,
    *,
    usable: bool = True,
    scopes: Iterable[str] = permissions.SCOPES,
) -> None:
    token = Token("access", "refresh", context.now() + timedelta(hours=1), " ".join(scopes))
    account = SpotifyAccount(
        user_id=person.id,
        spotify_id=person.username,
        display_name=person.name,
        client_id=context.settings.client_id,
        token_encrypted=context.vault.encrypt(token.to_json()) if usable else None,
        authorized_at=context.now(),
    )
    with context.session() as session:
        session.add(account)
        session.commit()
