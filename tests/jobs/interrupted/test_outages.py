"""PostgreSQL is restarted or away while processes work."""

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event, Thread

import pytest
from sqlalchemy.exc import OperationalError

from tests.jobs.conftest import saved
from tests.jobs.interrupted import test_importing
from tests.jobs.workers import eventually, started
from tests.surroundings.answering import Services
from tests.surroundings.outages import Outages, outages
from ttt.errors import StoreError
from ttt.jobs import database, plays, queue, worker
from ttt.jobs.waits import Ended
from ttt.models import HistoryUpload
from ttt.services.context import Context, open_context
from ttt.services.plays.bringing import importing, uploads
from ttt.settings import PROJECT, Settings
from ttt.store import locks

__all__ = ["outages"]

TRACKS = 120  # 3 requests for features, 120 to Deezer, 3 for popularity
# Seconds, on a machine that has much else to do: what waits ends at once, a request within ten.
ENDS_WITHIN = 60


@pytest.fixture
def there(outages: Outages, settings: Settings) -> Iterator[Context]:
    """Services on a PostgreSQL that can be restarted."""
    database.client.cache_clear()
    yield open_context(settings.model_copy(update={"database_url": outages.url}))
    database.client.cache_clear()


def everything() -> Counter[tuple[str, int]]:
    return Counter(
        (what, i) for what in ("features", "deezer", "popularity") for i in range(TRACKS)
    )


def test_work_goes_on_after_restarts_of_the_database(
    there: Context, outages: Outages, services: Services
) -> None:
    with started(there.settings) as process:
        queue.start(there, None, saved(there, TRACKS), "job")
        for request in (2, 40, 90):
            eventually(lambda n=request: len(services.requests) >= n)
            outages.restart()
        eventually(lambda: _ended(there))
        assert process.is_alive()
    assert queue.find(there, "job").state is queue.State.DONE
    # A request whose answer could not be kept is made again, once for each restart.
    again = services.asked - everything()
    assert sum(again.values()) <= 3 * 40
    assert set(services.asked) == set(everything())


def test_two_processes_keep_their_names_through_a_restart(
    there: Context, outages: Outages, services: Services
) -> None:
    with started(there.settings), started(there.settings):
        eventually(lambda: _held(there) == {"worker-1", "worker-2"})
        outages.restart()
        eventually(lambda: _held(there) == {"worker-1", "worker-2"})


def test_an_outage_of_seconds_ends_no_work(
    there: Context, outages: Outages, services: Services
) -> None:
    with started(there.settings) as process:
        queue.start(there, None, saved(there, TRACKS), "job")
        eventually(lambda: len(services.requests) >= 30)
        outages.stop()
        process.join(4)
        outages.start()
        eventually(lambda: _ended(there))
        assert process.is_alive()
    assert queue.find(there, "job").state is queue.State.DONE


def test_a_worker_that_outlived_a_restart_ends_well_when_it_is_stopped(
    there: Context, outages: Outages, tmp_path: Path
) -> None:
    with _alone(there, tmp_path) as (process, console):
        outages.restart()
        eventually(lambda: _held(there) == {"worker-1"})
        process.terminate()
        assert process.wait(ENDS_WITHIN) == 0, console.read_text()
    assert "Traceback" not in console.read_text()


def test_a_worker_is_stopped_while_the_database_is_away_and_its_work_goes_on_later(
    there: Context, outages: Outages, services: Services, tmp_path: Path
) -> None:
    with _alone(there, tmp_path) as (process, console):
        queue.start(there, None, saved(there, TRACKS), "job")
        eventually(lambda: len(services.requests) >= 30)
        outages.stop()
        eventually(lambda: "cannot be looked up" in console.read_text())
        process.terminate()
        assert process.wait(ENDS_WITHIN) == 0, console.read_text()
    outages.start()
    with started(there.settings):
        eventually(lambda: _ended(there))
    assert queue.find(there, "job").state is queue.State.DONE
    assert set(services.asked) == set(everything())


def test_a_worker_is_stopped_while_its_first_start_waits_for_the_database(
    there: Context, outages: Outages, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, asked_to_end, ended = Event(), Event(), Event()
    schedule = worker._schedule

    def without_database() -> None:
        outages.stop()
        begun.set()
        schedule()

    def start() -> None:
        with suppress(Ended), worker.working(there, asked_to_end):
            return
        ended.set()

    monkeypatch.setattr(worker, "_schedule", without_database)
    Thread(target=start).start()
    assert begun.wait(ENDS_WITHIN)
    asked_to_end.set()
    assert ended.wait(ENDS_WITHIN)


def test_a_worker_that_waits_for_its_database_from_the_first_ends_well_when_it_is_stopped(
    there: Context, outages: Outages, tmp_path: Path
) -> None:
    outages.stop()
    with _alone(there, tmp_path, says="Waiting up to") as (process, console):
        process.terminate()
        assert process.wait(ENDS_WITHIN) == 0, console.read_text()
    assert "Ended before the database was there." in console.read_text()
    outages.start()


@contextmanager
def _alone(
    there: Context, folder: Path, says: str = "Working as"
) -> Iterator[tuple[subprocess.Popen[bytes], Path]]:
    """A worker as it is started in a shell, once it says so much, and what it writes."""
    said = there.settings.model_dump(mode="json", exclude_unset=True)
    given = {f"TTT_{name.upper()}": str(value) for name, value in said.items()}
    own = {name: v for name, v in os.environ.items() if not name.startswith(("TTT_", "SPOTIFY_"))}
    console = folder / "console"
    with console.open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "ttt", "worker"],
            cwd=folder,
            env=own | given | {"PYTHONPATH": str(PROJECT)},
            stdout=log,
            stderr=log,
        )
    try:
        eventually(lambda: says in console.read_text())
        yield process, console
    finally:
        process.kill()
        process.wait()


def _held(context: Context) -> set[str]:
    """Names that somebody holds; to try and take one would get in the way."""
    try:
        with context.engine.connect() as connection:
            found = connection.exec_driver_sql(
                "SELECT classid::bigint << 32 | objid::bigint FROM pg_locks"
                " WHERE locktype = 'advisory' AND granted"
            )
            keys = set(found.scalars())
    except StoreError:  # the database is away
        return set()
    names = {f"worker-{number}" for number in range(1, 5)}
    return {name for name in names if locks.key(name) in keys}


def test_an_import_outlives_restarts_of_the_database(there: Context, outages: Outages) -> None:
    data = test_importing.history()
    clean, ada = test_importing.person(there, "bob"), test_importing.person(there, "ada")
    upload = test_importing.brought(there, clean, data)
    importing.run(there, upload.id)
    expected = uploads.find(there, clean, upload.id)

    upload = test_importing.brought(there, ada, data)
    with started(there.settings) as process:
        plays.start(there, ada, upload.id)
        for share in (0.1, 0.5):
            least = share * expected.rows
            eventually(lambda n=least: _rows_read(there, upload.id) >= n)
            outages.restart()
        eventually(lambda: _is_done(there, upload.id))
        assert process.is_alive()
    assert uploads.find(there, ada, upload.id).counts == expected.counts
    assert test_importing.kept(there, ada) == test_importing.kept(there, clean)


def _rows_read(context: Context, upload_id: int) -> int:
    try:
        with context.session() as session:
            upload = session.get(HistoryUpload, upload_id)
            return 0 if upload is None else upload.rows
    except (StoreError, OperationalError):
        return 0


def _is_done(context: Context, upload_id: int) -> bool:
    try:
        with context.session() as session:
            upload = session.get(HistoryUpload, upload_id)
            return upload is not None and upload.state == uploads.State.DONE
    except (StoreError, OperationalError):
        return False


def _ended(context: Context) -> bool:
    try:
        return queue.find(context, "job").ended
    except Exception:  # the database is away
        return False
