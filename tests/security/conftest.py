import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.security.calls import ISSUER, URI, Belongings
from tests.services.conftest import (
    Clock,
    add_person,
    bob,
    cheap_bcrypt,
    clock,
    connect,
    migrated_sqlite,
    settings,
)
from tests.surroundings.databases import opened
from tests.ui.conftest import (
    app,
    components_sought_once,
    main_module,
    pages_compiled_once,
    signed_in,
    visitor,
)
from ttt.models import OpenIdIdentity, RecapLink, Relay, SpotifyClient
from ttt.plays import PlaySource, ToldPlay
from ttt.services.accounts import accounts, own_account, passwords
from ttt.services.context import Context
from ttt.services.doors import own_sessions
from ttt.services.keys.vault import open_vault
from ttt.services.lists import arranging, entries, imports, lists, own_imports
from ttt.services.person import Person
from ttt.services.playlists import playlists
from ttt.services.plays import taking
from ttt.services.plays.bringing import importing
from ttt.services.plays.bringing import uploads as plays_uploads
from ttt.services.plays.choices import hiding
from ttt.services.plays.sharing import agreeing
from ttt.services.recorders import following
from ttt.services.recorders.players import tokens
from ttt.services.spotify import connecting
from ttt.services.tables.receipt import Receipt, Refusal
from ttt.settings import Settings
from ttt.store.plays import judged
from ttt.store.plays.players import relays
from ttt.store.spotify import playlists as store

__all__ = [
    "app",
    "bob",
    "cheap_bcrypt",
    "clock",
    "components_sought_once",
    "main_module",
    "migrated_sqlite",
    "pages_compiled_once",
    "settings",
    "visitor",
]

# Words that only Ada has written.
SECRETS = ("Ada's diary", "Ada's burnt letters", "a note to self", "ada@example.org", "Ada's mix")


@dataclass(frozen=True)
class World:
    """A folder with all that Ada has, to copy: making it takes longer than most tests."""

    folder: Path
    its: Belongings


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory, migrated_sqlite: Path) -> World:
    folder = tmp_path_factory.mktemp("world")
    settings = Settings(_env_file=None, data_dir=folder)
    vault = open_vault(settings)
    shutil.copy(migrated_sqlite, folder / "ttt.sqlite3")
    with opened(settings.database) as engine, pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "ROUNDS", 4)
        context = Context(settings, engine, vault, Clock())
        its = belongings(context, add_person(context, "ada"))
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    return World(folder, its)


@pytest.fixture
def context(
    request: pytest.FixtureRequest, settings: Settings, migrated_sqlite: Path, clock: Clock
) -> Iterator[Context]:
    """Services on a SQLite database of their own, with what Ada has if the test asks for it."""
    if "its" in request.fixturenames:
        shutil.copytree(request.getfixturevalue("world").folder, settings.data_dir)
    else:
        settings.data_dir.mkdir()
        shutil.copy(migrated_sqlite, settings.data_dir / "ttt.sqlite3")
    with opened(settings.database) as engine:
        yield Context(settings, engine, open_vault(settings), clock)


@pytest.fixture
def ada(request: pytest.FixtureRequest, context: Context) -> Person:
    """Somebody with an account."""
    there = "its" in request.fixturenames
    return accounts.find(context, "ada") if there else add_person(context, "ada")


@pytest.fixture
def its(context: Context, world: World) -> Belongings:
    """What Ada has."""
    return world.its


@pytest.fixture
def boss(context: Context) -> Person:
    """An admin; there is another one, so that this one need not stay."""
    add_person(context, "root", admin=True)
    return add_person(context, "boss", admin=True)


def belongings(context: Context, ada: Person) -> Belongings:
    own_account.change_details(context, ada, "Ada", "ada@example.org")
    connect(context, ada)
    list_id = lists.create(context, ada, "Ada's diary")
    deleted_id = lists.create(context, ada, "Ada's burnt letters")
    lists.delete(context, ada, deleted_id)
    gone = f"spotify:track:{'3' * 22}"
    entries.add_uris(context, ada, [URI, gone], list_id)
    removal = entries.remove(context, ada, [gone], list_id)
    arranging.note(context, ada, URI, "a note to self", ["secret"], list_id)
    entries.add_uris(context, ada, [URI])
    sent = playlists.send(context, ada, [URI], "Ada's mix")
    with context.session() as session:
        at, name = context.now(), "ada at the provider"
        session.add(OpenIdIdentity(issuer=ISSUER, subject=name, user_id=ada.id, created_at=at))
        store.change(session, sent.id, spotify_id="there")
        session.add(SpotifyClient(name="Everybody's", client_id="f" * 32, created_at=at))
        session.commit()
    consent = urlsplit(connecting.begin(context, ada, "/"))
    state = parse_qs(consent.query)["state"][0]
    (browser,) = own_sessions.listed(context, ada, signed_in(context, ada))
    upload_id = asking_upload(context, ada)
    tokens.make(context, ada, "Ada's player")
    (token,) = tokens.listed(context, ada)
    recorder_id = following.follow(context, ada, following.LISTENBRAINZ, "ada_fm")
    passed_on_by(context, ada)
    played = played_by(context, ada)
    hidden_id = hiding.hide(context, ada, hiding.Kind.TRACK, track_id=played[0])
    lost = Refusal(1, "Ada's burnt letters", "Nothing was found.")
    with context.session() as session:
        kept = imports.keep(context, ada, "Ada's mix", list_id, session, Receipt(0, 0, (lost,)))
        session.commit()
    about = (removal.name, sent, state, browser.id, upload_id, token.id, recorder_id)
    shown = agreed_by(context, ada), recap_link_of(context, ada)
    own_imports.take(context, ada, f"uri,energy\n{URI},0.5\n".encode(), "Ada's measurements")
    (values,) = own_imports.listed(context, ada)
    heard = played, hidden_id, kept.import_id or 0, values.id, *shown
    return Belongings(*("ada", list_id, deleted_id, *about), *heard, client="Everybody's")


def agreed_by(context: Context, person: Person) -> int:
    """That somebody compares with a third."""
    url = urlsplit(agreeing.invite(context, person).url)
    return agreeing.agree(context, add_person(context, "eve"), parse_qs(url.query)["compare"][0])


def recap_link_of(context: Context, person: Person) -> int:
    """A link to a recap of somebody's."""
    with context.session() as session:
        at, data = context.now(), b"Ada's diary"
        link = RecapLink(
            user_id=person.id, token_hash="x", name="Ada's mix", data=data, created_at=at
        )
        session.add(link)
        session.commit()
        return link.id


def passed_on_by(context: Context, ada: Person) -> None:
    """What Ada's players send is passed on, and a listen waits."""
    now, sealed = context.now(), context.vault.encrypt("Ada's token at ListenBrainz")
    with context.session() as session:
        named = {"user_id": ada.id, "account": "ada_lb", "token_encrypted": sealed}
        relays.add(session, Relay(**named, started_at=now, next_at=now))
        relays.wait(session, ada.id, [b"{}"])
        session.commit()


def played_by(context: Context, person: Person) -> list[int]:
    """Ids of two tracks that somebody played."""
    plays = [ToldPlay(1_711_839_401 + 600 * n, f"Played {n}", ("Band",)) for n in range(2)]
    with context.session() as session:
        taking.Taker(context, person.id, PlaySource.LASTFM).take(session, plays)
        session.commit()
        return sorted(judged.read(session, person.id).track.tolist())


def asking_upload(context: Context, person: Person) -> int:
    """A log of plays whose time zone is asked for."""
    line = "Ada's band\tAlbum\tAda's burnt letters\t1\t200\tL\t1711839401\t\n"
    log = f"#AUDIOSCROBBLER/1.1\n#TZ/UNKNOWN\n#CLIENT/x\n{line}".encode()
    upload = plays_uploads.begin(context, person, "Ada's diary.log", len(log))
    plays_uploads.put(context, person, upload.id, 0, log)
    importing.run(context, upload.id)
    return upload.id
