import os
import socket
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy import text

from tests.services.spotify.several import given
from tests.surroundings.databases import opened
from ttt.services.accounts import accounts, decisions
from ttt.services.context import Context
from ttt.services.keys.vault import Vault, new_secret
from ttt.services.server import marker, rotation
from ttt.services.server.watching import descriptors, health
from ttt.settings import Settings
from ttt.store import engine as store_engine


def with_settings(context: Context, **values: object) -> Context:
    settings = context.settings.model_copy(update=values)
    engine = store_engine.connect(settings.database)
    return Context(settings, engine, context.vault, context.now)


def problems(context: Context) -> str:
    return "\n".join(finding.words for finding in health.check(context) if not finding.ok)


@pytest.fixture
def service() -> Iterator[HTTPServer]:
    """A web service that answers with the status in its `status`."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(getattr(self.server, "status", 404))
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def real_spotify(context: Context, server: HTTPServer) -> Context:
    url = f"http://127.0.0.1:{server.server_port}"
    return with_settings(
        context, spotify_client_id="real", spotify_api_url=url, spotify_accounts_url=url
    )


def test_all_is_well_on_a_new_server(context: Context) -> None:
    findings = health.check(context)
    assert all(finding.ok for finding in findings), findings
    assert health.database_ready(context)
    words = "\n".join(finding.words for finding in findings)
    assert "demo Spotify" in words
    assert context.settings.base_url in words


@pytest.mark.parametrize(("client_id", "ok"), [(given("real"), True), ("real", False)])
def test_a_client_id_as_spotify_gives_none_is_told(
    context: Context, client_id: str, ok: bool
) -> None:
    real = with_settings(context, spotify_client_id=client_id)
    words = " ".join(finding.words for finding in health.spotify_app(real.settings))
    assert ("SPOTIFY_CLIENT_ID is no client ID" not in words) is ok


def test_findings_hold_no_secrets(context: Context) -> None:
    secret = (context.settings.data_dir / "secret.key").read_text()
    unreachable = with_settings(
        context,
        spotify_client_id="real",
        database_url="postgresql+psycopg://me:hush@127.0.0.1:1/ttt",
        spotify_api_url="http://127.0.0.1:1",
        spotify_accounts_url="http://127.0.0.1:1",
    )
    words = "\n".join(finding.words for finding in health.check(unreachable))
    assert "hush" not in words
    assert secret not in words


def test_a_database_that_is_away_is_told(context: Context) -> None:
    away = with_settings(context, database_url="postgresql+psycopg://me@127.0.0.1:1/ttt")
    assert not health.database_ready(away)
    assert "TTT_DATABASE_URL" in problems(away)


def test_a_file_that_is_no_database_is_told(context: Context, tmp_path: Path) -> None:
    (tmp_path / "x.sqlite3").write_text("no database" * 100)
    broken = with_settings(context, database_url=f"sqlite:///{tmp_path / 'x.sqlite3'}")
    assert not health.database_ready(broken)
    assert "cannot be used" in problems(broken)


@pytest.fixture
def private_files() -> Iterator[None]:
    """New files are their user's alone, as in a process that opened its context."""
    before = os.umask(0o077)
    yield
    os.umask(before)


@pytest.mark.usefixtures("private_files")
def test_an_empty_database_is_not_ready_but_no_problem(context: Context, tmp_path: Path) -> None:
    empty = with_settings(context, database_url=f"sqlite:///{tmp_path / 'new.sqlite3'}")
    with opened(empty.settings.database):
        assert not health.database_ready(empty)
        assert problems(empty) == ""


def test_missing_migrations_are_told(context: Context) -> None:
    with context.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0000_the_past'"))
    assert not health.database_ready(context)
    assert "db upgrade" in problems(context)


def test_a_missing_catalogue_is_told(context: Context, tmp_path: Path) -> None:
    assert "TTT_CATALOGUE_FILE" in problems(
        with_settings(context, catalogue_file=tmp_path / "gone.csv")
    )


def test_a_key_that_others_can_read_is_told(context: Context) -> None:
    path = context.settings.data_dir / "secret.key"
    path.chmod(0o644)
    assert f"chmod 600 {path}" in problems(context)


def test_a_key_from_the_settings_is_no_file(context: Context) -> None:
    settings = Settings(data_dir=context.settings.data_dir, secret_key=new_secret())
    (context.settings.data_dir / "secret.key").unlink()
    kept = Context(settings, context.engine, context.vault, context.now)
    assert problems(kept) == ""


@pytest.mark.parametrize(
    ("in_file", "left", "ok"), [(False, 0, True), (False, 2, False), (True, 0, False)]
)
def test_a_former_key_is_told_while_it_is_there_or_something_needs_it(
    context: Context, monkeypatch: pytest.MonkeyPatch, in_file: bool, left: int, ok: bool
) -> None:
    secrets = (new_secret(), new_secret())
    vault = Vault(lambda: secrets, context.vault.file if in_file else None)
    monkeypatch.setattr(rotation, "left", lambda _context: left)
    finding = health._secret_key(replace(context, vault=vault))
    assert finding.ok is ok
    assert ("nothing needs TTT_SECRET_KEY_OLD" in finding.words) is ok
    assert (f"{left} secrets are still under a former one" in finding.words) is not ok


@pytest.mark.parametrize(
    ("url", "allowed"),
    [
        ("https://music.example.org", True),
        ("http://127.0.0.1:9000", True),
        ("http://[::1]:9000", True),
        ("http://music.example.org", False),
        ("http://localhost:8501", False),
        ("http://192.0.2.1", False),
    ],
)
def test_an_address_that_spotify_refuses_is_told(
    context: Context, service: HTTPServer, url: str, allowed: bool
) -> None:
    real = real_spotify(with_settings(context, public_url=url), service)
    assert ("refuses to redirect" in problems(real)) is not allowed


def test_listening_for_everybody_needs_a_name(context: Context) -> None:
    everywhere = {"host": "0.0.0.0"}
    assert "TTT_PUBLIC_URL" in problems(with_settings(context, **everywhere))
    named = with_settings(context, **everywhere, public_url="http://music.example.org")
    assert problems(named) == ""


def test_the_demo_on_a_public_address_is_told_where_it_is_switched_on(context: Context) -> None:
    public = with_settings(context, public_url="https://music.example.org")
    assert problems(public) == ""
    said = [finding.words for finding in health.check(public)]
    assert any("the demo is off at https://music.example.org" in words for words in said)
    decided = replace(decisions.read(context), look_around="yes")
    decisions.decide(context, accounts.operator(context), decided)
    assert "any listener of the demo Spotify" in problems(public)


def test_a_folder_that_is_not_the_one_of_before_is_told(context: Context) -> None:
    assert problems(context) == ""
    marker.keep(context)
    marker.keep(context)
    assert problems(context) == ""
    file = context.settings.data_dir / marker.FILE
    for spoil in (lambda: file.write_text("of another server"), file.unlink):
        spoil()
        assert "not the data folder that this database knows" in problems(context)


def test_a_low_limit_of_open_files_is_told(
    context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "may open" in "\n".join(finding.words for finding in health.check(context))
    monkeypatch.setattr(descriptors, "raise_limit", lambda: 1_024)
    assert "LimitNOFILE" in problems(context)


@pytest.mark.parametrize(("status", "ok"), [(200, True), (404, True), (302, True), (503, False)])
def test_spotify_is_reached_when_it_answers_anything_sensible(
    context: Context, service: HTTPServer, status: int, ok: bool
) -> None:
    service.status = status  # type: ignore[attr-defined]
    findings = health.check(real_spotify(context, service))[-2:]
    assert [finding.ok for finding in findings] == [ok, ok]


def test_a_spotify_that_is_away_or_silent_is_told(context: Context) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        real = with_settings(
            context,
            spotify_client_id="real",
            spotify_timeout=0.2,
            spotify_api_url=url,
            spotify_accounts_url="http://127.0.0.1:1",
        )
        api, accounts = health.check(real)[-2:]
    assert "does not answer within 0.2 seconds" in api.words
    assert "cannot be reached" in accounts.words
    assert (api.ok, accounts.ok) == (False, False)
