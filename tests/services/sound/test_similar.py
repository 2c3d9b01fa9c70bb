"""What is asked of Last.fm, which answers on loopback, and what is matched."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from pydantic import SecretStr

from tests.providers.scripted import Reply, Server, serving
from tests.services.conftest import Clock
from tests.services.sounding import row
from ttt.found import FoundArtist, FoundTrack, Source
from ttt.providers.http import Client
from ttt.providers.values import registry
from ttt.services.context import Context
from ttt.services.sound import similar
from ttt.services.values import sources
from ttt.settings import Settings
from ttt.store.tracks import tracks

BONES = "0HqZX76SFLDz2aW8aiqi7G"
STORED = "s" * 22
CREEP, YELLOW = row("Creep"), row("Yellow")


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as server:
        yield server


@pytest.fixture
def settings(settings: Settings, server: Server, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setattr(registry, "Client", partial(Client, attempts=1))
    asked = {"lastfm_url": server.url, "lastfm_key": SecretStr("key")}
    return settings.model_copy(update=asked)


@pytest.fixture
def stored(context: Context) -> None:
    """A track that the catalogue does not hold, by two artists."""
    artists = (FoundArtist("Band"), FoundArtist("Guest"))
    with context.session() as session:
        tracks.save(session, [FoundTrack(STORED, "A Song", artists)], Source.SPOTIFY, context.now())
        session.commit()


def named(*pairs: tuple[str, str]) -> Reply:
    found = [
        {"name": title, "artist": {"name": artist}, "match": 1 - place / 10}
        for place, (title, artist) in enumerate(pairs)
    ]
    return Reply(body={"similartracks": {"track": found}})


def blocked(context: Context) -> bool:
    with context.session() as session:
        return sources.blocked_until(context, session, Source.LASTFM) is not None


@pytest.mark.usefixtures("stored")
def test_what_the_server_knows_is_matched_by_title_and_artist(
    context: Context, server: Server
) -> None:
    server.will(named(("A Song", "guest"), ("bones", "Imagine Dragons"), ("Bones", "Nobody")))

    answer = similar.like(context, [replace(CREEP, artists=("Band", "Guest"))])
    assert answer.found == {CREEP.uri: [STORED, BONES]}
    assert answer.trouble is None
    assert server.asked[0].query["track"] == "Creep"
    assert server.asked[0].query["artist"] == "Band"


def test_only_a_few_tracks_are_asked_about_once_each(context: Context, server: Server) -> None:
    server.will(*[named()] * 20)

    similar.like(context, [row(f"Song {n}") for n in range(20)])
    assert len(server.asked) == 5


def test_without_a_key_nothing_is_asked_and_it_is_said(context: Context, server: Server) -> None:
    settings = context.settings.model_copy(update={"lastfm_key": SecretStr("")})
    context = replace(context, settings=settings)

    answer = similar.like(context, [CREEP])
    assert answer.found == {}
    assert answer.trouble == similar.why_off(context)
    assert "TTT_LASTFM_KEY" in str(answer.trouble)
    assert server.asked == []


def test_a_budget_of_none_switches_it_off(context: Context, server: Server) -> None:
    settings = context.settings.model_copy(update={"daily_budgets": "lastfm=0"})
    context = replace(context, settings=settings)

    assert similar.why_off(context) == "The daily budget of Last.fm is 0."


def test_a_used_up_budget_ends_it_until_tomorrow(context: Context, server: Server) -> None:
    settings = context.settings.model_copy(update={"daily_budgets": "lastfm=1"})
    context = replace(context, settings=settings)
    server.will(named(), named())

    answer = similar.like(context, [CREEP, YELLOW])
    assert list(answer.found) == [CREEP.uri]
    assert answer.trouble == (
        "Last.fm: The day's budget is used up. It is asked again after 23 Nov, 00:00 UTC."
    )
    assert len(server.asked) == 1


def test_a_rate_limit_is_kept_for_everybody_and_not_slept_through(
    context: Context, server: Server, clock: Clock
) -> None:
    server.will(Reply(429, headers={"Retry-After": "600"}), named(("Bones", "Imagine Dragons")))

    assert "It asks us to slow down" in str(similar.like(context, [CREEP, YELLOW]).trouble)
    assert blocked(context)
    assert "after 22 Nov, 12:10 UTC" in str(similar.like(context, [CREEP]).trouble)
    assert len(server.asked) == 1

    clock.time += timedelta(minutes=11)
    assert similar.like(context, [CREEP]).found == {CREEP.uri: [BONES]}


def test_what_came_before_a_fault_is_kept(context: Context, server: Server) -> None:
    server.will(named(("Bones", "Imagine Dragons")), Reply(500), named())

    answer = similar.like(context, [CREEP, YELLOW, row("Third")])
    assert len(server.asked) == 2
    assert answer.found == {CREEP.uri: [BONES]}
    assert answer.trouble == "Last.fm: It is not available."


def test_failures_in_a_row_let_it_rest_and_a_good_answer_forgets_them(
    context: Context, server: Server
) -> None:
    server.will(Reply(500), Reply(500), named(), Reply(500), Reply(500), Reply(500))
    for _ in range(5):
        similar.like(context, [CREEP])
    assert not blocked(context)

    similar.like(context, [CREEP])
    assert blocked(context)


def test_a_track_without_a_title_is_not_asked_about(context: Context, server: Server) -> None:
    nameless = replace(row("x"), title=None)

    assert similar.like(context, [nameless]).found == {}
    assert server.asked == []
