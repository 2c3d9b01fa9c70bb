from collections import Counter
from dataclasses import replace

import pytest
from sqlalchemy import event

from tests.services.conftest import connect
from ttt.found import Kind, Source, Wanted
from ttt.services.context import Context
from ttt.services.person import Person
from ttt.services.values import sources
from ttt.settings import Settings

EVERYBODY = {
    "feature_providers": "spotify,reccobeats,deezer,catalogue",
    "popularity_providers": "spotify,reccobeats,catalogue,deezer,lastfm",
    "genre_providers": "lastfm,musicbrainz,catalogue",
    "lastfm_key": "0123456789",
}
FULL = Wanted("a" * 22, "GBAYE0000001", "Song", "Band")


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return Settings(_env_file=None, data_dir=settings.data_dir, **EVERYBODY)


def having(context: Context, **changed: object) -> Context:
    own = EVERYBODY | {"data_dir": context.settings.data_dir} | changed
    return replace(context, settings=Settings(_env_file=None, **own))


def test_the_plan_is_kind_by_kind_in_the_order_of_the_settings(
    context: Context, ada: Person
) -> None:
    connect(context, ada)
    assert sources.plan(context) == [
        (Kind.FEATURES, Source.SPOTIFY),
        (Kind.FEATURES, Source.RECCOBEATS),
        (Kind.FEATURES, Source.DEEZER),
        (Kind.POPULARITY, Source.RECCOBEATS),
        (Kind.POPULARITY, Source.DEEZER),
        (Kind.POPULARITY, Source.LASTFM),
        (Kind.GENRES, Source.LASTFM),
        (Kind.GENRES, Source.MUSICBRAINZ),
    ]


def test_with_the_demo_nobody_is_asked_over_the_network(context: Context) -> None:
    plain = Settings(_env_file=None, data_dir=context.settings.data_dir)
    assert sources.plan(replace(context, settings=plain)) == []


def test_a_plan_asks_the_database_no_more_for_more_sources(context: Context) -> None:
    asked: list[str] = []
    with context.session() as session:
        event.listen(session.get_bind(), "before_cursor_execute", lambda *a: asked.append(a[2]))

    sources.plan(context)

    assert Counter(asked).most_common(1)[0][1] <= 3


def test_who_is_off_says_why(context: Context) -> None:
    changed = having(
        context,
        feature_providers="spotify,reccobeats",
        daily_budgets="musicbrainz=0",
        lastfm_key="",
        popularity_providers="catalogue",
    )
    assert sources.why_off(changed) == {
        Source.SPOTIFY: "Nobody has connected Spotify yet.",
        Source.DEEZER: "It is not among the providers in the settings.",
        Source.LASTFM: "Last.fm needs an API key: TTT_LASTFM_KEY is not set.",
        Source.MUSICBRAINZ: "Its daily budget is 0.",
    }
    assert sources.plan(changed) == [(Kind.FEATURES, Source.RECCOBEATS)]


def test_a_connection_that_has_ended_is_none(context: Context, ada: Person) -> None:
    connect(context, ada, usable=False)
    assert Source.SPOTIFY in sources.why_off(context)


def test_services_are_those_that_may_come_on_while_the_app_runs(context: Context) -> None:
    assert sources.services(context) == [
        Source.SPOTIFY,
        Source.RECCOBEATS,
        Source.DEEZER,
        Source.LASTFM,
        Source.MUSICBRAINZ,
    ]
    assert sources.services(having(context, genre_providers="off")) == [
        Source.SPOTIFY,
        Source.RECCOBEATS,
        Source.DEEZER,
        Source.LASTFM,
    ]


@pytest.mark.parametrize(
    ("source", "enough", "lacks"),
    [
        (Source.SPOTIFY, Wanted("a"), None),
        (Source.RECCOBEATS, Wanted("a"), None),
        (Source.DEEZER, Wanted("a", isrc="X"), replace(FULL, isrc=None)),
        (Source.MUSICBRAINZ, Wanted("a", isrc="X"), replace(FULL, isrc=None)),
        (Source.LASTFM, Wanted("a", title="Song", artist="Band"), replace(FULL, artist=None)),
    ],
)
def test_each_source_goes_by_names_of_its_own(
    source: Source, enough: Wanted, lacks: Wanted | None
) -> None:
    assert sources.can_name(source, FULL)
    assert sources.can_name(source, enough)
    assert lacks is None or not sources.can_name(source, lacks)


def test_another_key_or_app_starts_with_limits_of_its_own(context: Context) -> None:
    for source, change in (
        (Source.LASTFM, {"lastfm_key": "another"}),
        (Source.SPOTIFY, {"spotify_client_id": "another"}),
    ):
        names = {sources.service(c, source) for c in (context, having(context, **change))}
        assert len(names) == 2
    assert sources.service(context, Source.DEEZER) == "deezer"
    assert "0123456789" not in sources.service(context, Source.LASTFM)


@pytest.mark.parametrize(("rate", "requests"), [(0.5, 1), (1, 1), (1.5, 1), (8, 8)])
def test_a_second_of_requests_is_made_together(
    context: Context, rate: float, requests: int
) -> None:
    changed = having(context, rates=f"deezer={rate}")
    assert sources.together(changed, Source.DEEZER) == requests
