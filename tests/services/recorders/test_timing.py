"""When a recorder looks again: soon after plays, seldom without any, hardly at night."""

from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from ttt.services.recorders import timing

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def test_after_plays_a_look_comes_soon_and_without_any_an_hour_later() -> None:
    assert timing.next_look(NOON, "", None, news=True) == NOON + timedelta(minutes=20)
    assert timing.next_look(NOON, "", NOON, news=False) == NOON + timedelta(hours=1)


def test_whoever_goes_on_for_hours_is_looked_at_every_half_hour() -> None:
    just_now, long_ago = NOON - timedelta(minutes=54), NOON - timedelta(minutes=55)

    assert timing.next_look(NOON, "Europe/Berlin", long_ago, news=True) == NOON + timing.SOON
    assert timing.next_look(NOON, "Europe/Berlin", just_now, news=True) == NOON + timing.STILL


@pytest.mark.parametrize(
    ("zone", "hour", "quiet"),
    [
        ("Europe/Berlin", 0, True),
        ("Europe/Berlin", 5, True),
        ("Europe/Berlin", 6, False),
        ("Europe/Berlin", 23, False),
        ("America/New_York", 6, True),
        ("", 2, False),
        ("No/Where", 2, False),
    ],
)
def test_the_night_is_that_of_the_person(zone: str, hour: int, quiet: bool) -> None:
    now = NOON.replace(hour=hour)

    assert (timing.next_look(now, zone, None, news=True) == now + timedelta(hours=2)) == quiet


@pytest.mark.parametrize(("zone", "most"), [("", 72), ("Asia/Tokyo", 40)])
@pytest.mark.parametrize("seed", range(5))
def test_no_day_costs_more_than_promised_whatever_is_played(
    zone: str, most: int, seed: int
) -> None:
    luck = Random(seed)
    now, before, looks = NOON, None, list[datetime]()
    busy = luck.choice([0.2, 0.5, 0.8, 1.0])
    while now < NOON + timedelta(days=10):
        looks.append(now)
        now, before = timing.next_look(now, zone, before, news=luck.random() < busy), now

    for start in looks:
        assert sum(start <= look < start + timedelta(days=1) for look in looks) <= most


def test_failures_rest_longer_and_longer() -> None:
    rests = [timing.after_failure(NOON, failures) - NOON for failures in range(1, 12)]

    assert rests[:5] == [timedelta(minutes=20 * 2**doubled) for doubled in range(5)]
    assert set(rests[5:]) == {timedelta(hours=6)}
