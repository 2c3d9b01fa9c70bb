import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from tests.surroundings.answering import Services, song
from tests.surroundings.databases import Postgres, migrated_sqlite, opened, postgres
from tests.surroundings.loopback import free_port
from ttt.found import Source
from ttt.jobs import worker, workflows
from ttt.models import User
from ttt.services.accounts import accounts
from ttt.services.context import Context, open_context
from ttt.services.person import Person, as_person
from ttt.settings import Settings
from ttt.store import locks
from ttt.store.accounts import users
from ttt.store.lists import entries, track_lists
from ttt.store.tracks import tracks

__all__ = ["migrated_sqlite", "postgres"]


@pytest.fixture(autouse=True)
def looks_often(monkeypatch: pytest.MonkeyPatch) -> None:
    hurry(monkeypatch)


def hurry(patch: pytest.MonkeyPatch) -> None:
    """Let this process see at once what is on a queue."""
    patch.setattr(worker, "LOOK_EVERY", 0.1)
    patch.setattr(workflows, "LOOK_EVERY", 0.1)
    patch.setattr(locks, "SETTLED_AFTER", 0.0)  # PostgreSQL was started for the tests


@pytest.fixture
def services() -> Iterator[Services]:
    with Services.served() as services:
        yield services


def asking(data_dir: Path, url: str) -> Settings:
    """ReccoBeats and Deezer are asked, and nobody else."""
    return Settings(
        _env_file=None,
        data_dir=data_dir,
        port=free_port(),
        feature_providers="reccobeats,deezer",
        popularity_providers="reccobeats,deezer",
        genre_providers="off",
        reccobeats_url=url,
        deezer_url=url,
        rates="reccobeats=100,deezer=100",
    )


@pytest.fixture
def settings(tmp_path: Path, services: Services) -> Settings:
    return asking(tmp_path / "data", services.url)


def work_before(settings: Settings) -> None:
    """Work for a moment: on a new database DBOS sees the queues no sooner than a second later."""
    with opened(settings.database), pytest.MonkeyPatch.context() as patch:
        hurry(patch)
        with worker.working(open_context(settings)):
            pass


@pytest.fixture(scope="session")
def worked_sqlite(tmp_path_factory: pytest.TempPathFactory, migrated_sqlite: Path) -> Path:
    """A folder with the databases that somebody has worked in before, to copy."""
    settings = asking(tmp_path_factory.mktemp("worked"), "http://127.0.0.1:1")
    shutil.copy(migrated_sqlite, settings.data_dir / "ttt.sqlite3")
    work_before(settings)
    for file in settings.data_dir.glob("*.sqlite3"):
        with closing(sqlite3.connect(file)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return settings.data_dir


@pytest.fixture(scope="session")
def worked_postgresql(tmp_path_factory: pytest.TempPathFactory, postgres: Postgres) -> str:
    """The template of a database that somebody has worked in before."""
    settings = asking(tmp_path_factory.mktemp("worked"), "http://127.0.0.1:1")
    return postgres.template(
        lambda url: work_before(settings.model_copy(update={"database_url": url}))
    )


@pytest.fixture
def on_sqlite(settings: Settings, worked_sqlite: Path) -> Iterator[Context]:
    """Services on a database without tracks."""
    settings.data_dir.mkdir()
    for file in worked_sqlite.glob("*.sqlite3"):
        shutil.copy(file, settings.data_dir)
    with opened(settings.database):
        yield open_context(settings)


@pytest.fixture
def on_postgresql(
    settings: Settings, postgres: Postgres, worked_postgresql: str
) -> Iterator[Context]:
    """Services on a PostgreSQL database without tracks."""
    with postgres.database(like=worked_postgresql) as url, opened(url):
        yield open_context(settings.model_copy(update={"database_url": url}))


@pytest.fixture(params=["on_sqlite", "on_postgresql"])
def context(request: pytest.FixtureRequest) -> Context:
    """Services on either database."""
    found: Context = request.getfixturevalue(request.param)
    return found


def saved(context: Context, count: int, recordings: int | None = None) -> list[str]:
    """Put tracks on Ada's list and return their Spotify ids; the first ones have an ISRC."""
    found = [song(number) for number in range(count)]
    if recordings is not None:
        found[recordings:] = [replace(track, isrc=None) for track in found[recordings:]]
    with context.session() as session:
        user = User(username="ada", name="Ada", password_hash="x", created_at=context.now())
        person = as_person(users.add(session, user))
        ids = tracks.save(session, found, Source.SPOTIFY, context.now())
        entries.add(
            session, track_lists.trending_id(session, person.id), list(ids.values()), context.now()
        )
        session.commit()
    return [track.spotify_id for track in found]


def ada(context: Context) -> Person:
    return accounts.find(context, "ada")
