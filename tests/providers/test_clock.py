"""Until when a service wants to be left alone."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import settings as trying
from hypothesis import strategies as st

from tests.providers.conftest import NOW
from ttt.providers.clock import LONGEST_WAIT, blocked_until, utc_now


@pytest.mark.parametrize(
    ("retry_after", "wait"),
    [
        ("17", timedelta(seconds=17)),
        (" 17 ", timedelta(seconds=17)),
        ("Sun, 22 Nov 2026 12:30:00 GMT", timedelta(minutes=30)),
        ("Sun, 22 Nov 2026 11:59:59 GMT", timedelta(seconds=5)),
        ("Fri, 31 Dec 9999 23:59:59 GMT", timedelta(days=7)),
        ("99999999999999999999", timedelta(days=7)),
        ("9" * 5000, timedelta(seconds=5)),
        ("0", timedelta(seconds=5)),
        ("-5", timedelta(seconds=5)),
        ("soon", timedelta(seconds=5)),
        ("", timedelta(seconds=5)),
    ],
)
def test_seconds_and_dates_are_read_and_bounded(retry_after: str, wait: timedelta) -> None:
    assert blocked_until(retry_after, NOW, usual=5) == NOW + wait


@trying(derandomize=True, max_examples=200, deadline=None)
@given(st.text(max_size=40))
def test_no_header_is_too_odd(retry_after: str) -> None:
    until = blocked_until(retry_after, NOW)
    assert NOW < until <= NOW + timedelta(seconds=LONGEST_WAIT)


def test_the_clock_is_aware() -> None:
    assert utc_now().utcoffset() == timedelta(0)
