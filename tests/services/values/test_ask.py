"""What is asked of whom: ReccoBeats and Deezer answer on loopback, and count."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.services.conftest import Clock
from tests.surroundings.answering import Services, isrc, song, spotify_id
from ttt.errors import ProviderRefused
from ttt.found import FoundTrack, Kind, Reach, Source
from ttt.services.context import Context
from ttt.services.lists import entries
from ttt.services.person import Person
from ttt.services.tracks import listing
from ttt.services.tracks.rows import TrackRow, Value
from ttt.services.values import enrich, limits, sources
from ttt.services.values.asked import Asked
from ttt.services.values.enrich import Progress
from ttt.settings import Settings
from ttt.store import locks
from ttt.store.tracks import holdings, tracks

FEATURES, POPULARITY = Kind.FEATURES, Kind.POPULARITY
RECCOBEATS, DEEZER = Source.RECCOBEATS, Source.DEEZER
A, B = spotify_id(0), spotify_id(1)


@pytest.fixture
def services() -> Iterator[Services]:
    with Services.served() as services:
        yield services


@pytest.fixture
def settings(settings: Settings, services: Services) -> Settings:
    asked = {
        "feature_providers": "reccobeats,deezer,catalogue",
        "popularity_providers": "reccobeats,catalogue,deezer",
        "genre_providers": "off",
        "reccobeats_url": services.url,
        "deezer_url": services.url,
    }
    return settings.model_copy(update=asked)


def keep(context: Context, *found: FoundTrack) -> None:
    with context.session() as session:
        tracks.save(session, found, Source.SPOTIFY, context.now())
        session.commit()


def row(context: Context, spotify_id: str) -> TrackRow:
    with context.session() as session:
        track_id = tracks.ids_of(session, [spotify_id])[spotify_id]
        return listing.rows(session, [track_id], belief=sources.belief(context))[track_id]


def ask_all(context: Context, *spotify_ids: str) -> Asked:
    """Ask everybody in turn until nothing is due, as a job does."""
    total = Asked()
    for kind, source in sources.plan(context):
        while batches := enrich.due_batches(context, kind, source, spotify_ids):
            asked = [enrich.ask(context, kind, source, batch, None) for batch in batches]
            total = sum(asked, total)
            if total.blocked:
                break
    return total


def test_each_field_comes_from_the_first_source_that_knows_it(
    context: Context, services: Services, clock: Clock
) -> None:
    keep(context, song(0))
    assert ask_all(context, A) == Asked(requests=3, hits=3)
    values = row(context, A).values
    assert values["energy"] == Value(0.0, RECCOBEATS, clock.time)
    assert values["tempo"] == Value(100.0, DEEZER, clock.time)
    assert values["popularity"] == Value(0.0, RECCOBEATS, clock.time)
    assert values[Reach.DEEZER_RANK] == Value(500_000.0, DEEZER, clock.time)
    assert services.asked == Counter([("features", 0), ("deezer", 0), ("popularity", 0)])


def test_who_is_believed_less_is_not_asked_for_what_is_known(
    context: Context, services: Services
) -> None:
    known = replace(song(0), popularity=70.0)
    with context.session() as session:
        tracks.save(session, [known], Source.CATALOGUE, context.now())
        session.commit()
    assert enrich.due_batches(context, POPULARITY, RECCOBEATS, [A]) == [[A]]
    assert enrich.due_batches(context, POPULARITY, DEEZER, [A]) == [[A]]  # a measure of its own
    enrich.ask(context, FEATURES, RECCOBEATS, [A], None)
    assert enrich.due_batches(context, FEATURES, RECCOBEATS, [A]) == []
    assert enrich.due_batches(context, FEATURES, DEEZER, [A]) == [[A]]


def test_an_answer_for_several_kinds_is_asked_for_once(
    context: Context, services: Services
) -> None:
    keep(context, song(0), song(1))
    services.unknown = {1}
    for track in (A, B):
        enrich.ask(context, FEATURES, DEEZER, [track], None)
    assert enrich.due_batches(context, POPULARITY, DEEZER, [A, B]) == []
    assert services.asked == Counter([("deezer", 0), ("deezer", 1)])


def test_a_second_pass_asks_nothing(context: Context, services: Services) -> None:
    keep(context, song(0), song(1))
    services.unknown = {1}
    ask_all(context, A, B)
    services.asked.clear()
    assert ask_all(context, A, B) == Asked()
    assert services.asked == Counter()


def test_a_request_looks_first_what_another_has_brought(
    context: Context, services: Services
) -> None:
    keep(context, song(0))
    assert enrich.ask(context, FEATURES, DEEZER, [A], None) == Asked(1, hits=1)
    assert enrich.ask(context, FEATURES, DEEZER, [A], None) == Asked()
    assert len(services.requests) == 1


@pytest.mark.parametrize(("kind", "days"), [(FEATURES, 365), (POPULARITY, 30)])
def test_a_value_is_asked_for_again_when_it_is_old(
    context: Context, clock: Clock, kind: Kind, days: int
) -> None:
    keep(context, song(0))
    ask_all(context, A)
    clock.forward(days=days, seconds=-1)
    assert enrich.due_batches(context, kind, RECCOBEATS, [A]) == []
    clock.forward(seconds=1)
    assert enrich.due_batches(context, kind, RECCOBEATS, [A]) == [[A]]


def test_what_nobody_knows_is_asked_for_again_after_two_weeks(
    context: Context, services: Services, clock: Clock
) -> None:
    keep(context, song(0))
    services.unknown = {0}
    assert ask_all(context, A) == Asked(requests=3, misses=3)
    assert row(context, A).values == {}
    clock.forward(days=14, seconds=-1)
    assert enrich.progress(context, [A]) == Progress(1, 0)
    clock.forward(seconds=1)
    assert enrich.progress(context, [A]) == Progress(1, 1)
    services.unknown.clear()
    ask_all(context, A)
    assert row(context, A).number("energy") == 0.0


def test_the_same_recording_under_another_id_is_asked_for_once(
    context: Context, services: Services
) -> None:
    keep(context, song(0), replace(song(1), isrc=isrc(0)))
    ask_all(context, A, B)
    assert row(context, A).values == row(context, B).values
    assert len(services.requests) == 3
    assert enrich.progress(context, [A, B]) == Progress(2, 0)


def test_a_recording_that_is_missed_under_one_id_is_asked_for_under_the_other(
    context: Context, services: Services
) -> None:
    keep(context, song(0), replace(song(1), isrc=isrc(0)))
    services.unknown = {0}
    ask_all(context, A, B)
    assert [services.asked["features", i] for i in (0, 1)] == [1, 1]
    assert services.asked["deezer", 0] == 1  # it knows recordings, not Spotify's ids
    assert row(context, A).values["energy"] == row(context, B).values["energy"]


def test_a_new_id_of_a_known_recording_shares_its_values(
    context: Context, services: Services
) -> None:
    keep(context, song(0))
    ask_all(context, A)
    keep(context, replace(song(1), isrc=isrc(0)))
    enrich.share(context, [B])
    assert row(context, B).values == row(context, A).values
    assert ask_all(context, B) == Asked()


def test_a_track_that_lacks_what_a_source_goes_by_waits_for_it(
    context: Context, services: Services
) -> None:
    with context.session() as session:
        tracks.keep(session, [A])
        session.commit()
    assert enrich.due_batches(context, FEATURES, RECCOBEATS, [A]) == [[A]]
    assert enrich.due_batches(context, FEATURES, DEEZER, [A]) == []
    keep(context, song(0))
    assert enrich.due_batches(context, FEATURES, DEEZER, [A]) == [[A]]


def test_a_failed_request_is_not_made_again_within_the_hour(
    context: Context, services: Services, clock: Clock
) -> None:
    keep(context, song(0))
    services.answers["features"] = (500, "", {})
    asked = enrich.ask(context, FEATURES, RECCOBEATS, [A], None)
    assert asked == Asked(1, trouble="It is not available.")
    assert enrich.due_batches(context, FEATURES, RECCOBEATS, [A]) == []
    clock.forward(hours=1)
    assert enrich.due_batches(context, FEATURES, RECCOBEATS, [A]) == [[A]]


def test_a_failure_takes_nothing_away(context: Context, services: Services, clock: Clock) -> None:
    keep(context, song(0))
    ask_all(context, A)
    before = row(context, A)
    clock.forward(days=365)
    services.answers["features"] = (200, "<html>", {})
    assert enrich.ask(context, FEATURES, RECCOBEATS, [A], None).trouble is not None
    assert row(context, A) == before


def test_a_service_that_asks_to_wait_is_left_alone_and_its_tracks_stay_due(
    context: Context, services: Services, clock: Clock
) -> None:
    keep(context, song(0), song(1))
    services.answers["features"] = (429, "", {"Retry-After": "120"})
    asked = enrich.ask(context, FEATURES, RECCOBEATS, [A], None)
    assert asked.blocked
    assert asked.trouble == "It asks us to slow down. It is asked again after 22 Nov, 12:02 UTC."
    assert enrich.ask(context, FEATURES, RECCOBEATS, [B], None) == replace(asked, requests=0)
    assert len(services.requests) == 1
    del services.answers["features"]
    clock.forward(minutes=2)
    assert enrich.ask(context, FEATURES, RECCOBEATS, [A, B], None) == Asked(1, hits=2)


def test_three_failures_in_a_row_rest_a_service_while_the_others_go_on(
    context: Context, services: Services, clock: Clock
) -> None:
    keep(context, *map(song, range(5)))
    services.answers["features"] = (500, "", {})
    asked = [enrich.ask(context, FEATURES, RECCOBEATS, [spotify_id(i)], None) for i in range(5)]
    assert [one.requests for one in asked] == [1, 1, 1, 0, 0]
    assert [one.blocked for one in asked] == [False, False, False, True, True]
    assert enrich.ask(context, FEATURES, DEEZER, [A], None) == Asked(1, hits=1)


def test_a_used_up_budget_ends_asking_until_midnight(
    context: Context, services: Services, clock: Clock
) -> None:
    frugal = context.settings.model_copy(update={"daily_budgets": "reccobeats=1"})
    context = replace(context, settings=frugal)
    keep(context, song(0), song(1))
    assert enrich.ask(context, FEATURES, RECCOBEATS, [A], None).requests == 1
    asked = enrich.ask(context, FEATURES, RECCOBEATS, [B], None)
    assert asked.blocked
    assert asked.trouble is not None
    assert asked.trouble.startswith("The day's budget is used up.")
    clock.forward(hours=12)
    assert enrich.ask(context, FEATURES, RECCOBEATS, [B], None).requests == 1


def test_a_source_that_was_switched_off_meanwhile_is_not_asked(
    context: Context, services: Services
) -> None:
    keep(context, song(0))
    without = replace(
        context, settings=context.settings.model_copy(update={"feature_providers": "catalogue"})
    )
    asked = enrich.ask(without, FEATURES, DEEZER, [A], None)
    assert asked == Asked(trouble="Deezer is not asked any more.", blocked=True)
    assert services.requests == []


def test_a_list_waits_for_those_who_can_be_asked(context: Context, services: Services) -> None:
    keep(context, song(0), song(1))
    assert enrich.progress(context, [A, B]) == Progress(2, 2)
    ask_all(context, A)
    assert enrich.progress(context, [A, B]) == Progress(2, 1)
    with context.session() as session:
        for source in (RECCOBEATS, DEEZER):
            limits.note_failure(context, session, source, ProviderRefused(source))
        session.commit()
    assert enrich.progress(context, [A, B]) == Progress(2, 0)


def test_a_track_that_is_deleted_meanwhile_does_no_harm(
    context: Context, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(context, song(0))
    look_up = sources.look_up

    def while_it_is_deleted(*words: object) -> object:
        with context.session() as session:
            holdings.delete_orphans(session)
            session.commit()
        return look_up(*words)  # type: ignore[arg-type]

    monkeypatch.setattr(sources, "look_up", while_it_is_deleted)
    assert enrich.ask(context, FEATURES, RECCOBEATS, [A], None) == Asked(1, hits=1)
    assert enrich.progress(context, [A]) == Progress(0, 0)


def test_the_turn_of_a_service_lasts_as_long_as_its_rate_says(
    context: Context, services: Services
) -> None:
    rested: list[float] = []

    def rest(seconds: float) -> None:
        assert locks.take(context.direct, RECCOBEATS.value) is None
        rested.append(seconds)

    slow = context.settings.model_copy(update={"rates": "reccobeats=0.01"})
    slowly = replace(context, settings=slow)
    keep(context, song(0))
    for _ in range(2):
        enrich.ask(slowly, FEATURES, RECCOBEATS, [A], None, rest)
    assert len(services.requests) == 1
    assert len(rested) == 1  # what was not asked needs no rest
    assert 0 < rested[0] < 100


def test_a_persons_wait_is_for_their_own_tracks_and_the_sweep_is_for_everybodys(
    context: Context, ada: Person, bob: Person
) -> None:
    keep(context, song(0), song(1))
    entries.add(context, ada, [A])
    entries.add(context, bob, [B])
    assert enrich.waiting(context, ada) == [A]
    assert enrich.waiting(context, bob) == [B]
    assert enrich.waiting(context) == [A, B]
