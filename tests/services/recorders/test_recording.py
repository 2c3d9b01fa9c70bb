"""Looks at Spotify's list of the newest plays: nothing twice, nothing lost without a gap."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from threading import Thread

import pytest
from sqlmodel import select

from tests.services.conftest import Clock, connect
from tests.services.demo_spotify import DemoSpotify, agreed, connect_demo
from tests.services.spotify.several import FIRST, server, set_up
from ttt.demo.history.plays import played
from ttt.demo.library import Library, relinked
from ttt.demo.listeners import listener
from ttt.models import Play, PlayGap, Recorder, Track, User
from ttt.plays import PlaySource
from ttt.services.context import Context
from ttt.services.person import Person
from ttt.services.plays.deriving import deriving
from ttt.services.recorders import recording, state
from ttt.services.recorders.reasons import GapReason
from ttt.services.recorders.recording import Round
from ttt.services.spotify import connecting, permissions, spotify
from ttt.store.plays import recorders
from ttt.store.plays.derived import pages as stored_pages


@pytest.fixture
def connected(context: Context, ada: Person, demo: DemoSpotify) -> DemoSpotify:
    """The demo, with Ada connected to it as its Ada."""
    connect_demo(context, ada)
    demo.asked.clear()
    return demo


def look(context: Context, person: Person, *, at_once: bool = True) -> Round:
    made = recording.look(context, recording.of(context, person), at_once=at_once)
    assert made is not None
    return made


def recorder(context: Context, person: Person) -> Recorder:
    with context.session() as session:
        found = recorders.get(session, recording.of(context, person))
    assert found is not None
    return found


def kept(context: Context) -> list[tuple[int, str]]:
    with context.session() as session:
        query = select(Play.told_at, Track.spotify_id).join(Track).order_by(Play.told_at)
        return [(int(at.timestamp()), track or "") for at, track in session.exec(query)]


def gaps(context: Context) -> list[PlayGap]:
    with context.session() as session:
        return list(session.exec(select(PlayGap).order_by(PlayGap.id)))


def test_a_look_is_one_request_and_keeps_what_was_told(
    context: Context, ada: Person, connected: DemoSpotify
) -> None:
    made = look(context, ada)

    assert connected.asked == ["/v1/me/player/recently-played"]
    assert (made.new, made.already_there, made.gap, made.trouble) == (50, 0, False, None)
    assert len(kept(context)) == 50
    newest = recorder(context, ada).newest_at
    assert newest is not None
    assert newest.timestamp() == kept(context)[-1][0]
    with context.session() as session:
        assert set(session.exec(select(Play.source))) == {PlaySource.SPOTIFY_RECENT}
        assert None not in set(session.exec(select(Track.title)))


def test_a_second_look_adds_nothing_twice(
    context: Context, ada: Person, connected: DemoSpotify
) -> None:
    look(context, ada)
    before = kept(context)
    assert recorder(context, ada).next_at == context.now() + timedelta(minutes=20)

    made = look(context, ada)

    assert recorder(context, ada).next_at == context.now() + timedelta(hours=1)
    assert (made.new, made.already_there) == (0, 50)
    assert kept(context) == before


def test_what_is_new_counts_once_it_is_derived(
    context: Context, ada: Person, connected: DemoSpotify
) -> None:
    look(context, ada)
    deriving.derive(context, ada.id)

    with context.session() as session:
        assert sum(page.plays for page in stored_pages.read(session, ada.id)) == 50


@pytest.mark.slow  # hundreds of looks
def test_weeks_of_looks_lose_only_what_spotify_never_told(
    context: Context, ada: Person, connected: DemoSpotify, clock: Clock
) -> None:
    began = clock.time
    look(context, ada)
    requests: Counter[str] = Counter()
    while clock.time < began + timedelta(days=14):
        due = recorder(context, ada).next_at
        assert due is not None
        clock.time = due
        made = look(context, ada, at_once=False)
        assert made.trouble is None
        requests[f"{clock.time:%j}"] += 1

    library = Library.load(context.settings.catalogue_file)
    ids = {track.id: place for place, track in enumerate(library.tracks)}
    ids |= {relinked(track).id: place for place, track in enumerate(library.tracks)}
    person = listener("ada")
    assert person is not None
    plays = played(library, person, clock.time - timedelta(hours=6))
    plays = plays.where((plays.start > began.timestamp() * 1000) & ~plays.private)
    plays = plays.where(plays.ms >= 30_000)
    found = {(at, ids[track]) for at, track in kept(context)}
    lost = sum(
        not {(start // 1000, track), (end // 1000, track)} & found
        for start, end, track in zip(
            plays.start.tolist(), plays.end.tolist(), plays.track.tolist(), strict=True
        )
    )
    assert len(plays) > 80
    assert lost / len(plays) < 0.07  # 3 % are never told
    assert gaps(context) == []
    assert max(requests.values()) <= 72


@pytest.mark.slow  # hundreds of looks
def test_with_a_known_time_zone_nobody_costs_more_than_forty_requests_a_day(
    context: Context, ada: Person, connected: DemoSpotify, clock: Clock
) -> None:
    with context.session() as session:
        user = session.get(User, ada.id)
        assert user is not None
        user.time_zone = "Europe/Berlin"
        session.commit()
    look(context, ada)
    requests: Counter[str] = Counter()
    for _ in range(120):
        due = recorder(context, ada).next_at
        assert due is not None
        clock.time = due
        look(context, ada, at_once=False)
        requests[f"{clock.time:%j}"] += 1

    assert max(requests.values()) <= 40
    assert gaps(context) == []


def test_who_was_not_looked_at_for_long_has_a_gap(
    context: Context, ada: Person, connected: DemoSpotify, clock: Clock
) -> None:
    look(context, ada)
    newest = recorder(context, ada).newest_at
    clock.forward(days=20)

    made = look(context, ada)

    assert (made.new, made.gap) == (50, True)
    [gap] = gaps(context)
    assert (gap.from_at, gap.reason, gap.source) == (newest, "away", PlaySource.SPOTIFY_RECENT)
    assert gap.until_at == datetime.fromtimestamp(sorted(kept(context))[50][0], UTC)
    assert GapReason(gap.reason).words == "This server was off."


def test_an_answer_that_is_not_full_leaves_no_gap(
    context: Context, ada: Person, connected: DemoSpotify, clock: Clock
) -> None:
    look(context, ada)
    clock.forward(days=20)
    connected.spoil("plays_missing")

    made = look(context, ada)

    # 25 rows can hold all that was played: Spotify gives 50 when there are more.
    assert (made.new, made.gap) == (25, False)


@pytest.mark.parametrize(
    ("name", "new", "unread"),
    [
        ("plays_empty", 0, 0),
        ("plays_missing", 25, 0),
        ("plays_null", 45, 5),
        ("plays_local", 45, 5),
        ("plays_without_track", 45, 5),
        ("plays_bare", 45, 5),
    ],
)
def test_odd_rows_are_counted_and_the_others_kept(
    context: Context, ada: Person, connected: DemoSpotify, name: str, new: int, unread: int
) -> None:
    connected.spoil(name)

    made = look(context, ada)

    assert (made.new, made.unread, made.trouble) == (new, unread, None)
    assert [one.unread for one in state.listed(context, ada)] == [unread]
    connected.mend()
    made = look(context, ada)
    assert (made.new, made.unread) == (50 - new, 0)
    assert [one.unread for one in state.listed(context, ada)] == [0]


@pytest.mark.parametrize("name", ["json_list", "broken_json", "server_error", "cut", "forbidden"])
def test_a_failure_is_tried_again_later_and_later(
    context: Context, ada: Person, connected: DemoSpotify, clock: Clock, name: str
) -> None:
    connected.spoil(name)
    waits = []
    for _ in range(6):
        made = look(context, ada)
        assert made == Round(ada.id, 0, 0, gap=False, trouble=made.trouble)
        assert made.trouble is not None
        due = recorder(context, ada).next_at
        assert due is not None
        waits.append(due - clock.time)
        clock.time = due
    connected.mend()

    assert waits == sorted(waits)
    assert waits[0] == timedelta(minutes=20)
    assert waits[-1] <= timedelta(hours=6)
    assert look(context, ada, at_once=False).trouble is None
    assert recorder(context, ada).failures == 0


def test_nobody_is_looked_at_while_spotify_wants_to_be_left_alone(
    context: Context, ada: Person, connected: DemoSpotify, clock: Clock
) -> None:
    connected.spoil("quota_exceeded")
    look(context, ada)
    connected.asked.clear()

    assert recorder(context, ada).next_at == clock.time + timedelta(hours=12)
    look(context, ada)
    assert connected.asked == []
    clock.forward(hours=12)
    connected.mend()
    assert look(context, ada).new == 50


def test_a_refused_scope_is_believed_the_third_time_only(
    context: Context, ada: Person, connected: DemoSpotify
) -> None:
    connected.spoil("insufficient_scope")
    for _ in range(2):
        # Whoever looks at once is told, and nothing is kept.
        assert "permission" in (look(context, ada).trouble or "")
        assert state.listed(context, ada)[0].trouble is None
    look(context, ada)

    assert "permission" in (state.listed(context, ada)[0].trouble or "")
    connected.mend()
    assert look(context, ada).new == 50
    assert state.listed(context, ada)[0].trouble is None


def test_who_connected_before_is_asked_to_reconnect_and_not_looked_at(
    context: Context, ada: Person, demo: DemoSpotify
) -> None:
    connect(context, ada, scopes=set(permissions.SCOPES) - {"user-read-recently-played"})

    made = look(context, ada)

    assert demo.asked == []
    assert made.trouble == (
        "Your connection was made without this permission. Reconnect Spotify to allow recording."
    )
    connection = spotify.connection(context, ada)
    assert connection is not None
    assert not connection.complete
    assert connection.usable


def test_an_ended_authorization_is_a_gap_that_grows_until_it_is_mended(
    context: Context, ada: Person, connected: DemoSpotify, clock: Clock
) -> None:
    look(context, ada)
    looked_at = clock.time
    newest = recorder(context, ada).newest_at
    clock.forward(hours=2)
    connected.spoil("six_months", "unauthorized")
    look(context, ada)
    assert recorder(context, ada).next_at is None
    clock.forward(days=10)
    assert recording.due(context) == []
    clock.forward(days=2)
    recording.due(context)
    [growing] = gaps(context)
    assert (growing.from_at, growing.until_at, growing.reason) == (looked_at, clock.time, "ended")
    assert state.listed(context, ada)[0].ended

    connected.mend()
    connect_demo(context, ada)
    [(recorder_id, _)] = recording.due(context)
    made = recording.look(context, recorder_id)

    assert made is not None
    assert made.gap
    [gap] = gaps(context)
    assert (gap.from_at, gap.reason) == (newest, "ended")
    assert gap.until_at < clock.time
    assert not state.listed(context, ada)[0].ended


def test_a_short_end_that_lost_nothing_is_no_gap(
    context: Context, ada: Person, connected: DemoSpotify, clock: Clock
) -> None:
    look(context, ada)
    connected.spoil("six_months", "unauthorized")
    clock.forward(hours=2)
    look(context, ada)
    recording.due(context)
    assert len(gaps(context)) == 1
    connected.mend()
    connect_demo(context, ada)

    assert look(context, ada).gap is False
    assert gaps(context) == []


def test_whoever_turns_it_off_is_not_looked_at_and_has_no_gap(
    context: Context, ada: Person, connected: DemoSpotify, clock: Clock
) -> None:
    look(context, ada)
    recording.turn_off(context, ada)
    clock.forward(days=30)
    assert recording.due(context) == []
    connect_demo(context, ada)
    assert recording.due(context) == []

    recording.turn_on(context, ada)
    assert [user_id for _, user_id in recording.due(context)] == [ada.id]
    assert look(context, ada, at_once=False).gap is False
    assert gaps(context) == []


def test_whoever_connects_is_recorded_from_then_on(
    context: Context, ada: Person, bob: Person, connected: DemoSpotify, clock: Clock
) -> None:
    [(recorder_id, user_id)] = recording.due(context)

    assert user_id == ada.id
    assert recording.look(context, recorder_id) is not None
    assert recording.due(context) == []
    assert recording.look(context, recorder_id) is None
    clock.forward(hours=1)
    assert recording.due(context) == [(recorder_id, ada.id)]


def test_whoever_looks_around_at_the_demo_is_not_recorded_nor_asked_about_for_an_hour(
    context: Context, ada: Person, bob: Person, clock: Clock
) -> None:
    with server(context, {}) as here:
        set_up(here.one, FIRST)
        for person in (ada, bob):
            consent = connecting.begin(here.one, person, "/", look_around=True)
            connecting.finish(here.one, person, agreed(consent))
        recording.turn_off(here.one, bob)

        made = [recording.look(here.one, recording.of(here.one, one)) for one in (ada, bob)]

    assert made == [None, None]
    assert recorder(context, ada).next_at == clock.time + timedelta(hours=1)
    assert recorder(context, bob).next_at is None


def test_another_account_at_spotify_begins_anew(
    context: Context, ada: Person, connected: DemoSpotify, clock: Clock
) -> None:
    look(context, ada)
    clock.forward(days=30)
    connect_demo(context, ada, "chiara")

    made = look(context, ada)

    assert (made.new, made.gap) == (50, False)
    assert recorder(context, ada).account == "demo-chiara"


def test_whoever_disconnects_meanwhile_is_not_recorded(
    context: Context, ada: Person, connected: DemoSpotify
) -> None:
    connected.hold(1)
    found: list[Round | None] = []
    recorder_id = recording.of(context, ada)
    looking = Thread(target=lambda: found.append(recording.look(context, recorder_id)))
    looking.start()
    connected.wait_until_held()
    spotify.disconnect(context, ada)
    connected.let_go()
    looking.join()

    assert kept(context) == []
    assert found[0] is not None
    assert found[0].trouble is not None


def test_two_at_once_make_one_request(
    context: Context, ada: Person, connected: DemoSpotify
) -> None:
    recorder_id = recording.of(context, ada)
    made: list[Round | None] = []
    both = [
        Thread(target=lambda: made.append(recording.look(context, recorder_id))) for _ in range(2)
    ]
    for one in both:
        one.start()
    for one in both:
        one.join()

    assert connected.asked == ["/v1/me/player/recently-played"]
    assert sorted(found is None for found in made) == [False, True]
    assert len(kept(context)) == 50


def test_a_good_look_forgets_the_failures_before_it(
    context: Context, ada: Person, connected: DemoSpotify
) -> None:
    connected.spoil("unavailable", times=2)
    for failures in (1, 2):
        look(context, ada)
        assert recorder(context, ada).failures == failures
    look(context, ada)
    assert (recorder(context, ada).failures, recorder(context, ada).error) == (0, None)
