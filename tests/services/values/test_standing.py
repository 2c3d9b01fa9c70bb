from dataclasses import replace
from datetime import timedelta

import pytest

from tests.services.conftest import Clock
from ttt.errors import ProviderBlocked, ProviderUnavailable
from ttt.found import Kind, Source
from ttt.services.context import Context
from ttt.services.values import limits, standing
from ttt.services.values.standing import Standing
from ttt.settings import Settings
from ttt.store.values import service_state

DEEZER = Source.DEEZER


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return Settings(
        _env_file=None,
        data_dir=settings.data_dir,
        feature_providers="deezer",
        popularity_providers="deezer",
        daily_budgets="deezer=10",
    )


def of_deezer(context: Context) -> Standing:
    (found,) = [one for one in standing.standings(context) if one.source is DEEZER]
    return found


def test_every_service_has_a_standing_before_it_was_asked(context: Context) -> None:
    every = standing.standings(context)
    assert [one.source for one in every] == [
        Source.SPOTIFY,
        Source.RECCOBEATS,
        Source.DEEZER,
        Source.LASTFM,
        Source.MUSICBRAINZ,
    ]
    assert [one.source for one in every if one.why_off is None] == [DEEZER]
    assert of_deezer(context) == Standing(
        source=DEEZER,
        kinds=(Kind.FEATURES, Kind.POPULARITY),
        why_off=None,
        calls=0,
        budget_left=10,
        hits=0,
        misses=0,
        blocked_until=None,
        last_error=None,
        last_error_at=None,
    )
    assert of_deezer(context).hit_rate is None


def test_a_standing_tells_the_day_so_far(context: Context, clock: Clock) -> None:
    for _ in range(2):
        limits.reserve_call(context, DEEZER, "deezer", 10)
    with context.session() as session:
        limits.note_answer(context, session, "deezer", 3, 1)
        session.commit()
    found = of_deezer(context)
    assert (found.calls, found.budget_left, found.hits, found.misses) == (2, 8, 3, 1)
    assert found.hit_rate == 0.75
    clock.forward(days=1)
    assert (of_deezer(context).calls, of_deezer(context).budget_left) == (0, 10)


def test_a_standing_tells_the_last_error_and_how_long_it_rests(
    context: Context, clock: Clock
) -> None:
    for _ in range(3):
        with context.session() as session:
            error = ProviderUnavailable(DEEZER, timed_out=True)
            limits.note_failure(context, session, "deezer", error)
            session.commit()
    found = of_deezer(context)
    assert (found.last_error, found.last_error_at) == ("It did not answer in time.", clock.time)
    assert found.blocked_until == clock.time + timedelta(minutes=5)
    clock.forward(minutes=5)
    assert of_deezer(context).blocked_until is None
    assert of_deezer(context).last_error is not None


def test_a_standing_can_be_told_in_a_line(context: Context, clock: Clock) -> None:
    spotify, _, deezer, *_ = standing.standings(context)
    named = "as a source of values"
    why = "It is not among the providers in the settings."
    assert standing.in_words(spotify) == f"Spotify {named} is off: {why}"
    assert standing.in_words(deezer) == f"Deezer {named} is on: 0 calls today, 10 left."
    with context.session() as session:
        limits.note_answer(context, session, "deezer", 3, 1)
        error = ProviderBlocked(DEEZER, clock.time + timedelta(minutes=5))
        limits.note_failure(context, session, "deezer", error)
        session.commit()
    assert standing.in_words(of_deezer(context)) == (
        f"Deezer {named} is on: 0 calls today, 10 left, knew 75 % of the tracks asked about, "
        "left alone until 22 Nov, 12:05 UTC. Last error, 22 Nov, 12:00 UTC: It asks us to slow "
        "down."
    )


def test_the_demo_alone_asks_the_catalogue_only(context: Context) -> None:
    assert not standing.only_catalogue(context)
    plain = Settings(_env_file=None, data_dir=context.settings.data_dir)
    assert standing.only_catalogue(replace(context, settings=plain))


def test_of_a_budget_that_is_used_up_nothing_is_left(context: Context) -> None:
    with context.session() as session:
        for _ in range(10):
            service_state.take_call(session, DEEZER, limits.today(context), 10)
        session.commit()
    assert (of_deezer(context).calls, of_deezer(context).budget_left) == (10, 0)
    smaller = context.settings.model_copy(update={"daily_budgets": "deezer=4"})
    assert of_deezer(replace(context, settings=smaller)).budget_left == 0
