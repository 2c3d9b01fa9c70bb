from collections.abc import Iterator

import pytest

from tests.providers.scripted import Server, serving
from tests.services.chart_server import asking
from ttt.services.context import Context


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as server:
        yield server


@pytest.fixture
def asked(context: Context, server: Server) -> Context:
    """Services that ask Deezer and ListenBrainz, and have a key of Last.fm."""
    return asking(context, server)
