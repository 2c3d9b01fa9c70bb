import asyncio
import re
from dataclasses import replace
from pathlib import Path
from threading import Event, Thread

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from tests.surroundings.databases import opened
from tests.web.conftest import SECRET, browser
from ttt.services.accounts import accounts
from ttt.services.context import Context
from ttt.services.doors import sign_in
from ttt.web import app as web
from ttt.web.guards.security import HEADERS

PUBLIC = "https://music.example.org"


def with_settings(context: Context, **changes: object) -> Context:
    return replace(context, settings=context.settings.model_copy(update=changes))


def test_a_ready_app_is_healthy(client: TestClient) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


@pytest.mark.parametrize("where", ["gone/ttt.sqlite3", "without-tables.sqlite3"])
def test_without_its_database_the_app_says_no_more_than_that_it_is_unavailable(
    context: Context, tmp_path: Path, where: str
) -> None:
    with opened(f"sqlite:///{tmp_path / where}") as engine:
        answer = browser(replace(context, engine=engine)).get("/healthz")
    problem = "migrations missing" if where.startswith("without") else "database away"
    told = {"status": "unavailable", "problems": [problem]}
    assert (answer.status_code, answer.json()) == (503, told)


@pytest.mark.parametrize("host", ["evil.example", "music.example.org.evil.example", ""])
def test_a_foreign_host_is_refused(context: Context, host: str) -> None:
    client = browser(with_settings(context, public_url=PUBLIC))
    assert client.get("/healthz", headers={"host": host}).status_code == 400


@pytest.mark.parametrize("host", ["music.example.org", "127.0.0.1:8501", "localhost", "[::1]:8501"])
def test_the_public_name_and_this_machine_are_let_in(context: Context, host: str) -> None:
    client = browser(with_settings(context, public_url=PUBLIC))
    assert client.get("/healthz", headers={"host": host}).status_code == 200


def test_a_failure_is_answered_without_details(
    client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    answer = client.get("/crash")
    assert answer.status_code == 500
    assert answer.text == "Something went wrong. Try again later."
    assert "request failed: RuntimeError" in caplog.text
    assert SECRET not in caplog.text


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/healthz", 200),
        ("/stream", 200),
        ("/auth/finish", 303),
        ("/nowhere", 404),
        ("/crash", 500),
    ],
)
def test_every_answer_carries_the_security_headers_and_an_id(
    client: TestClient, path: str, status: int
) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
    assert re.fullmatch(r"[0-9a-f]{8}", answer.headers["x-request-id"])


def test_a_refused_host_gets_them_as_well(client: TestClient) -> None:
    answer = client.get("/healthz", headers={"host": "evil.example"})
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS


def test_the_first_start_opens_an_admin_and_prints_the_password_once(
    context: Context, capsys: pytest.CaptureFixture[str], own_logging: None
) -> None:
    quiet = with_settings(context, jobs="off")
    app = Starlette(lifespan=web.lifespan(quiet))
    with TestClient(app):
        printed = re.search(r'"admin" with the password (\S+)', capsys.readouterr().out)
    assert printed is not None
    admin = sign_in.check_password(context, "admin", printed[1], None)
    assert admin is not None
    assert admin.is_admin
    with TestClient(app):
        assert capsys.readouterr().out == ""


def test_a_start_brings_the_database_up_to_date(
    context: Context, tmp_path: Path, own_logging: None
) -> None:
    with opened(f"sqlite:///{tmp_path / 'new.sqlite3'}") as engine:
        fresh = with_settings(replace(context, engine=engine), jobs="off")
        with TestClient(Starlette(lifespan=web.lifespan(fresh))):
            assert accounts.find(fresh, "admin").is_admin
        assert browser(fresh).get("/healthz").status_code == 200


def test_an_event_loop_that_takes_no_turn_counts_as_hanging(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(web, "_LONGEST_TURN", 0.5)
    loop, freed = asyncio.new_event_loop(), Event()
    thread = Thread(target=loop.run_forever, daemon=True)
    thread.start()
    is_alive = web._beats(loop)
    assert is_alive()
    loop.call_soon_threadsafe(freed.wait)
    assert not is_alive()
    freed.set()
    monkeypatch.setattr(web, "_LONGEST_TURN", 60.0)
    assert is_alive()
    loop.call_soon_threadsafe(loop.stop)
    thread.join(60)
    loop.close()
