import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.services.demo_spotify import DemoSpotify
from tests.services.spotify.several import ELSEWHERE, FIRST, OWN, SECRETS, UNKNOWN, apps
from tests.surroundings.loopback import free_port
from ttt.services.context import open_context
from ttt.settings import DEMO_PATH, load


@pytest.fixture(autouse=True)
def real(run: Run, monkeypatch: pytest.MonkeyPatch) -> Iterator[DemoSpotify]:
    """Spotify, with apps that this server's redirect URI is registered for."""
    assert run
    monkeypatch.setenv("TTT_PORT", str(free_port()))
    there = f"{load().own_url}{DEMO_PATH}"
    monkeypatch.setenv("TTT_SPOTIFY_API_URL", there)
    monkeypatch.setenv("TTT_SPOTIFY_ACCOUNTS_URL", there)
    context = open_context(load())
    known = apps(context.settings.redirect_uri)
    with DemoSpotify.served(context, context.now, known) as spotify:
        yield spotify


def add(run: Run, *more: str, client_id: str = FIRST, secret: str = "") -> str:
    words = ("spotify", "add-client", "--name", "Family", "--client-id", client_id, *more)
    done = run(*words, *(["--secret-stdin"] if secret else []), input=secret)
    return f"{done.exit_code} {done.output}"


def listed(run: Run) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(
        run("spotify", "clients", "--format", "json").stdout
    )
    return found


def test_a_client_id_is_added_listed_and_removed(run: Run) -> None:
    assert add(run, secret=f"{SECRETS[FIRST]}\n").startswith("0 Spotify takes Family")
    assert listed(run) == [
        {
            "name": "Family",
            "client_id": FIRST,
            "owner": "everybody",
            "seats_used": 0,
            "seats": 5,
            "blocked_until": None,
            "source": "page",
        }
    ]
    assert FIRST in run("spotify", "clients").stdout
    assert SECRETS[FIRST] not in run("spotify", "clients").stdout
    assert run("spotify", "remove-client", "Family").exit_code == 0
    assert listed(run) == []


def test_what_spotify_does_not_take_is_not_kept(run: Run) -> None:
    assert "1 Spotify does not know this client ID" in add(run, client_id=UNKNOWN)
    assert "1 Spotify knows this client ID, but not the address" in add(run, client_id=ELSEWHERE)
    assert "1 The client ID is a placeholder" in add(run, client_id="your-client-id")
    assert "1 Spotify does not know" in add(run, secret=SECRETS[OWN])
    assert listed(run) == []


def test_one_of_somebodys_own_is_theirs_and_told_apart_by_whose_it_is(run: Run, ada: str) -> None:
    assert add(run).startswith("0")
    assert add(run, "--for", ada, client_id=OWN).startswith("0")
    assert [row["owner"] for row in listed(run)] == ["everybody", "ada"]
    several = run("spotify", "remove-client", "Family")
    assert several.exit_code == 1
    assert "say whose it is by --for" in several.output
    assert run("spotify", "remove-client", "Family", "--for", ada).exit_code == 0
    assert [row["owner"] for row in listed(run)] == ["everybody"]


def test_what_the_environment_sets_is_listed_and_removed_there(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SPOTIFY_CLIENT_ID", FIRST)
    (row,) = listed(run)
    assert (row["name"], row["source"]) == ("environment", "environment")
    refused = run("spotify", "remove-client", "environment")
    assert refused.exit_code == 1
    assert "remove SPOTIFY_CLIENT_ID there" in refused.output


def test_what_is_not_there_cannot_be_removed(run: Run, ada: str, data_dir: Path) -> None:
    assert data_dir.exists()
    assert run("spotify", "remove-client", "Family").exit_code == 1
    assert add(run, "--for", "nobody").startswith("1")
    assert add(run).startswith("0")
    assert run("spotify", "remove-client", "Family", "--for", ada).exit_code == 1


def test_the_doctor_looks_at_each(run: Run, ada: str) -> None:
    add(run)
    add(run, "--for", ada, client_id=OWN)
    told = run("doctor").output
    assert "ok: The client ID Family (of this server, page) is taken by Spotify" in told
    assert "ok: The client ID Family (its owner's own, page) is taken by Spotify" in told
