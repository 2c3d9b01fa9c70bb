"""The newest week in numbers, each over its days."""

from datetime import datetime, timedelta

import streamlit as st

from ttt.chartdata import WEEKDAYS, Week, WeekNumber
from ttt.services.plays.measures.start import week as measure
from ttt.ui.figures import in_numbers
from ttt.ui.frame import process
from ttt.ui.lists import lists
from ttt.ui.plays import panel
from ttt.ui.plays.history import History

# How often what is compared moves on with the clock.
_EVERY = 10


def read(history: History) -> Week:
    """The week of a history, measured anew every ten minutes or when it has other plays."""
    now = _rounded(process.context().now())
    return panel.measured(("week", history.stamp, now), lambda: measure.week(history.frame, now))


def line(week: Week) -> str:
    """The day, and which week the numbers are of."""
    return f"{lists.today()} · {week.caption.takeaway}"


def numbers(week: Week) -> None:
    """The numbers, each over its days."""
    st.html(panel.numbered([_number(week, each) for each in week.numbers]))


def table(week: Week) -> None:
    """All of it as a table."""
    panel.folded("The week", week)


def _number(week: Week, number: WeekNumber) -> in_numbers.Number:
    return in_numbers.Number(
        number.name,
        number.text,
        words=number.note,
        short=number.short,
        steps=_steps(week, number),
        told=_told(number),
        about=number.about,
    )


def _steps(week: Week, number: WeekNumber) -> tuple[in_numbers.Step, ...]:
    known = [value for value in (*number.days, *number.days_before) if value is not None]
    most = max(known, default=0) or 1
    today = week.last.weekday() if week.now else None

    def share(value: float | None) -> int | None:
        return None if value is None else round(100 * value / most)

    pairs = zip(number.days, number.days_before, strict=True)
    return tuple(
        in_numbers.Step(WEEKDAYS[n][0], share(now), share(before), now=n == today)
        for n, (now, before) in enumerate(pairs)
    )


def _told(number: WeekNumber) -> str:
    """The bars for those who cannot see them; the table has the numbers of hours."""
    scale = 60 if number.name == "Listening" else 1
    unit = " minutes" if number.name == "Listening" else ""
    days = zip(WEEKDAYS, number.days, strict=False)
    known = [f"{name} {value / scale:,.0f}{unit}" for name, value in days if value is not None]
    return f"{number.name} by day: {', '.join(known)}"


def _rounded(moment: datetime) -> datetime:
    late = timedelta(
        minutes=moment.minute % _EVERY, seconds=moment.second, microseconds=moment.microsecond
    )
    return moment - late
