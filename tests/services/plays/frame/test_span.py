"""Spans are what addresses name, each beside the right stretch before it."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ttt.errors import InvalidInput
from ttt.services.plays.frame.span import Span, between, everything, of_week, of_year, read

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
        ("6m", ("2026-05-31", "2026-11-28", "2025-11-30", "2026-05-30")),
        ("1y", ("2025-11-29", "2026-11-28", "2024-11-29", "2025-11-28")),
        ("all", ("2016-03-05", "2026-11-28", None, None)),
        ("2025", ("2025-01-01", "2025-12-31", "2024-01-01", "2024-12-31")),
        ("2026", ("2026-01-01", "2026-11-28", "2025-01-01", "2025-11-28")),
        ("2025-03", ("2025-03-01", "2025-03-31", "2025-02-01", "2025-02-28")),
        ("2025-02", ("2025-02-01", "2025-02-28", "2025-01-01", "2025-01-31")),
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
    ("key", "name", "before", "address"),
    [
        ("4w", "the last 4 weeks", "the 4 weeks before", "2026-10-04..2026-10-31"),
        ("6m", "the last 6 months", "the 6 months before", "2025-11-30..2026-05-30"),
        ("1y", "the last year", "the year before", "2024-11-29..2025-11-28"),
        ("2025", "2025", "2024", "2024"),
        ("2026", "2026 so far", "2025", "2025"),
        ("2025-01", "January 2025", "December 2024", "2024-12"),
        (
            "2025-01-10..2025-01-20",
            "10 January 2025 to 20 January 2025",
            "the 11 days before",
            "2024-12-30..2025-01-09",
        ),
        (
            "2025-01-10..2025-01-11",
            "10 January 2025 to 11 January 2025",
            "the 2 days before",
            "2025-01-08..2025-01-09",
        ),
        (
            "2025-01-10..2025-01-10",
            "10 January 2025",
            "the day before",
            "2025-01-09..2025-01-09",
        ),
    ],
)
def test_a_span_and_the_one_before_are_called_by_what_they_are(
    key: str, name: str, before: str, address: str
) -> None:
    span = read(key, BEGINS, TODAY)

    assert span.before is not None
    assert (span.name, span.before.name, span.before.key) == (name, before, address)


@pytest.mark.parametrize(
    ("key", "current"),
    [("1y", True), ("2026", True), ("2025", False), ("2026-11", True), ("2026-10", False)],
)
def test_a_span_up_to_today_is_still_going_on(key: str, current: bool) -> None:
    assert read(key, BEGINS, TODAY).current is current


def test_a_week_begins_on_monday_and_goes_on_until_its_end() -> None:
    week = of_week(date(2026, 11, 25))

    assert (week.first, week.last, week.current) == (date(2026, 11, 23), date(2026, 11, 25), True)


@pytest.mark.parametrize(
    ("today", "key", "until", "before"),
    [
        # The month before is the shorter one: it ends where it ends.
        (date(2026, 3, 30), "2026-03", "2026-03-30", "2026-02-28"),
        (date(2026, 3, 31), "2026-03", "2026-03-31", "2026-02-28"),
        (date(2026, 2, 27), "2026-02", "2026-02-27", "2026-01-27"),
        (date(2026, 2, 28), "2026-02", "2026-02-28", "2026-01-31"),
        (date(2026, 3, 1), "2026-03", "2026-03-01", "2026-02-01"),
        (date(2024, 2, 29), "2024", "2024-02-29", "2023-02-28"),
        (date(2026, 12, 31), "2026", "2026-12-31", "2025-12-31"),
        (date(2026, 1, 1), "2026", "2026-01-01", "2025-01-01"),
    ],
)
def test_a_month_or_year_goes_up_to_today_beside_as_much_of_the_one_before(
    today: date, key: str, until: str, before: str
) -> None:
    span = read(key, BEGINS, today)
    assert span.before is not None
    assert (str(span.last), str(span.before.last), span.current) == (until, before, True)


def test_names_say_what_is_not_over_until_its_last_day() -> None:
    assert [of_year(2026, date(2026, 12, day)).name for day in (30, 31)] == ["2026 so far", "2026"]
    assert read("4w", BEGINS, TODAY).when == "in the last 4 weeks"
    assert read("all", BEGINS, TODAY).when == "since March 2016"
    assert read("2026-10", BEGINS, TODAY).when == "in October 2026"
    assert read("2026-10-02..2026-10-02", BEGINS, TODAY).when == "on 2 October 2026"
    assert of_year(2026, date(2026, 1, 1)).when == "in 2026 so far"


def test_days_are_counted_from_the_first_to_the_last_and_told_by_year_where_they_are_many() -> None:
    one = Span(date(1970, 1, 2), date(1970, 1, 2), "", "")
    assert (one.days, one.begin, one.end, one.shift, one.long) == (1, 1, 2, 0, False)
    assert (one.before, one.current) == (None, False)
    leap = read("2024", BEGINS, TODAY)
    assert (leap.days, leap.long, leap.shift) == (366, False, 365)
    assert between(date(2024, 1, 1), date(2025, 1, 1), TODAY).long
    assert [read(key, BEGINS, TODAY).shift for key in ("4w", "6m", "1y")] == [28, 182, 365]


def test_everything_goes_from_the_first_play_to_today() -> None:
    assert everything(BEGINS, TODAY) == Span(
        BEGINS, TODAY, "all", "since March 2016", before=None, current=True
    )
    assert everything(TODAY.replace(year=2027), TODAY).first == TODAY


def test_a_week_is_beside_the_same_days_of_the_week_before() -> None:
    before = of_week(date(2026, 11, 25)).before
    assert before is not None
    assert (before.first, before.last) == (date(2026, 11, 16), date(2026, 11, 18))


@pytest.mark.parametrize(("last", "current"), [(27, False), (28, True), (29, True)])
def test_dates_end_today_at_the_latest(last: int, current: bool) -> None:
    span = between(date(2026, 11, 1), date(2026, 11, last), TODAY)
    assert (span.last.day, span.current) == (min(last, 28), current)


@pytest.mark.parametrize(
    ("key", "first"), [("2000-01", "2000-01-01"), ("2026-11-28..2026-11-28", "2026-11-28")]
)
def test_the_earliest_and_the_latest_day_can_be_named(key: str, first: str) -> None:
    assert str(read(key, BEGINS, TODAY).first) == first
    for never in ("1999-12-31..1999-12-31", "2026-11-29..2026-11-29"):
        with pytest.raises(InvalidInput, match=never):
            read(never, BEGINS, TODAY)
