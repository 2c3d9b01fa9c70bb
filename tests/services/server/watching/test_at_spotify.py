"""The doctor says of each client ID whose it is and whether Spotify takes it."""

import pytest

from tests.services.spotify.several import FIRST, OWN, SECOND, by_first, keep
from ttt.errors import ClientRefused, SpotifyUnavailable
from ttt.providers.values import reach
from ttt.services.context import Context
from ttt.services.person import Person
from ttt.services.server.watching import at_spotify
from ttt.services.spotify import keeping
from ttt.services.spotify.clients import Client


@pytest.fixture(autouse=True)
def spotify(monkeypatch: pytest.MonkeyPatch) -> None:
    """Spotify takes the first one, knows no second, and does not answer about others."""

    def try_(_context: Context, client: Client) -> None:
        if client.client_id == SECOND:
            raise ClientRefused(True, client.place)
        if client.client_id not in {FIRST, OWN}:
            raise SpotifyUnavailable

    monkeypatch.setattr(keeping, "try_", try_)
    monkeypatch.setattr(
        reach, "trouble", lambda url, _timeout: "is away" if "api." in url else None
    )


def test_each_client_id_is_tried_and_each_service_reached(context: Context, ada: Person) -> None:
    for client_id, owner in ((SECOND, None), ("unheard of", None), (OWN, ada)):
        keep(context, client_id, owner)
    first, second, own, api, signing_in = at_spotify.findings(by_first(context), ready=True)
    assert (first.ok, second.ok, own.ok, api.ok, signing_in.ok) == (True, False, True, False, True)
    assert first.words.startswith("The client ID environment (of this server, environment) is")
    assert second.words.startswith(f"The client ID {SECOND} (of this server, page): ")
    assert own.words.startswith(f"The client ID {OWN} (its owner's own, page) is taken")
    assert "is away" in api.words


def test_without_its_database_only_the_environments_is_known(context: Context) -> None:
    keep(context, SECOND)
    served = at_spotify.served(by_first(context), ready=False)
    assert [client.client_id for client in served] == [FIRST]
    assert at_spotify.served(context, ready=False) == []
    assert [client.client_id for client in at_spotify.served(context, ready=True)] == [SECOND]
