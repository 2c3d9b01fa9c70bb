"""Nothing but loopback: no setting of this machine, no sleeping, no browser."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.providers.spotify.given import NOW, Store, a_token, settings_for
from tests.providers.spotify.scripted import Server
from ttt.providers.spotify import Spotify
from ttt.settings import Settings, environment_names

PROXIES = ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Hide this machine's settings, proxies, .env and .netrc."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    for name in (*environment_names(), *PROXIES):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(autouse=True)
def never_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail a test that sleeps, opens a browser or waits for input."""
    for name in ("time.sleep", "builtins.input", "webbrowser.open"):
        monkeypatch.setattr(name, lambda *_, name=name: pytest.fail(f"{name} was called"))


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.released.set()
        server.shutdown()
        thread.join()


@pytest.fixture
def settings(server: Server) -> Settings:
    return settings_for(server)


@pytest.fixture
def store() -> Store:
    return Store(a_token())


@pytest.fixture
def spotify(settings: Settings, store: Store) -> Spotify:
    return Spotify(settings, store, now=lambda: NOW)
