"""The recently played list with its faults, as Spotify has them."""

import re
from datetime import UTC, datetime

import pytest

from ttt.demo.history.plays import played
from ttt.demo.library import relinked
from ttt.demo.listeners import LISTENERS
from ttt.demo.named_faults import named
from ttt.demo.web_api.recent import newest

PATH = "v1/me/player/recently-played"
EACH_LISTENER = pytest.mark.parametrize("person", LISTENERS, ids=lambda person: person.id)


def moments(page):
    return [row["played_at"] for row in page["items"]]


@pytest.fixture
def get(browser, token):
    def get(**parameters):
        return browser.get(PATH, token, **parameters)

    return get


def told(library, person, now, weeks=60):
    """Everything that the list held at one time or another, looked at daily."""
    rows = {}
    for step in range(weeks * 7):
        found = newest(library, person, datetime.fromtimestamp(now.timestamp() - step * 86400, UTC))
        rows |= {(row.played_at, row.track.id): row for row in found}
    return rows


def test_twenty_rows_come_newest_first_unless_more_are_asked_for(get):
    page = get().json()

    assert (len(page["items"]), page["limit"]) == (20, 20)
    assert moments(page) == sorted(moments(page), reverse=True)
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", at) for at in moments(page))
    assert len(get(limit=50).json()["items"]) == 50


def test_only_the_newest_fifty_can_be_had(browser, token, get):
    page = get(limit=20).json()
    seen = []
    while page["next"]:
        seen += moments(page)
        page = browser.get(page["next"], token).json()
    seen += moments(page)

    assert seen == moments(get(limit=50).json())
    oldest = int(get(limit=50).json()["cursors"]["before"])
    empty = get(limit=50, before=oldest).json()
    assert (empty["items"], empty["next"], empty["cursors"]) == ([], None, None)


def test_after_a_moment_comes_only_what_is_newer(get):
    page = get(limit=50).json()
    cursor = int(datetime.fromisoformat(moments(page)[7]).timestamp() * 1000)

    assert moments(get(limit=50, after=cursor).json()) == moments(page)[:7]
    assert moments(get(limit=5, before=cursor).json()) == moments(page)[8:13]


@pytest.mark.parametrize(
    "parameters",
    [{"limit": 0}, {"limit": 51}, {"after": "now"}, {"before": -1}, {"after": 1, "before": 2}],
)
def test_what_cannot_be_asked_is_refused(get, parameters):
    assert get(**parameters).status_code == 400


def test_without_the_permission_the_list_is_refused(browser):
    token = browser.tokens(scope="user-top-read")["access_token"]

    response = browser.get(PATH, token)

    assert response.status_code == 403
    assert response.json()["error"]["message"] == "Insufficient client scope"


@EACH_LISTENER
def test_private_sessions_and_most_skips_are_never_told(library, person, clock):
    plays = played(library, person, clock())
    private = set(plays.start[plays.private]) | set(plays.end[plays.private])
    skipped = plays.where((plays.ms < 30_000) & ~plays.private)
    short = set(skipped.start) | set(skipped.end)
    times = {at for at, _ in told(library, person, clock(), weeks=12)}

    assert not times & private
    assert len(times & short) < 0.2 * len(times)


def test_times_are_mostly_ends_and_at_times_starts(library, clock):
    plays = played(library, LISTENERS[0], clock())
    ends, starts = set(plays.end.tolist()), set(plays.start.tolist())
    times = {at for at, _ in told(library, LISTENERS[0], clock(), weeks=20)}

    assert all(at in ends or at in starts for at in times)
    assert 0.65 < sum(at in ends for at in times) / len(times) < 0.95


def test_some_plays_are_missing_and_some_come_under_another_id(library, clock):
    person = LISTENERS[2]
    rows = told(library, person, clock(), weeks=30)
    oldest = min(at for at, _ in rows)
    plays = played(library, person, clock())
    due = plays.where((plays.start > oldest) & (plays.ms >= 30_000) & ~plays.private)
    times = {at for at, _ in rows}
    missing = [
        a not in times and b not in times
        for a, b in zip(due.start[:-60].tolist(), due.end[:-60].tolist(), strict=True)
    ]
    ids = {track.id for track in library.tracks}
    others = {relinked(track).id: track.isrc for track in library.tracks}
    foreign = [row for row in rows.values() if row.track.id not in ids]

    assert 0.005 < sum(missing) / len(missing) < 0.08
    assert 0.01 < len(foreign) / len(rows) < 0.06
    assert all(others[row.track.id] == row.track.isrc for row in foreign)
    assert any(row.context is None for row in rows.values())


def test_a_track_under_its_other_id_can_be_looked_up(browser, token, library):
    other = relinked(library.tracks[3])

    track = browser.get(f"v1/tracks/{other.id}", token).json()

    assert (track["id"], track["name"]) == (other.id, library.tracks[3].title)


def test_a_play_shows_only_after_a_while(library, clock):
    person = LISTENERS[2]
    plays = played(library, person, clock())
    ends = {int(end): int(end) for end in plays.end[-300:].tolist()}
    for end in list(ends)[-40:]:
        just_after = datetime.fromtimestamp(end / 1000 + 5, UTC)
        assert end not in {row.played_at for row in newest(library, person, just_after)}


def test_odd_answers_are_what_their_names_say(browser, faults, token, get):
    right = get(limit=50).json()

    def answer(name):
        faults.clear()
        faults.add(named(name))
        return get(limit=50).json()

    assert answer("insufficient_scope")["error"]["message"] == "Insufficient client scope"
    assert answer("plays_empty")["items"] == []
    assert answer("plays_missing")["items"] == right["items"][::2]
    assert answer("plays_null")["items"][0] is None
    assert answer("plays_local")["items"][0]["track"]["is_local"] is True
    assert answer("plays_without_track")["items"][10]["track"] is None
    assert answer("plays_bare")["items"][0].keys() == {"played_at"}
