import asyncio
import os
import time
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest
from starlette.testclient import TestClient

from tests.surroundings.databases import opened
from tests.surroundings.outages import Outages, outages
from tests.web.conftest import browser
from ttt.services.context import Context
from ttt.services.server.watching import condition
from ttt.services.server.watching.condition import Condition
from ttt.store import engine as store_engine
from ttt.web.watching import health
from ttt.web.watching.health import Watch

__all__ = ["outages"]

BUSY = 60.0  # seconds that a machine which does much else may need on top


def asked(client: TestClient) -> dict[str, tuple[int, object]]:
    found = {}
    for path in ("healthz", "readyz", "livez"):
        answer = client.get(f"/{path}")
        found[path] = answer.status_code, answer.json()
    return found


def test_all_is_well(client: TestClient) -> None:
    assert asked(client) == {
        "healthz": (200, {"status": "ok"}),
        "readyz": (200, {"status": "ready"}),
        "livez": (200, {"status": "alive"}),
    }


def test_a_process_without_its_database_lives_and_is_not_ready(
    context: Context, tmp_path: Path
) -> None:
    with opened(f"sqlite:///{tmp_path / 'gone' / 'ttt.sqlite3'}") as engine:
        found = asked(browser(replace(context, engine=engine)))
    assert found["healthz"] == (503, {"status": "unavailable", "problems": ["database away"]})
    assert found["readyz"] == (503, {"status": "not ready"})
    assert found["livez"] == (200, {"status": "alive"})


def test_a_full_disk_is_told_and_pages_can_still_be_read(
    context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = Path("/dev/full")

    def no_space(dir: Path) -> object:
        return full.open("wb", buffering=0)

    monkeypatch.setattr(condition, "TemporaryFile", no_space)
    found = asked(browser(context))
    assert found["healthz"] == (503, {"status": "unavailable", "problems": ["disk full"]})
    assert found["readyz"] == (200, {"status": "ready"})


def test_a_process_whose_database_a_newer_version_has_migrated_goes_on_serving(
    context: Context,
) -> None:
    with context.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999_the_future'")
    assert condition.look(context).problems == (condition.NEWER,)
    found = asked(browser(context))
    assert (found["readyz"][0], found["healthz"][0]) == (200, 200)


def test_a_process_whose_database_lacks_migrations_serves_nobody(context: Context) -> None:
    with context.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0001_the_main_job'")
    assert condition.look(context).problems == (condition.OLD,)
    assert asked(browser(context))["readyz"][0] == 503


def test_a_folder_that_takes_no_file_is_told(tmp_path: Path) -> None:
    assert condition.disk(tmp_path / "gone") == (condition.NO_WRITES,)


def test_little_space_is_a_warning_and_no_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(condition, "LITTLE_SPACE", 1 << 60)
    assert condition.disk(tmp_path) == (condition.NEARLY_FULL,)
    assert Condition((condition.NEARLY_FULL,)).well


def test_a_database_that_takes_no_writes_is_told(outages: Outages, context: Context) -> None:
    there = replace(context, engine=store_engine.connect(outages.url))
    with there.engine.begin() as connection:
        connection.exec_driver_sql("ALTER DATABASE postgres SET default_transaction_read_only = on")
    there.engine.dispose()
    assert condition.look(there).problems == (condition.READ_ONLY,)
    assert condition.look(there).ready


def test_a_database_that_hangs_is_told_within_two_seconds(
    outages: Outages, context: Context
) -> None:
    assert health.PATIENCE == 2
    there = replace(context, engine=store_engine.make(outages.url, 1))
    client = browser(there)
    with client:
        assert client.get("/readyz").status_code == 200
        time.sleep(health.KEPT)
        with outages.frozen():
            for _ in range(3):
                started = time.monotonic()
                answer = client.get("/healthz")
                assert time.monotonic() - started < health.PATIENCE + BUSY
                assert answer.status_code == 503
                assert client.get("/livez").status_code == 200
        deadline = time.monotonic() + BUSY
        while client.get("/readyz").status_code != 200:
            assert time.monotonic() < deadline
            time.sleep(0.1)


def test_it_is_looked_at_once_a_second_and_once_at_a_time() -> None:
    looks, go_on = [], Event()

    def look() -> Condition:
        looks.append(1)
        assert go_on.wait(BUSY)
        return Condition()

    async def ask() -> None:
        watch = Watch(look, patience=0.05)
        hanging = await asyncio.gather(*(watch.condition() for _ in range(20)))
        assert {found.problems for found in hanging} == {(condition.SILENT,)}
        assert not (await watch.condition()).ready
        while not looks:  # a busy machine may not even have begun
            await asyncio.sleep(0.01)
        assert len(looks) == 1
        go_on.set()
        while not (await watch.condition()).well:
            assert len(looks) == 1
        # Kept for a second: not by the clock, of which a busy machine may need more for this.
        watch._seen_at = float("inf")
        assert all([(await watch.condition()).well for _ in range(20)])
        assert len(looks) == 1

    asyncio.run(ask())


def test_threads_of_hanging_routes_are_not_those_that_serve_files() -> None:
    from anyio import to_thread

    from ttt.web.threads import in_thread

    async def both() -> None:
        go_on = Event()
        hanging = [asyncio.create_task(in_thread(go_on.wait, BUSY)) for _ in range(60)]
        await asyncio.sleep(0.05)
        pid = await asyncio.wait_for(to_thread.run_sync(os.getpid), BUSY / 2)
        assert pid == os.getpid()
        go_on.set()
        await asyncio.gather(*hanging)

    asyncio.run(both())
