"""The parts of the page that shows how much was heard, and when."""

import streamlit as st

from ttt.chartdata import By, Number, Numbers, Of, Tops
from ttt.charts.plays.listening import activity as activity_figure
from ttt.charts.plays.listening import calendar as calendar_figure
from ttt.charts.plays.listening import clock as clock_figure
from ttt.services.plays.frame import Span
from ttt.services.plays.measures import coverage, tops, words
from ttt.services.plays.measures.listening import activity, clock, numbers, sessions
from ttt.ui.frame import layout
from ttt.ui.plays import panel, rows
from ttt.ui.plays.history import History

_SITTINGS = 3
_FIRST = ("Plays", "Hours", "New artists")


def line(history: History, span: Span) -> str:
    """What time is shown, and how much of it was recorded."""
    parts = [words.days(span.first, span.last), coverage.recorded(history.frame, span)]
    begins = words.month(history.begins)
    plays = words.counted(int(history.whole.play.sum()), "play")
    return " · ".join([*parts, f"{plays} since {begins}"])


def headline(history: History, span: Span) -> Numbers:
    """Four numbers; the others stand in the table."""
    data = panel.measured(
        ("numbers", history.stamp, span.key), lambda: numbers.numbers(history.frame, span)
    )
    st.html(panel.numbered(list(map(_number, _four(data)))))
    return data


def _four(data: Numbers) -> list[Number]:
    return [n for n in data.numbers if n.name in _FIRST or "in a row" in n.name]


def _number(number: Number) -> layout.Number:
    words = number.note
    return layout.Number(number.name, number.text, words=words, short=_first(words))


def _first(note: str) -> str:
    """What a phone has room for: the change, without what it is set against.

    That there is nothing to set it against is said once below, and not under each number.
    """
    first = note.split(" · ", maxsplit=1)[0].replace("the longest: ", "longest ")
    return "" if first.endswith(numbers.NOT_RECORDED) else first


def more_numbers(data: Numbers) -> None:
    """The other numbers, each beside the time before; the table has all."""
    others = [_number(n) for n in data.numbers if n not in _four(data)]
    st.html(panel.html("In numbers", data.caption, panel.numbered(others, "more")))
    panel.as_table("All numbers", data)


def over_time(history: History, span: Span, by: By) -> None:
    """Bars by day, week or month."""
    panel.show(
        "Over time",
        (history.stamp, span.key, by),
        lambda: activity.activity(history.frame, span, by),
        activity_figure.figure,
    )


def days_and_hours(history: History, span: Span, by: By) -> None:
    """The calendar, and the clock."""
    stamp = (history.stamp, span.key, by)
    left, right = layout.pair("days-hours", 1.7)
    with left:
        panel.show(
            "Day by day",
            stamp,
            lambda: activity.calendar(history.frame, span, by),
            calendar_figure.figure,
        )
    with right:
        panel.show(
            "Round the clock",
            stamp,
            lambda: clock.clock(history.frame, span, by),
            clock_figure.figure,
        )


def top(history: History, span: Span, of: Of, by: By, most: int = 8) -> Tops:
    """The first few, with all fifty in the table."""
    data = panel.measured(
        ("tops", history.stamp, span.key, of, by), lambda: tops.tops(history.frame, span, of, by)
    )
    name = f"Top {of}"
    tracks = history.frame.tracks
    shown = rows.tops(data.rows[:most], of, tracks)
    panel.listed(name, data, shown, tracks=tracks)
    return data


def sittings(history: History, span: Span) -> None:
    """How long people listen without a break."""
    data = panel.measured(
        ("sittings", history.stamp, span.key), lambda: sessions.sittings(history.frame, span)
    )
    tracks = history.frame.tracks
    shown = rows.sittings(data.longest[:_SITTINGS], tracks)
    panel.listed("Sittings", data, shown, tracks=tracks)
