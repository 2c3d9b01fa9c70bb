"""The parts of the page that shows how much was heard, and when."""

from collections.abc import Callable
from typing import Any, TypeVar

import plotly.graph_objects as go
import streamlit as st

from ttt import words
from ttt.chartdata import (
    Activity,
    By,
    Calendar,
    Clock,
    Number,
    Numbers,
    Of,
    Sittings,
    Skipped,
    Tops,
    Way,
    Ways,
)
from ttt.charts.plays.listening import activity as activity_figure
from ttt.charts.plays.listening import calendar as calendar_figure
from ttt.charts.plays.listening import clock as clock_figure
from ttt.services.plays.frame import Frame, Span
from ttt.services.plays.measures import coverage, tops
from ttt.services.plays.measures.listening import (
    activity,
    clock,
    numbers,
    sessions,
    skipped,
    ways,
)
from ttt.ui.figures import in_numbers
from ttt.ui.plays import panel, rows
from ttt.ui.plays.history import History
from ttt.ui.plays.panel import Charted, Panel

D = TypeVar("D", bound=Charted)
_SITTINGS = 3
_SKIPPED = 6
_DEVICES = 3  # with two modes five numbers, which is a row
_FIRST = ("Plays", "Hours", "New artists")


def recorded(history: History, span: Span) -> str:
    """How much of a time was recorded, which a page says once."""
    frame = history.frame
    # Asked for by each chart, so it costs less than what is measured.
    return frame.keep(("recorded", span.first, span.last), lambda: coverage.recorded(frame, span))


def line(history: History, span: Span) -> str:
    """What time is shown, and how much of it was recorded."""
    parts = [words.days(span.first, span.last), recorded(history, span)]
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


def _number(number: Number) -> in_numbers.Number:
    return in_numbers.Number(
        number.name,
        number.text,
        words=number.note,
        short=_first(number.note),
        about=number.about,
    )


def _first(note: str) -> str:
    """What a phone has room for: the change, without what it is set against.

    That there is nothing to set it against is said once below, and not under each number.
    """
    first = note.split(" · ", maxsplit=1)[0].replace("the longest: ", "longest ")
    return "" if first.endswith(numbers.NOT_RECORDED) else first


def more_numbers(history: History, span: Span, data: Numbers) -> Panel[Numbers]:
    """The other numbers, each beside the time before; the table has all."""
    others = [_number(n) for n in data.numbers if n not in _four(data)]
    body = panel.numbered(others, "more")
    shown = panel.html("In numbers", data.caption, body, above=recorded(history, span))
    return Panel("All numbers", shown, data)


def over_time(history: History, span: Span, by: By) -> Panel[Activity]:
    """Bars by day, week or month."""
    return _chart("Over time", activity.activity, activity_figure.figure, history, span, by)


def days(history: History, span: Span, by: By) -> Panel[Calendar]:
    """The calendar."""
    return _chart("Day by day", activity.calendar, calendar_figure.figure, history, span, by)


def hours(history: History, span: Span, by: By) -> Panel[Clock]:
    """The clock."""
    return _chart("Round the clock", clock.clock, clock_figure.figure, history, span, by)


def _chart(
    name: str,
    measure: Callable[[Frame, Span, By], D],
    drawn: Callable[..., go.Figure],
    history: History,
    span: Span,
    by: By,
) -> Panel[D]:
    stamp = (history.stamp, span.key, by)
    above = recorded(history, span)
    return panel.chart(name, stamp, lambda: measure(history.frame, span, by), drawn, above=above)


def top(
    history: History, span: Span, of: Of, by: By, most: int = 8, above: str = ""
) -> Panel[Tops]:
    """The first few, with all fifty in the table; `above` is what else the page says once."""
    data = panel.measured(
        ("tops", history.stamp, span.key, of, by), lambda: tops.tops(history.frame, span, of, by)
    )
    name = f"Top {of}"
    tracks = history.frame.tracks
    shown = rows.tops(data.rows[:most], of, tracks)
    said = words.facts(recorded(history, span), above)
    return panel.listed(name, data, shown, above=said, tracks=tracks)


def sittings(history: History, span: Span) -> Panel[Sittings]:
    """How long people listen without a break."""
    data = panel.measured(
        ("sittings", history.stamp, span.key), lambda: sessions.sittings(history.frame, span)
    )
    tracks = history.frame.tracks
    shown = rows.sittings(data.longest[:_SITTINGS], tracks)
    above = recorded(history, span)
    return panel.listed("Sittings", data, shown, above=above, tracks=tracks)


def how(history: History, span: Span, by: By) -> None:
    """Show what was skipped and on what was played; one of them alone has all the room."""
    panels = _how(history, span, by)
    if len(panels) > 1:
        panel.beside(*([one] for one in panels))
    elif panels:
        with st.container(key="in-two"):
            panel.show(*panels)


def _how(history: History, span: Span, by: By) -> list[Panel[Any]]:
    """Those of which sources say anything."""
    stamp = (history.stamp, span.key)
    early = panel.measured(("skipped", *stamp), lambda: skipped.skipped(history.frame, span))
    devices = panel.measured(("ways", *stamp, by), lambda: ways.ways(history.frame, span, by))
    found: list[Panel[Any]] = [_skipped(history, span, early)] if early.known else []
    return [*found, _ways(history, span, devices)] if devices.known else found


def _skipped(history: History, span: Span, data: Skipped) -> Panel[Skipped]:
    tracks = history.frame.tracks
    shown = rows.skipped(data.rows[:_SKIPPED], tracks)
    above = recorded(history, span)
    return panel.listed("Skipped most", data, shown, above=above, tracks=tracks)


def _ways(history: History, span: Span, data: Ways) -> Panel[Ways]:
    before = span.before.name if span.before else ""
    few = *data.devices[:_DEVICES], *data.modes
    body = panel.numbered([_way(way, before) for way in few], "more")
    shown = panel.html("How it was played", data.caption, body, above=recorded(history, span))
    return Panel("How it was played", shown, data)


def _way(way: Way, before: str) -> in_numbers.Number:
    then = None if way.before is None else words.share(way.before, 1)
    return in_numbers.Number(
        way.name,
        words.share(way.share, 1),
        words=f"{then} in {before}" if then else "",
        short=f"before {then}" if then else "",
    )
