import asyncio
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from starlette.testclient import TestClient
from starlette.types import Message

from tests.services.conftest import add_person
from tests.services.spotify.several import given
from tests.surroundings.databases import opened
from tests.web.conftest import browser
from ttt.models import HistoryUpload, Recorder, ServiceDay
from ttt.services.accounts import accounts
from ttt.services.context import Context
from ttt.services.person import Person
from ttt.services.server.watching import numbers
from ttt.services.values import limits
from ttt.settings import PROJECT, load
from ttt.store.plays import recorders

TOKEN = "a long token of ours"


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    numbers.numbers.cache_clear()
    yield
    numbers.numbers.cache_clear()


def opened_by(context: Context, **how: str) -> TestClient:
    made = load(data_dir=context.settings.data_dir, trusted_proxies=1, **how)
    return browser(replace(context, settings=made))


def told(text: str) -> dict[str, float]:
    lines = (line for line in text.splitlines() if line and not line.startswith("#"))
    return {name: float(value) for name, _, value in (line.rpartition(" ") for line in lines)}


def ask(client: TestClient, **headers: str) -> dict[str, float]:
    answer = client.get("/metrics", headers=headers)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain")
    return told(answer.text)


def test_nobody_reads_metrics_that_nobody_opened(client: TestClient) -> None:
    assert client.get("/metrics").status_code == 404


@pytest.mark.parametrize("given", ["", "Bearer wrong", "Bearer ", f"Basic {TOKEN}"])
def test_only_the_token_opens_them(context: Context, given: str) -> None:
    client = opened_by(context, metrics_token=TOKEN)
    assert client.get("/metrics", headers={"authorization": given}).status_code == 404
    assert "ttt_tabs" in ask(client, authorization=f"Bearer {TOKEN}")


@pytest.mark.parametrize(("address", "status"), [("10.1.2.3", 200), ("192.0.2.1", 404), ("x", 404)])
def test_only_the_network_opens_them(context: Context, address: str, status: int) -> None:
    client = opened_by(context, metrics_networks="10.0.0.0/8")
    answer = client.get("/metrics", headers={"x-forwarded-for": address})
    assert answer.status_code == status


def test_a_name_that_the_app_does_not_answer_to_is_no_hindrance(context: Context) -> None:
    client = opened_by(context, metrics_token=TOKEN)
    for path, status in {"/metrics": 404, "/livez": 200, "/readyz": 200, "/healthz": 400}.items():
        assert client.get(path, headers={"host": "10.0.0.7:8501"}).status_code == status


def test_requests_runs_and_statements_are_counted(context: Context) -> None:
    client = opened_by(context, metrics_token=TOKEN)
    for path in ("/nowhere", "/nowhere", "/crash"):
        client.get(path)
    with numbers.numbers().run("top-tracks"):
        pass
    with pytest.raises(LookupError), numbers.numbers().run("top-tracks"):
        raise LookupError
    found = ask(client, authorization=f"Bearer {TOKEN}")
    assert found['ttt_requests_total{status="4xx"}'] == 2
    assert found['ttt_requests_total{status="5xx"}'] == 1
    assert found["ttt_request_seconds_count"] == 3
    assert found['ttt_page_run_seconds_count{page="top-tracks"}'] == 2
    assert ask(client, authorization=f"Bearer {TOKEN}")["ttt_database_seconds_count"] > 0
    assert found["process_open_fds"] > 3


def test_who_hangs_up_is_no_fault_of_the_server(context: Context) -> None:
    async def hang_up() -> Message:
        return {"type": "http.disconnect"}

    async def nobody(_message: Message) -> None:
        pass

    client = opened_by(context, metrics_token=TOKEN)
    host = urlsplit(context.settings.base_url).netloc.encode()
    scope = {"type": "http", "method": "POST", "path": "/auth/finish", "headers": [(b"host", host)]}
    scope |= {"query_string": b"", "client": ("127.0.0.1", 1), "server": None, "scheme": "http"}
    asyncio.run(client.app(scope, hang_up, nobody))
    found = ask(client, authorization=f"Bearer {TOKEN}")
    assert found['ttt_requests_total{status="4xx"}'] == 1
    assert 'ttt_requests_total{status="5xx"}' not in found


def test_calls_and_budgets_are_told_by_service(context: Context) -> None:
    with context.session() as session:
        session.add(ServiceDay(service="deezer", day=limits.today(context), calls=7))
        session.commit()
    client = opened_by(context, metrics_token=TOKEN, spotify_client_id=given("app"))
    found = ask(client, authorization=f"Bearer {TOKEN}")
    assert found['ttt_service_calls_today{service="deezer"}'] == 7
    assert found['ttt_service_budget{service="deezer"}'] == 20_000


def test_without_a_database_the_rest_is_told(context: Context, tmp_path: Path) -> None:
    with opened(f"sqlite:///{tmp_path / 'gone' / 'ttt.sqlite3'}") as engine:
        client = opened_by(replace(context, engine=engine), metrics_token=TOKEN)
        found = ask(client, authorization=f"Bearer {TOKEN}")
    assert found['ttt_problem{what="database away"}'] == 1
    assert found["ttt_tabs_allowed"] > 0
    assert not any(re.match("ttt_recorder", name) for name in found)


def test_recorders_that_are_late_and_uploads_are_told(context: Context, ada: Person) -> None:
    now = context.now()
    off = add_person(context, "gone")
    late = {"started_at": now, "next_at": now - timedelta(minutes=30)}
    with context.session() as session:
        for person, kind in ((ada, "spotify"), (ada, "lastfm"), (off, "spotify")):
            recorders.add(session, Recorder(user_id=person.id, kind=kind, **late))
        for state in ("waiting", "done", "done"):
            what = {"name": "x", "size": 1, "created_at": now}
            session.add(HistoryUpload(user_id=ada.id, state=state, **what))
        session.commit()
    accounts.set_disabled(context, accounts.operator(context), off.username, True)

    found = ask(opened_by(context, metrics_token=TOKEN), authorization=f"Bearer {TOKEN}")

    # Nobody records for who is disabled, nor Last.fm without the server's key.
    assert found["ttt_recorders_late"] == 1
    assert found["ttt_recorder_lag_seconds"] == pytest.approx(1800, abs=60)
    assert found['ttt_uploads{state="waiting"}'] == 1
    assert found['ttt_uploads{state="done"}'] == 2


@pytest.fixture
def queued(context: Context) -> Context:
    """Jobs as DBOS keeps them: one waits, one failed, one is done."""
    with closing(sqlite3.connect(context.settings.data_dir / "jobs.sqlite3")) as jobs:
        jobs.execute(
            "CREATE TABLE workflow_status (queue_name TEXT, status TEXT, created_at INTEGER,"
            " delay_until_epoch_ms INTEGER)"
        )
        at = int(context.now().timestamp() * 1000) - 90_000
        rows = [
            ("import plays", "ENQUEUED", at, None),
            ("import plays", "ERROR", at - 90_000, None),
            (None, "SUCCESS", at - 90_000, None),
        ]
        jobs.executemany("INSERT INTO workflow_status VALUES (?, ?, ?, ?)", rows)
        jobs.commit()
    return context


def test_jobs_are_told_by_queue_and_state(queued: Context) -> None:
    found = ask(opened_by(queued, metrics_token=TOKEN), authorization=f"Bearer {TOKEN}")
    told_of = {name: count for name, count in found.items() if name.startswith("ttt_jobs")}
    waits = told_of.pop('ttt_jobs_oldest_seconds{queue="import plays"}')
    assert 90 <= waits < 600
    assert told_of == {
        'ttt_jobs{queue="import plays",state="enqueued"}': 1,
        'ttt_jobs{queue="import plays",state="error"}': 1,
    }


def test_every_number_that_the_documents_name_is_told(queued: Context) -> None:
    client = opened_by(queued, metrics_token=TOKEN)
    numbers.numbers().refused.labels("address").inc()
    numbers.numbers().failed_runs.inc()
    text = client.get("/metrics", headers={"authorization": f"Bearer {TOKEN}"}).text
    families = set(re.findall("^# TYPE (\\S+)", text, re.MULTILINE))
    page = (PROJECT / "docs" / "operations.md").read_text()
    table = page.partition("| metric | tells |")[2].partition("\n\n")[0]
    named = set(re.findall("`((?:ttt|process)_\\w+)`", table))
    assert len(named) > 15
    assert named <= families
