"""Numbers and times in sentences are as people write them."""

import pytest

from ttt import words


@pytest.mark.parametrize(
    ("part", "of", "said"),
    [(0, 4, "0 %"), (1, 0, "0 %"), (1, 101, "under 1 %"), (4, 5, "80 %"), (199, 200, "99 %")],
)
def test_a_part_is_said_in_per_cent_and_never_to_be_all(part: float, of: float, said: str) -> None:
    assert words.share(part, of) == said
    assert words.share(4, 4) == "100 %"


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(2_700, "45 min"), (3_600, "1 h"), (3_660, "1 h 1 min"), (12_000, "3 h 20 min")],
)
def test_a_length_is_said_in_hours_and_minutes(seconds: float, said: str) -> None:
    assert words.length(seconds) == said


@pytest.mark.parametrize(
    ("days", "said"),
    [
        *((1, "1 day"), (364, "364 days"), (365, "12 months"), (730, "24 months")),
        *((731, "2 years"), (1_096, "3 years"), (4 * 366 - 1, "4 years")),
    ],
)
def test_many_days_are_said_in_days_then_in_months_then_in_years(days: int, said: str) -> None:
    assert words.length_of_days(days) == said


@pytest.mark.parametrize(
    ("hour", "said"), [(0, "00:00"), (8, "08:00"), (23, "23:00"), (24, "00:00")]
)
def test_an_hour_of_the_day_is_said_as_a_clock_shows_it(hour: int, said: str) -> None:
    assert words.hour(hour) == said


def test_what_fell_short_is_counted_or_said_to_be_none() -> None:
    assert words.short_of(0, 3, "track") == "no tracks"
    assert words.short_of(0, 1, "track") == "no tracks"
    assert words.short_of(1, 2, "track") == "only 1 of 2 tracks"
    assert words.short_of(1_000, 1_001, "track") == "only 1,000 of 1,001 tracks"
