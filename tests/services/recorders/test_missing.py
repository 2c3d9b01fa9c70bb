"""A gap is kept where plays may be missing, and nowhere else."""

from datetime import UTC, datetime, timedelta

import pytest

from ttt.models import PlayGap, Recorder
from ttt.plays import PlaySource, ToldPlay
from ttt.providers.spotify import RecentPlays
from ttt.services.context import Context
from ttt.services.person import Person
from ttt.services.recorders import missing
from ttt.store.plays import gaps, recorders

NEWEST = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def recorder(ada: Person, **values: object) -> Recorder:
    kept = {"newest_at": NEWEST, "asked_at": NEWEST, "started_at": NEWEST} | values
    return Recorder(user_id=ada.id, kind=recorders.SPOTIFY, **kept)


def told(since: datetime, *, full: bool = True) -> RecentPlays:
    moments = [since + timedelta(minutes=3), since]
    plays = tuple(ToldPlay(int(at.timestamp()), "Song", ("Band",)) for at in moments)
    return RecentPlays(plays, (), full)


def found(context: Context, ada: Person, of: Recorder, answer: RecentPlays) -> list[PlayGap]:
    with context.session() as session:
        missing.judge(context, session, of, answer)
        session.commit()
        return list(gaps.of_user(session, ada.id))


def test_an_answer_that_goes_back_to_what_is_known_leaves_none(
    context: Context, ada: Person
) -> None:
    assert found(context, ada, recorder(ada), told(NEWEST)) == []
    (gap,) = found(context, ada, recorder(ada), told(NEWEST + timedelta(seconds=1)))
    assert (gap.from_at, gap.until_at) == (NEWEST, NEWEST + timedelta(seconds=1))


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({}, "missed"),
        ({"asked_at": NEWEST - timedelta(seconds=1)}, "away"),
        ({"asked_at": None}, "missed"),
        ({"error": "no"}, "blocked"),
        ({"error": "no", "ended_at": NEWEST}, "ended"),
    ],
)
def test_a_gap_says_why_and_away_is_more_than_three_hours(
    context: Context, ada: Person, values: dict[str, object], reason: str
) -> None:
    assert context.now() - NEWEST == timedelta(hours=3)
    (gap,) = found(context, ada, recorder(ada, **values), told(NEWEST + timedelta(hours=1)))
    assert gap.reason == reason


def test_what_grew_while_nobody_recorded_is_dropped_once_somebody_does_again(
    context: Context, ada: Person
) -> None:
    ended = recorder(ada, ended_at=NEWEST)
    kept = PlayGap(
        user_id=ada.id,
        source=PlaySource.SPOTIFY_RECENT,
        from_at=NEWEST,
        until_at=context.now(),
        reason="ended",
    )
    with context.session() as session:
        gaps.save(session, kept)
        session.commit()
    assert len(found(context, ada, recorder(ada), told(NEWEST, full=False))) == 1
    assert found(context, ada, ended, told(NEWEST, full=False)) == []


@pytest.mark.parametrize(
    ("values", "spans"),
    [
        ({}, [timedelta(hours=3)]),
        ({"asked_at": None}, []),
        ({"error": recorders.OFF}, []),
        ({"ended_at": None}, []),
    ],
    ids=["ended", "never asked", "turned off", "not ended"],
)
def test_a_gap_grows_from_the_last_look_at_what_ended_and_is_wanted(
    context: Context, ada: Person, values: dict[str, object], spans: list[timedelta]
) -> None:
    with context.session() as session:
        session.add(recorder(ada, **{"ended_at": NEWEST} | values))
        missing.lengthen(context, session)
        kept = gaps.of_user(session, ada.id)
        assert [one.until_at - one.from_at for one in kept] == spans
