"""A server on the open internet, behind one proxy, and those who would like to get in."""

import re
from collections.abc import Iterator

import pytest

from tests.browser.people import People
from tests.browser.server import Server
from tests.surroundings.loopback import ask

MISHAPS = re.compile(r"Exception in ASGI application|request failed|page failed| 5\d\d \d+ ms$")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that trusts the last address of X-Forwarded-For, as behind a proxy."""
    folder = tmp_path_factory.mktemp("attacked")
    with Server(folder, TTT_TRUSTED_PROXIES="1", TTT_LOG_LEVEL="DEBUG") as server:
        yield server


@pytest.fixture(scope="module")
def people(server: Server) -> Iterator[People]:
    """The accounts of the server."""
    with People(server) as people:
        yield people


@pytest.fixture(autouse=True)
def unharmed(server: Server) -> Iterator[None]:
    """After each attack the app answers, and nothing went wrong in it."""
    yield
    answer = ask("GET", f"{server.url}/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
    assert [line for line in server.console.splitlines() if MISHAPS.search(line)] == []
