"""Until somebody chooses a time, one is shown in which they played something."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

import numpy as np
import pytest

from tests.services.plays.histories import History, Told
from ttt.services.plays.frame import Frame, Gap, PlayedTrack, silences, usual


def heard(*days: str, zone: str = "UTC", gaps: Sequence[Gap] = ()) -> Frame:
    """A play at noon UTC of each day."""
    told = [
        Told(int(datetime.fromisoformat(f"{day}T12:00").replace(tzinfo=UTC).timestamp()), 60_000, 1)
        for day in days
    ]
    return History(told, [PlayedTrack(1, "Song", ("Band",))], zone, list(gaps)).frame


def test_without_any_play_the_time_stays() -> None:
    assert usual.span("1y", heard(), date(2026, 11, 30)).key == "1y"


@pytest.mark.parametrize(
    ("newest", "today", "shown"),
    [
        ("2026-03-01", "2026-11-30", "1y"),
        ("2025-12-01", "2026-11-30", "1y"),
        ("2025-11-30", "2026-11-30", "all"),
        ("2024-06-13", "2026-11-30", "all"),
    ],
)
def test_a_year_without_plays_gives_way_to_the_whole_history(
    newest: str, today: str, shown: str
) -> None:
    found = usual.span("1y", heard("2020-05-01", newest), date.fromisoformat(today))
    assert found.key == shown


@pytest.mark.parametrize(
    ("days", "today", "shown"),
    [
        (("2025-05-01", "2026-03-01"), "2026-11-30", "2026"),
        (("2023-05-01", "2024-06-13"), "2026-11-30", "2024"),
        # Nothing yet in the new year, a little in it, and enough for a recap of its own.
        (("2025-05-01", "2026-03-01"), "2027-01-01", "2026"),
        (("2026-03-01", "2027-01-01"), "2027-01-01", "2026"),
        (("2026-03-01", "2027-01-01"), "2027-01-31", "2026"),
        (("2026-03-01", "2027-01-01"), "2027-02-01", "2027"),
        # In January nothing is shown of long ago in the place of this year.
        (("2019-03-01", "2027-01-01"), "2027-01-02", "2027"),
        # A clock that is ahead is no next year.
        (("2026-03-01", "2027-01-01"), "2026-12-31", "2026"),
        ((), "2027-01-02", "2027"),
    ],
)
def test_the_year_of_a_recap_is_the_newest_with_plays_and_in_january_the_one_before(
    days: tuple[str, ...], today: str, shown: str
) -> None:
    assert usual.span("year", heard(*days), date.fromisoformat(today)).key == shown


@pytest.mark.parametrize(
    ("days", "today", "years"),
    [
        (("2018-05-01", "2026-03-01"), "2026-11-30", [2026, 2025, 2024, 2023]),
        (("2018-05-01", "2024-06-13"), "2026-11-30", [2024, 2023, 2022, 2021]),
        (("2025-05-01", "2026-03-01"), "2026-11-30", [2026, 2025]),
        (("2025-05-01", "2027-03-01"), "2026-11-30", [2025]),
    ],
)
def test_the_newest_years_with_plays_are_offered(
    days: tuple[str, ...], today: str, years: list[int]
) -> None:
    assert list(usual.years(heard(*days), date.fromisoformat(today))) == years


def silent_since(day: str, today: str) -> list[Gap]:
    days = [(date.fromisoformat(each) - date(1970, 1, 1)).days for each in (day, today)]
    return silences.until(np.array(days[:1]), days[1])


@pytest.mark.parametrize("zone", ["UTC", "Europe/Berlin", "America/Los_Angeles", "Asia/Tokyo"])
def test_a_history_ends_where_nobody_has_told_of_anything_since(zone: str) -> None:
    today, last = date(2026, 11, 30), date(2024, 6, 13)
    gaps = silent_since("2024-06-13", "2026-11-30")
    frame = heard("2022-05-01", "2024-06-13", zone=zone, gaps=gaps)
    span = usual.span("1y", frame, today)

    assert usual.ends(frame, today) == last
    assert (span.key, span.first, span.last, span.current) == ("all", date(2022, 5, 1), last, False)


def test_a_history_goes_on_while_somebody_tells_of_it() -> None:
    today = date(2026, 11, 30)
    old = silent_since("2024-06-13", "2025-06-13")
    assert usual.ends(heard("2024-06-13", "2026-11-29", gaps=old), today) == today
    recorded = heard("2024-06-13", gaps=[])
    assert usual.ends(recorded, today) == today
    assert usual.ends(heard(), today) == today


def test_days_on_which_a_recorder_heard_nothing_belong_to_a_history() -> None:
    # Switched off in the evening of the 20th, ten days after the last play.
    off = int(datetime(2026, 11, 20, 20, tzinfo=UTC).timestamp())
    now = int(datetime(2026, 11, 30, 8, tzinfo=UTC).timestamp())
    frame = heard("2026-05-01", "2026-11-10", gaps=[Gap(off, now, "off")])
    assert usual.ends(frame, date(2026, 11, 30)) == date(2026, 11, 20)
