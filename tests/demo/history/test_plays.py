"""Ten years of plays of each demo listener: the same everywhere, never another past, alive."""

import subprocess
import sys
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from ttt.demo import ranks
from ttt.demo.history.lives import LIVES
from ttt.demo.history.plays import FORWARD, played, played_lately
from ttt.demo.listeners import LISTENERS
from ttt.settings import PROJECT

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
EACH_LISTENER = pytest.mark.parametrize("person", LISTENERS, ids=lambda person: person.id)
_PRINT = """
import hashlib, pathlib, datetime
from ttt.demo.history.plays import played
from ttt.demo.library import Library
from ttt.demo.listeners import LISTENERS
library = Library.load(pathlib.Path("data/catalogue.csv"))
plays = played(library, LISTENERS[4], datetime.datetime(2026, 11, 25, 12, tzinfo=datetime.UTC))
digest = hashlib.sha256(plays.start.tobytes() + plays.track.tobytes() + plays.ms.tobytes())
print(digest.hexdigest())
"""


def year(plays):
    return plays.start.astype("datetime64[ms]").astype("datetime64[Y]").astype(int) + 1970


def share(mask):
    return float(np.mean(mask))


@EACH_LISTENER
def test_ten_years_hold_some_ten_thousands_of_plays(library, person):
    plays = played(library, person, NOW)

    assert 20_000 <= len(plays) <= 80_000
    assert NOW.year - LIVES[person.id].joined.year == 10
    assert set(year(plays)) == set(range(2016, 2027))
    assert NOW - timedelta(days=3) < datetime.fromtimestamp(plays.end[-1] / 1000, UTC) <= NOW


@EACH_LISTENER
def test_nobody_hears_two_tracks_at_once_or_more_than_there_is(library, person):
    plays = played(library, person, NOW)
    lengths = np.array([track.duration_ms for track in library.tracks])

    assert (plays.start[1:] >= plays.end[:-1]).all()
    assert (plays.end - plays.start >= plays.ms).all()
    assert (plays.ms <= lengths[plays.track]).all()


def test_a_later_day_only_adds(library):
    person = LISTENERS[0]
    before = played(library, person, NOW - timedelta(days=1000, hours=7))

    later = played(library, person, NOW).where(slice(len(before)))

    for name in ("start", "end", "ms", "track", "luck", "private", "device"):
        assert (getattr(later, name) == getattr(before, name)).all()


def test_the_last_plays_are_the_same_when_only_they_are_drawn(library):
    person = LISTENERS[3]
    whole, lately = played(library, person, NOW), played_lately(library, person, NOW)

    assert 1_000 < len(lately) < len(whole) / 4
    assert (whole.start[-len(lately) :] == lately.start).all()
    assert (whole.track[-len(lately) :] == lately.track).all()


def test_nothing_is_played_before_somebody_joined(library):
    assert len(played(library, LISTENERS[0], datetime(2010, 1, 1, tzinfo=UTC))) == 0


@pytest.mark.slow
def test_another_process_finds_the_same_plays():
    def digest(seed):
        command = [sys.executable, "-c", _PRINT]
        environment = {"PYTHONHASHSEED": seed, "PYTHONPATH": str(PROJECT)}
        return subprocess.check_output(command, cwd=PROJECT, env=environment)

    assert digest("1") == digest("2")


@EACH_LISTENER
def test_each_has_a_silence_a_night_of_one_track_and_private_sessions(library, person):
    plays = played(library, person, NOW)
    days = plays.start.astype("datetime64[ms]").astype("datetime64[D]")

    for start, end in LIVES[person.id].silences:
        inside = (days > np.datetime64(start)) & (days < np.datetime64(end) - 1)
        assert not inside.any()
    longest = 1
    for row in np.split(plays.track, np.nonzero(np.diff(plays.track))[0] + 1):
        longest = max(longest, len(row))
    assert longest >= 20
    assert 0.005 < share(plays.private) < 0.03
    assert 0.005 < share(plays.offline) < 0.06


@EACH_LISTENER
def test_skips_are_short_and_new_tracks_are_skipped_more(library, person):
    plays = played(library, person, NOW)
    skipped = plays.ms < 30_000
    first = np.unique(plays.track, return_index=True)[1]

    assert 0.04 < share(skipped) < 0.30
    assert set(plays.reason[skipped & (plays.luck > 0.1)]) >= {FORWARD}
    assert share(skipped[first]) > share(skipped)


@EACH_LISTENER
def test_tracks_are_discovered_every_year_and_not_all_of_them_stay(library, person):
    plays = played(library, person, NOW)
    years = year(plays)
    found = years[np.unique(plays.track, return_index=True)[1]]
    early = np.bincount(plays.track[years <= 2019], minlength=len(library.tracks))
    late = np.bincount(plays.track[years >= 2024], minlength=len(library.tracks))
    loved = np.argsort(-early)[:150]

    assert min(Counter(found.tolist()).values()) >= 15
    assert 0.08 < share(late[loved] < early[loved] / 5) < 0.8
    assert share(late[loved] > early[loved] / 2) > 0.1


@EACH_LISTENER
def test_tastes_turn_and_favourites_change_over_the_years(library, person):
    plays = played(library, person, NOW)
    years = year(plays)

    def top(wanted):
        counts = np.bincount(plays.track[years == wanted], minlength=len(library.tracks))
        return set(np.argsort(-counts)[:50].tolist())

    assert len(top(2017) & top(2025)) < 35
    assert len(top(2024) & top(2025)) > len(top(2017) & top(2025)) - 5
    energy = np.array([track.energy for track in library.tracks])
    means = [energy[plays.track[years == y]].mean() for y in range(2017, 2026)]
    assert max(means) - min(means) > 0.01


@EACH_LISTENER
def test_summers_sound_brighter_than_winters(library, person):
    plays = played(library, person, NOW)
    months = plays.start.astype("datetime64[ms]").astype("datetime64[M]").astype(int) % 12
    bright = np.array([track.energy + track.valence for track in library.tracks])[plays.track]

    assert bright[np.isin(months, (5, 6, 7))].mean() > bright[np.isin(months, (11, 0, 1))].mean()


def test_the_day_follows_a_move_to_another_time_zone(library):
    person = LISTENERS[0]
    plays = played(library, person, NOW)

    def local(zone, first, last):
        start, end = (
            np.datetime64(day).astype("datetime64[ms]").astype(int) for day in (first, last)
        )
        chosen = plays.start[(plays.start > start) & (plays.start < end)]
        moments = [datetime.fromtimestamp(ms / 1000, ZoneInfo(zone)) for ms in chosen.tolist()]
        hours = Counter(moment.hour for moment in moments if moment.weekday() < 5)
        return sum(hours[hour] for hour in (2, 3, 4, 5, 6)) / hours.total()

    there = (date(2022, 1, 3), date(2023, 9, 25))
    before = (date(2017, 1, 2), date(2021, 8, 23))
    assert local("Europe/Berlin", *before) < 0.05
    assert local("America/New_York", *there) < 0.05
    assert local("Europe/Berlin", *there) > 0.1


@EACH_LISTENER
def test_the_lists_hold_what_was_played(library, person):
    plays = played(library, person, NOW)
    recent = plays.track[plays.start > (NOW.timestamp() - 365 * 86400) * 1000]
    heard = {library.tracks[place].id for place in set(recent.tolist())}
    listed = ranks.top_tracks(library, person, "long_term", ranks.iso_week(NOW))[:50]

    assert sum(track.id in heard for track in listed) >= 45
