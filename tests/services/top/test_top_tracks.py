from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Self

import pytest

from tests.services.conftest import Clock, connect
from tests.services.demo_spotify import DemoSpotify, connect_demo
from ttt.errors import NotConnected, SpotifyUnavailable, UnexpectedAnswer
from ttt.found import FoundArtist, FoundTrack, Source, TrackPage
from ttt.music import Measure, Period
from ttt.services.context import Context
from ttt.services.person import Person
from ttt.services.spotify import spotify
from ttt.services.top import top_tracks
from ttt.services.top.top_tracks import TopList
from ttt.services.tracks.rows import Direction, Movement

SHORT = Period.SHORT_TERM
UP, DOWN, SAME, NEW = Direction.UP, Direction.DOWN, Direction.SAME, Direction.NEW
Rank = Callable[[str], None]


class Ranked:
    """Spotify as its client shows it: one list for all periods, and periods that fail."""

    def __init__(self) -> None:
        self.letters = ""
        self.fails: Sequence[Period] = ()

    def as_client(self, *_: object, **__: object) -> Self:
        return self

    def top_tracks(self, period: Period) -> TrackPage:
        if period in self.fails:
            raise SpotifyUnavailable
        return TrackPage(tuple(None if a == "?" else _song(a) for a in self.letters))


def _song(letter: str) -> FoundTrack:
    return FoundTrack(letter * 22, f"Track {letter}", (FoundArtist("Band"),))


@pytest.fixture
def ranked(context: Context, ada: Person, monkeypatch: pytest.MonkeyPatch) -> Ranked:
    """What Spotify answers to Ada, who is connected."""
    ranked = Ranked()
    monkeypatch.setattr(spotify, "Spotify", ranked.as_client)
    connect(context, ada)
    return ranked


@pytest.fixture
def refresh(context: Context, ada: Person, clock: Clock, ranked: Ranked) -> Rank:
    """Refreshes Ada's lists a day later, with these tracks in their order."""

    def refresh(letters: str) -> None:
        clock.forward(days=1)
        ranked.letters = letters
        top_tracks.refresh(context, ada)

    return refresh


def moves(context: Context, person: Person) -> dict[str, Movement | None]:
    rows = top_tracks.read(context, person)[SHORT].rows
    return {str(row.title)[-1]: row.movement for row in rows}


def test_a_refresh_is_one_request_a_period(
    context: Context, demo: DemoSpotify, ada: Person
) -> None:
    connect_demo(context, ada)
    demo.asked.clear()
    top_tracks.refresh(context, ada)
    assert demo.asked == ["/v1/me/top/tracks"] * len(Period)


@pytest.mark.usefixtures("demo")
def test_each_period_has_fifty_ranked_tracks_with_values_that_spotify_does_not_give(
    context: Context, ada: Person, clock: Clock
) -> None:
    connect_demo(context, ada)
    top_tracks.refresh(context, ada)
    lists = top_tracks.read(context, ada)
    for top in lists.values():
        assert [row.rank for row in top.rows] == list(range(1, 51))
        assert top.taken_at == clock.time
        assert {row.values[m].source for row in top.rows for m in Measure} == {Source.CATALOGUE}
        assert all(row.release_year is None for row in top.rows)
    titles = {period: [row.title for row in top.rows] for period, top in lists.items()}
    assert titles[SHORT] != titles[Period.LONG_TERM]


def test_one_period_can_be_refreshed_alone(
    context: Context, demo: DemoSpotify, ada: Person
) -> None:
    connect_demo(context, ada)
    demo.asked.clear()
    top_tracks.refresh(context, ada, [SHORT])
    assert len(demo.asked) == 1
    refreshed = {p for p, top in top_tracks.read(context, ada).items() if top.taken_at}
    assert refreshed == {SHORT}


def test_before_the_first_refresh_there_is_nothing(context: Context, ada: Person) -> None:
    assert top_tracks.read(context, ada) == {period: TopList(period) for period in Period}


def test_who_is_not_connected_cannot_refresh(context: Context, ada: Person) -> None:
    with pytest.raises(NotConnected):
        top_tracks.refresh(context, ada)


def test_a_list_is_stale_before_the_first_refresh_and_after_a_day(
    context: Context, ada: Person, clock: Clock, refresh: Rank
) -> None:
    def stale() -> list[Period]:
        return top_tracks.stale(context, top_tracks.read(context, ada))

    assert stale() == list(Period)
    refresh("abc")
    assert stale() == []
    clock.forward(days=1)
    assert stale() == []
    clock.forward(seconds=1)
    assert stale() == list(Period)


def test_the_first_list_has_no_movements(context: Context, ada: Person, refresh: Rank) -> None:
    refresh("abc")
    assert moves(context, ada) == {"a": None, "b": None, "c": None}
    assert top_tracks.read(context, ada)[SHORT].since is None


def test_movements_are_places_since_the_list_before(
    context: Context, ada: Person, clock: Clock, refresh: Rank
) -> None:
    refresh("abcd")
    since = clock.time
    refresh("cbxa")
    assert moves(context, ada) == {
        "c": Movement(UP, 2),
        "b": Movement(SAME),
        "x": Movement(NEW),
        "a": Movement(DOWN, 3),
    }
    assert top_tracks.read(context, ada)[SHORT].since == since


def test_a_track_that_comes_back_is_new_again(context: Context, ada: Person, refresh: Rank) -> None:
    for letters in ("ab", "a", "ab"):
        refresh(letters)
    assert moves(context, ada) == {"a": Movement(SAME), "b": Movement(NEW)}


def test_the_same_list_again_keeps_the_movements_since_the_last_other_one(
    context: Context, ada: Person, clock: Clock, refresh: Rank
) -> None:
    refresh("ab")
    since = clock.time
    for _ in range(3):
        refresh("ba")
    assert moves(context, ada) == {"b": Movement(UP, 1), "a": Movement(DOWN, 1)}
    assert top_tracks.read(context, ada)[SHORT].since == since


def test_a_list_that_was_never_another_one_has_not_moved(
    context: Context, ada: Person, refresh: Rank
) -> None:
    refresh("ab")
    refresh("ab")
    assert moves(context, ada) == {"a": Movement(SAME), "b": Movement(SAME)}


def test_a_track_that_comes_twice_counts_once(context: Context, ada: Person, refresh: Rank) -> None:
    refresh("aba")
    rows = top_tracks.read(context, ada)[SHORT].rows
    assert [(row.rank, row.title) for row in rows] == [(1, "Track a"), (2, "Track b")]


def test_ranks_are_spotifys_own_where_rows_could_not_be_read(
    context: Context, ada: Person, refresh: Rank
) -> None:
    refresh("ab?d?")
    top = top_tracks.read(context, ada)[SHORT]
    assert [(row.rank, row.title) for row in top.rows] == [
        (1, "Track a"),
        (2, "Track b"),
        (4, "Track d"),
    ]
    assert (top.length, top.unread) == (5, 2)


def test_rows_that_could_not_be_read_make_no_movement(
    context: Context, ada: Person, clock: Clock, refresh: Rank
) -> None:
    refresh("dcba")
    since = clock.time
    for letters in ("abcd", "?bcd", "a??d", "abcd"):
        refresh(letters)
    assert moves(context, ada) == {
        "a": Movement(UP, 3),
        "b": Movement(UP, 1),
        "c": Movement(DOWN, 1),
        "d": Movement(DOWN, 3),
    }
    assert top_tracks.read(context, ada)[SHORT].since == since


def test_what_may_have_stood_where_nothing_could_be_read_is_not_called_new(
    context: Context, ada: Person, refresh: Rank
) -> None:
    refresh("?bc")
    refresh("bxac")
    assert moves(context, ada) == {
        "b": Movement(UP, 1),
        "x": None,
        "a": None,
        "c": Movement(DOWN, 1),
    }


def test_a_list_of_which_nothing_can_be_read_replaces_none(
    context: Context, ada: Person, refresh: Rank
) -> None:
    refresh("ab")
    with pytest.raises(UnexpectedAnswer):
        refresh("???")
    assert [row.title for row in top_tracks.read(context, ada)[SHORT].rows] == [
        "Track a",
        "Track b",
    ]


def test_a_period_without_tracks_was_refreshed_nevertheless(
    context: Context, ada: Person, clock: Clock, refresh: Rank
) -> None:
    refresh("")
    assert top_tracks.read(context, ada)[SHORT] == TopList(SHORT, (), clock.time)


def test_a_failure_halfway_keeps_what_came_before_and_what_was_there(
    context: Context, ada: Person, clock: Clock, ranked: Ranked, refresh: Rank
) -> None:
    refresh("ab")
    earlier = clock.time
    ranked.fails = [Period.MEDIUM_TERM]
    with pytest.raises(SpotifyUnavailable):
        refresh("ba")
    lists = top_tracks.read(context, ada)
    assert {period: top.taken_at for period, top in lists.items()} == {
        Period.SHORT_TERM: clock.time,
        Period.MEDIUM_TERM: earlier,
        Period.LONG_TERM: earlier,
    }
    assert [row.title for row in lists[Period.LONG_TERM].rows] == ["Track a", "Track b"]


def test_a_list_is_its_owners_alone(
    context: Context, ada: Person, bob: Person, refresh: Rank
) -> None:
    refresh("ab")
    assert all(top.rows == () for top in top_tracks.read(context, bob).values())


def test_a_track_that_nobody_knows_the_sound_of_has_no_values(
    context: Context, ada: Person, refresh: Rank
) -> None:
    refresh("a")
    (row,) = top_tracks.read(context, ada)[SHORT].rows
    assert (row.title, row.artists, row.values) == ("Track a", ("Band",), {})


def test_all_tracks_of_all_periods_are_named_once(
    context: Context, ada: Person, refresh: Rank
) -> None:
    refresh("ab")
    assert top_tracks.spotify_ids(context, ada) == ["a" * 22, "b" * 22]


def test_a_daily_snapshot_is_due_once_a_day_for_each_connected_person(
    context: Context, ada: Person, bob: Person, clock: Clock, refresh: Rank
) -> None:
    assert top_tracks.people_due(context) == [ada.id]
    refresh("a")
    assert top_tracks.people_due(context) == []
    clock.forward(days=1)
    assert top_tracks.people_due(context) == [ada.id]
    spotify.disconnect(context, ada)
    assert top_tracks.people_due(context) == []


def test_each_person_has_a_minute_of_the_day_of_their_own() -> None:
    now = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
    slots = [top_tracks._last_slot(user_id, now) for user_id in range(1, 24 * 60 + 1)]
    assert len({(slot.hour, slot.minute) for slot in slots}) == 24 * 60
    assert all(slot <= now < slot + timedelta(hours=24) for slot in slots)
    for slot in slots[:3]:
        user_id = slots.index(slot) + 1
        assert top_tracks._last_slot(user_id, slot + timedelta(hours=24)) > slot
        assert top_tracks._last_slot(user_id, slot + timedelta(hours=24, seconds=-1)) == slot


def test_no_slot_of_somebody_late_in_the_day_lies_ahead_just_after_midnight() -> None:
    midnight = datetime(2026, 11, 22, tzinfo=UTC)
    slots = [top_tracks._last_slot(user_id, midnight) for user_id in range(1, 24 * 60 + 1)]
    assert max(slots) == midnight
    assert min(slots) == midnight - timedelta(hours=23, minutes=59)


def test_a_snapshot_of_before_the_minute_is_one_of_yesterday(
    context: Context, ada: Person, clock: Clock, refresh: Rank
) -> None:
    slot = top_tracks._last_slot(ada.id, clock.time)
    clock.time = slot - timedelta(days=1, seconds=1)
    refresh("a")
    assert top_tracks.people_due(context) == []
    clock.time = slot
    assert top_tracks.people_due(context) == [ada.id]
    clock.time = slot - timedelta(days=1)
    refresh("a")
    assert (clock.time, top_tracks.people_due(context)) == (slot, [])


def test_the_last_list_that_was_kept_in_a_stretch_of_time_is_found(
    context: Context, ada: Person, bob: Person, clock: Clock, refresh: Rank
) -> None:
    begin = clock.time
    for letters in ("ab", "ba", "cab"):
        refresh(letters)
    one, two, three = (begin + timedelta(days=n) for n in (1, 2, 3))

    def titles(
        who: Person, since: datetime, until: datetime
    ) -> list[tuple[int | None, str | None]]:
        rows = top_tracks.between(context, who, SHORT, since, until).rows
        return [(row.rank, row.title) for row in rows]

    second = [(1, "Track b"), (2, "Track a")]
    assert titles(ada, one, three) == second
    assert titles(ada, two, two + timedelta(seconds=1)) == second
    assert titles(ada, begin, one) == []
    assert len(titles(ada, begin, three + timedelta(days=9))) == 3
    assert titles(bob, begin, three) == []
