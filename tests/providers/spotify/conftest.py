"""A Spotify whose answers are scripted."""

import pytest

from tests.providers.scripted import Server
from tests.providers.spotify.given import NOW, Store, a_token, settings_for
from ttt.providers.spotify import Spotify
from ttt.settings import Settings


@pytest.fixture
def settings(server: Server) -> Settings:
    return settings_for(server)


@pytest.fixture
def store() -> Store:
    return Store(a_token())


@pytest.fixture
def spotify(settings: Settings, store: Store) -> Spotify:
    return Spotify(settings, store, now=lambda: NOW)
