"""Spans are what addresses name, each beside the right stretch before it."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ttt.errors import InvalidInput
from ttt.services.plays.frame.span import of_week, read

TODAY, BEGINS = date(2026, 11, 28), date(2016, 3, 5)
steadily = settings(derandomize=True, deadline=None)


def ends(key: str) -> tuple[str, str, str | None, str | None]:
    span = read(key, BEGINS, TODAY)
    before = span.before
    return (
        *(str(span.first), str(span.last)),
        *((str(before.first), str(before.last)) if before else (None, None)),
    )


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("4w", ("2026-11-01", "2026-11-28", "2026-10-04", "2026-10-31")),
        ("1y", ("2025-11-29", "2026-11-28", "2024-11-29", "2025-11-28")),
        ("all", ("2016-03-05", "2026-11-28", None, None)),
        ("2025", ("2025-01-01", "2025-12-31", "2024-01-01", "2024-12-31")),
        ("2026", ("2026-01-01", "2026-11-28", "2025-01-01", "2025-11-28")),
        ("2025-03", ("2025-03-01", "2025-03-31", "2025-02-01", "2025-02-28")),
        ("2026-11", ("2026-11-01", "2026-11-28", "2026-10-01", "2026-10-28")),
        ("2025-01-10..2025-01-20", ("2025-01-10", "2025-01-20", "2024-12-30", "2025-01-09")),
    ],
)
def test_an_address_names_a_span_and_the_one_before(key: str, expected: tuple[str, ...]) -> None:
    assert ends(key) == expected


def test_dates_in_the_wrong_order_are_put_right() -> None:
    assert ends("2025-01-20..2025-01-10") == ends("2025-01-10..2025-01-20")


@pytest.mark.parametrize(
    "key",
    [
        *("", "2y", "2025-13", "0000", "1890", "9999", "2025-02-30..2025-03-01", "2025-1", "../x"),
        *("2027", "2026-12", "2026-11-29..2026-12-05"),  # not yet
        *("0001-01-01..2026-01-01", "9999-12-31..0001-01-01", "0001-01-01..0001-01-02"),
    ],
)
def test_what_names_no_dates_is_said_so(key: str) -> None:
    with pytest.raises(InvalidInput):
        read(key, BEGINS, TODAY)


@steadily
@given(st.text(max_size=30))
def test_no_address_breaks_the_page(key: str) -> None:
    try:
        span = read(key, BEGINS, TODAY)
    except InvalidInput:
        return
    assert span.first <= span.last


@steadily
@given(st.dates(date(2000, 1, 1), TODAY), st.dates(date(2000, 1, 1), TODAY))
def test_the_key_of_a_span_names_the_same_span(one: date, other: date) -> None:
    span = read(f"{one}..{other}", BEGINS, TODAY)

    assert read(span.key, BEGINS, TODAY) == span
    assert span.before is not None
    assert span.before.days == span.days
    assert (span.first - span.before.last).days == 1


@pytest.mark.parametrize(
    ("key", "name", "before"),
    [
        ("4w", "the last 4 weeks", "the 4 weeks before"),
        ("2025", "2025", "2024"),
        ("2026", "2026 so far", "2025"),
        ("2025-01", "January 2025", "December 2024"),
        ("2025-01-10..2025-01-20", "10 January 2025 to 20 January 2025", "the 11 days before"),
    ],
)
def test_a_span_and_the_one_before_are_called_by_what_they_are(
    key: str, name: str, before: str
) -> None:
    span = read(key, BEGINS, TODAY)

    assert span.before is not None
    assert (span.name, span.before.name) == (name, before)


@pytest.mark.parametrize(
    ("key", "current"),
    [("1y", True), ("2026", True), ("2025", False), ("2026-11", True), ("2026-10", False)],
)
def test_a_span_up_to_today_is_still_going_on(key: str, current: bool) -> None:
    assert read(key, BEGINS, TODAY).current is current


def test_a_week_begins_on_monday_and_goes_on_until_its_end() -> None:
    week = of_week(date(2026, 11, 25))

    assert (week.first, week.last, week.current) == (date(2026, 11, 23), date(2026, 11, 25), True)
