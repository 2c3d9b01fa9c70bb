"""Nothing but loopback: no setting of this machine, no sleeping, no browser."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.providers.scripted import Server, serving
from tests.surroundings import environment
from ttt.providers.http import Client
from ttt.settings import load

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)

PROXIES = ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Hide this machine's settings, proxies, .env and .netrc."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    for name in (*environment.names(), *PROXIES):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(autouse=True)
def never_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail a test that sleeps, opens a browser or waits for input."""
    monkeypatch.setattr("time.sleep", lambda seconds: seconds and pytest.fail("it sleeps"))
    for name in ("builtins.input", "webbrowser.open"):
        monkeypatch.setattr(name, lambda *_, name=name: pytest.fail(f"{name} was called"))


@pytest.fixture
def client() -> Iterator[Client]:
    """Sends each request once."""
    client = Client(load(), now=lambda: NOW, attempts=1)
    yield client
    client.close()


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as server:
        yield server
