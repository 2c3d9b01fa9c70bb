"""What lasts holds until its end, and no longer than it may."""

from datetime import UTC, datetime, timedelta

from ttt.store import ahead

NOW = datetime(2026, 11, 22, tzinfo=UTC)
HOUR, MOMENT = timedelta(hours=1), timedelta(microseconds=1)


def test_a_time_holds_from_now_to_the_longest_that_it_may_last() -> None:
    longest = NOW + HOUR + ahead.SLACK
    ends = (NOW, NOW + MOMENT, longest, longest + MOMENT)
    assert [ahead.lasts(end, NOW, HOUR) for end in ends] == [False, True, True, False]
