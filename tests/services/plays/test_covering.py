from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.services.conftest import add_person
from tests.services.plays.conftest import play, scrobble, take
from ttt.models import PlayGap
from ttt.plays import PlaySource
from ttt.services.context import Context
from ttt.services.person import Person
from ttt.services.plays import covering
from ttt.services.plays.frame import zone
from ttt.store.plays import gaps
from ttt.store.plays.covering import ToldDay

DAY = 86_400


def test_nothing_is_covered_before_something_counts(anywhere: Context) -> None:
    ada = add_person(anywhere, "ada")
    assert covering.of(anywhere, ada) is None
    take(anywhere, ada.id, [play(0, ms=5_000)])
    assert covering.of(anywhere, ada) is None


def test_each_source_has_a_lane_that_ends_where_it_falls_silent(anywhere: Context) -> None:
    ada = add_person(anywhere, "ada")
    days = [0, 1, 2, 40, 41]
    take(anywhere, ada.id, [play(day * DAY) for day in days])
    take(anywhere, ada.id, [scrobble(DAY - 200), scrobble(60 * DAY)], PlaySource.LASTFM, 2)
    found = covering.of(anywhere, ada)
    assert found is not None
    history, lastfm = found.covered.lanes
    assert (history.name, history.plays, history.main) == ("Spotify history", 5, True)
    assert [(last - first).days for first, last in history.stretches] == [2, 1]
    assert (lastfm.name, lastfm.plays, lastfm.note) == ("Last.fm", 1, "50 % told by others too")
    assert found.line.startswith("6 plays count, of 7 told by two sources")


def test_of_what_nobody_tells_and_what_was_not_recorded_there_are_holes(anywhere: Context) -> None:
    ada, now = add_person(anywhere, "ada"), anywhere.now()
    since = int(now.timestamp()) - 1_700_000_000
    told = [since - days * DAY for days in (100, 99, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0)]
    take(anywhere, ada.id, [play(at) for at in told])
    with anywhere.session() as session:
        gap = PlayGap(
            user_id=ada.id,
            source=PlaySource.SPOTIFY_RECENT,
            from_at=now - timedelta(days=6),
            until_at=now - timedelta(days=3),
            reason="ended",
        )
        gaps.save(session, gap)
        session.commit()
    found = covering.of(anywhere, ada, ZoneInfo("Europe/Berlin"))
    assert found is not None
    silent, ended = found.covered.holes
    assert silent.days == 88
    assert ended.reason == "ended"
    assert found.covered.caption.takeaway.startswith("Two gaps, ")


def test_a_gap_that_was_closed_is_no_hole(context: Context, ada: Person) -> None:
    now = context.now()
    since = int(now.timestamp()) - 1_700_000_000
    take(context, ada.id, [play(since - days * DAY) for days in range(10)])
    at = {"from_at": now - timedelta(days=6), "until_at": now - timedelta(days=3)}
    gap = {"user_id": ada.id, "source": PlaySource.SPOTIFY_RECENT, "reason": "ended"}
    with context.session() as session:
        gaps.save(session, PlayGap(closed_by=1, **gap, **at))
        session.commit()
    found = covering.of(context, ada)
    assert found is not None
    assert found.covered.holes == ()


def test_what_nobody_told_of_since_is_a_hole(anywhere: Context) -> None:
    ada, now = add_person(anywhere, "ada"), int(anywhere.now().timestamp())
    take(anywhere, ada.id, [play(now - 100 * DAY - 1_700_000_000)])
    found = covering.of(anywhere, ada)
    assert found is not None
    (hole,) = found.covered.holes
    assert hole.days == 100
    assert found.covered.caption.takeaway == "One gap of 100 days: under 1 % is covered"
    take(anywhere, ada.id, [scrobble(now - 5 * DAY - 1_700_000_000)], PlaySource.LASTFM, 2)
    found = covering.of(anywhere, ada)
    assert found is not None
    assert [hole.days for hole in found.covered.holes] == [94]


def test_others_plays_are_not_counted(anywhere: Context) -> None:
    ada, bob = add_person(anywhere, "ada"), add_person(anywhere, "bob")
    take(anywhere, bob.id, [play(0)])
    assert covering.of(anywhere, ada) is None


@pytest.mark.parametrize(
    ("holes", "said"),
    [
        ([], "No gaps since October 2018"),
        ([3], "One gap of 3 days: 90 % is covered"),
        ([3, 4], "Two gaps, 7 days in all: 90 % is covered"),
        ([1] * 10, "Ten gaps, 10 days in all: 90 % is covered"),
        ([1] * 11, "11 gaps, 11 days in all: 90 % is covered"),
    ],
)
def test_gaps_are_counted_in_words_up_to_ten(holes: list[int], said: str) -> None:
    assert covering._takeaway(holes, date(2018, 10, 1), "90 %") == said


def test_the_source_with_most_plays_comes_first_and_says_what_others_told() -> None:
    days = [
        ToldDay(PlaySource.LASTFM, 17_000, 4, 1, 3, 2),
        ToldDay(PlaySource.MALOJA, 17_000, 5, 5, 0, 0),
        ToldDay(PlaySource.LASTFM, 17_021, 4, 1, 0, 0),
        ToldDay(PlaySource.LASTFM, 17_043, 2, 0, 2, 0),
    ]
    first, second = covering._lanes(days)
    assert (first.name, first.plays, first.note, first.main) == ("Maloja", 5, "", True)
    assert (second.plays, second.note, second.main) == (2, "50 % told by others too", False)
    stretches = [(zone.number(a), zone.number(b)) for a, b in second.stretches]
    assert stretches == [(17_000, 17_021), (17_043, 17_043)]
    assert covering._line(days) == "7 plays count, of 15 told by two sources"
    assert covering._line(days[:1]) == "1 play counts, of 4 told by one source"


def test_what_is_covered_goes_from_the_first_day_to_today(context: Context, ada: Person) -> None:
    now = int(context.now().timestamp())
    take(context, ada.id, [play(now - 1_700_000_000 - days * DAY) for days in (9, 0)])
    found = covering.of(context, ada)
    assert found is not None
    today = context.now().date()
    assert (found.covered.first, found.covered.last) == (today - timedelta(days=9), today)
    assert found.line.endswith(" · 100 % of 10 days covered")
    assert (found.uncertain, found.covered.holes) == (0, ())
    assert covering.revision(context, ada) > 0
    ahead = covering.of(context, ada, ZoneInfo("Pacific/Auckland"))
    assert ahead is not None
    assert ahead.covered.last == today + timedelta(days=1)
