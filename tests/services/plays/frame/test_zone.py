"""Wall clocks of zones, for days and seconds."""

from datetime import UTC, date, datetime

import numpy as np
import pytest

from ttt.services.plays.frame import zone


@pytest.mark.parametrize(
    ("day", "number"),
    [
        (date(1970, 1, 1), 0),
        (date(1970, 1, 2), 1),
        (date(1969, 12, 31), -1),
        (date(2024, 2, 29), 19_782),
    ],
)
def test_a_day_is_a_number_and_back(day: date, number: int) -> None:
    assert (zone.number(day), zone.day(number)) == (number, day)


def test_no_instants_have_no_offsets() -> None:
    assert zone.offsets("Europe/Berlin", np.zeros(0, np.int64)).tolist() == []


@pytest.mark.parametrize("at", [0, 1, 2, 86_399, 86_400, 86_401, -86_401, -86_400, -2, -1])
def test_a_year_knows_a_change_in_each_of_its_seconds(
    at: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, last = (int(datetime(year, 1, 1, tzinfo=UTC).timestamp()) for year in (2020, 2021))
    change = first + at if at >= 0 else last + at
    monkeypatch.setattr(zone, "_ahead", lambda _zone, instant: 3_600 * (instant >= change))
    assert zone._changes.__wrapped__("Made/Up", 2020) == ((change, 3_600),)
    assert zone._changes.__wrapped__("Made/Up", 2019) == ()
    assert zone._changes.__wrapped__("Made/Up", 2021) == ()


@pytest.mark.parametrize(
    ("name", "change", "before", "after"),
    [
        # On the first and the last day of a year, as some did.
        ("Africa/Sao_Tome", datetime(2018, 1, 1, 1, tzinfo=UTC), 0, 3_600),
        ("Africa/Sao_Tome", datetime(2019, 1, 1, 1, tzinfo=UTC), 3_600, 0),
        ("Pacific/Kiritimati", datetime(1994, 12, 31, 10, tzinfo=UTC), -36_000, 50_400),
        ("Pacific/Apia", datetime(2011, 12, 30, 10, tzinfo=UTC), -36_000, 50_400),
        ("Europe/Berlin", datetime(2026, 3, 29, 1, tzinfo=UTC), 3_600, 7_200),
    ],
)
@pytest.mark.parametrize("around", [1, 40 * zone.DAY])
def test_a_clock_changes_to_the_second(
    name: str, change: datetime, before: int, after: int, around: int
) -> None:
    at = int(change.timestamp())
    instants = np.array([at - around, at - 1, at, at + around], np.int64)
    assert zone.offsets(name, instants).tolist() == [before, before, after, after]
    assert zone.wall_clock(name, at) == at + after


@pytest.mark.parametrize(
    ("name", "days"),
    [
        ("Pacific/Apia", [date(2011, 12, 30)]),
        ("Pacific/Fakaofo", [date(2011, 12, 30)]),
        ("America/Havana", []),  # its clocks change at midnight
        ("Pacific/Kiritimati", []),
        ("UTC", []),
    ],
)
def test_days_that_a_moved_date_line_passed_over_never_were(name: str, days: list[date]) -> None:
    begin, end = (zone.number(date(year, 1, 1)) for year in (2010, 2020))
    assert [zone.day(n) for n in zone.passed_over(name, begin, end)] == days
    for gone in map(zone.number, days):
        assert zone.passed_over(name, gone, gone + 1) == [gone]
        assert zone.passed_over(name, gone - 1, gone) == zone.passed_over(name, gone + 1, end) == []
