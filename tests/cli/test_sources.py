import json
import logging
from collections.abc import Iterator

import pytest

from tests.cli.conftest import Run
from tests.surroundings.answering import Services, song
from ttt.found import Finding, Source
from ttt.jobs import worker
from ttt.providers.values.catalogue import Catalogue
from ttt.services.accounts import accounts
from ttt.services.context import Context, open_context
from ttt.settings import load
from ttt.store.lists import entries, track_lists
from ttt.store.tracks import tracks
from ttt.store.values import values

pytestmark = pytest.mark.slow  # workers, which are waited for

WORRIED = "4h9wh7iOZ0GGn8QVp4RAOB"


@pytest.fixture
def services(monkeypatch: pytest.MonkeyPatch) -> Iterator[Services]:
    """ReccoBeats and Deezer, who are asked."""
    monkeypatch.setattr(worker, "LOOK_EVERY", 0.05)
    # Its own would keep the standard error of the first command that was run.
    monkeypatch.setattr(logging.getLogger("dbos"), "handlers", [logging.NullHandler()])
    with Services.served() as services:
        for name, value in {
            "TTT_FEATURE_PROVIDERS": "reccobeats,deezer",
            "TTT_POPULARITY_PROVIDERS": "reccobeats,catalogue",
            "TTT_GENRE_PROVIDERS": "off",
            "TTT_RECCOBEATS_URL": services.url,
            "TTT_DEEZER_URL": services.url,
            "TTT_RATES": "reccobeats=100,deezer=100",
        }.items():
            monkeypatch.setenv(name, value)
        yield services


@pytest.fixture
def context(run: Run) -> Context:
    return open_context(load())


def save(context: Context, username: str, *numbers: int) -> None:
    """Put tracks on somebody's list."""
    with context.session() as session:
        ids = tracks.save(session, map(song, numbers), Source.SPOTIFY, context.now())
        entries.add(
            session,
            track_lists.trending_id(session, accounts.find(context, username).id),
            list(ids.values()),
            context.now(),
        )
        session.commit()


def table(text: str) -> list[list[str]]:
    return [line.split() for line in text.splitlines()]


def test_every_service_is_listed_with_its_state(run: Run) -> None:
    header, *rows = table(run("sources").stdout)
    assert header[:2] == ["source", "state"]
    assert [row[0] for row in rows] == ["Spotify", "ReccoBeats", "Deezer", "Last.fm", "MusicBrainz"]


def test_the_standings_are_records_as_well(run: Run, services: Services) -> None:
    result = run("sources", "--format", "json")
    deezer = next(one for one in json.loads(result.stdout) if one["source"] == "Deezer")
    assert (deezer["state"], deezer["gives"], deezer["calls"]) == ("on", "features", 0)


def test_enrich_runs_to_the_end_and_says_what_was_found(
    run: Run, services: Services, context: Context, ada: str
) -> None:
    services.unknown = {2}
    save(context, ada, 0, 1, 2)
    result = run("enrich")
    assert result.exit_code == 0, result.output
    header, *rows = table(result.stdout)
    assert header[:4] == ["source", "requests", "found", "not"]
    assert rows == [["ReccoBeats", "2", "4", "2"], ["Deezer", "3", "2", "1"]]
    assert run("enrich").stdout == "There is nothing to look up.\n"


def test_enrich_can_be_for_one_person_and_for_some_tracks(
    run: Run, services: Services, context: Context, ada: str
) -> None:
    assert run("users", "add", "bob", "--password-stdin", input="correct horse").exit_code == 0
    save(context, ada, 0, 1, 2)
    save(context, "bob", 3)
    run("enrich", "--user", "ADA", "--limit", "2")
    assert {number for _, number in services.asked} == {0, 1}
    run("enrich", "--user", "bob")
    assert {number for _, number in services.asked} == {0, 1, 3}
    assert run("enrich", "--user", "nobody").exit_code == 1


def test_sources_are_compared(run: Run, context: Context, ada: str) -> None:
    assert len(table(run("sources", "compare").stdout)) == 1
    run("tracks", "add", "--user", ada, WORRIED)
    with context.session() as session:
        found = {tracks.ids_of(session, [WORRIED])[WORRIED]: Finding(popularity=80.0)}
        values.save(session, found, Source.RECCOBEATS, context.now())
        session.commit()
    (compared,) = json.loads(run("sources", "compare", "--format", "json").stdout)
    known = Catalogue.load(context.settings.catalogue_file).track(WORRIED)
    assert known is not None
    assert known.popularity is not None
    apart = abs(80.0 - known.popularity)
    assert compared == {
        "field": "popularity",
        "one": "ReccoBeats",
        "other": "catalogue, 2022",
        "one_knows": 1,
        "other_knows": 1,
        "both": 1,
        "median": apart,
        "p95": apart,
    }
