"""Day by day: a column a week, a row a weekday, a block a year."""

from datetime import date, timedelta
from typing import Any

import plotly.graph_objects as go

from ttt.chartdata import WEEKDAYS, Calendar
from ttt.charts import theme as style
from ttt.charts.plays import shared
from ttt.charts.theme import Theme

# Weeks that fit beside each other.
_WIDE, _NARROW = 54, 27
_BLOCK, _SMALL_BLOCK, _HEAD = 112, 78, 26
_MANY = 2
_FULL = 0.96


def figure(data: Calendar, theme: Theme, *, narrow: bool = False) -> go.Figure:
    """Darker is none; a stroke is a day that was not recorded."""
    days = [(data.first + timedelta(days=n), value) for n, value in enumerate(data.values)]
    values = sorted(value for _, value in days if value)
    if not values:
        return style.empty(theme, _BLOCK + _HEAD, "Nothing was played in this time")
    blocks = _blocks(days, _NARROW if narrow else _WIDE)
    row = _BLOCK if len(blocks) <= _MANY else _SMALL_BLOCK
    height = len(blocks) * (row + _HEAD)
    most = max(1.0, values[min(len(values) - 1, int(len(values) * _FULL))])
    traces: list[dict[str, Any]] = []
    layout: dict[str, Any] = {}
    for n, block in enumerate(blocks):
        name = "" if n == 0 else str(n + 1)
        bottom = 1 - (n * (row + _HEAD) + _HEAD + row) / height
        layout[f"xaxis{name}"] = _weeks(theme, block, name, narrow, len(blocks))
        layout[f"yaxis{name}"] = _weekdays(theme, [bottom, bottom + row / height], name, row)
        traces += _cells(block, data, theme, name, (most, row))
    return style.figure(theme, height, traces, margin={"l": 32, "r": 0, "t": 0, "b": 0}, **layout)


Days = list[tuple[date, float | None]]


def _blocks(days: Days, weeks: int) -> list[Days]:
    """As few pieces as fit: one, or one a calendar year, or one a half of it."""
    if len(days) <= weeks * 7 - 6:
        return [days]
    size = 1 if weeks >= _WIDE else 2
    pieces: dict[tuple[int, int], Days] = {}
    if len(days) <= 366:
        half = (len(days) + 1) // 2
        return [days[:half], days[half:]]
    for day, value in days:
        part = 0 if size == 1 else (day.month - 1) // 6
        pieces.setdefault((day.year, part), []).append((day, value))
    return list(pieces.values())


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _cells(
    block: Days, data: Calendar, theme: Theme, name: str, size: tuple[float, int]
) -> list[dict[str, Any]]:
    most, row = size
    start = _monday(block[0][0])
    weeks = (_monday(block[-1][0]) - start).days // 7 + 1
    grid: list[list[float | None]] = [[None] * weeks for _ in range(7)]
    blank = []
    for day, value in block:
        week = (day - start).days // 7
        if value is None:
            blank.append((shared.at(start + timedelta(weeks=week)), day.weekday()))
        else:
            grid[day.weekday()][week] = round(value)
    axes = {"xaxis": f"x{name}", "yaxis": f"y{name}"}
    heat = {
        "type": "heatmap",
        "z": grid,
        "x0": shared.at(start),
        "dx": 7 * shared.DAY,
        "colorscale": shared.plays_scale(theme),
        "zmin": 0,
        "zmax": round(most),
        "xgap": 2,
        "ygap": 2,
        "showscale": False,
        "hoverongaps": False,
        "hovertemplate": "%{y}, week of %{x|%-d %b %Y}: %{z} " + f"{data.by}<extra></extra>",
        **axes,
    }
    strokes = shared.strokes(theme, [x for x, _ in blank], [y for _, y in blank], row / 16)
    return [heat, strokes | axes] if blank else [heat]


def _weeks(theme: Theme, block: Days, name: str, narrow: bool, blocks: int) -> dict[str, Any]:
    start, end = _monday(block[0][0]), _monday(block[-1][0])
    if blocks > 1 and not narrow:
        # Years below each other stand month under month.
        start, end = _monday(date(start.year, 1, 4)), _monday(date(block[-1][0].year, 12, 31))
        start = min(start, _monday(block[0][0]))
    half = shared.DAY * 7 // 2
    with_year = blocks > _MANY
    return style.axis(
        theme,
        type="date",
        side="top",
        anchor=f"y{name}",
        range=[shared.at(start) - half, shared.at(end) + half],
        dtick="M1",
        tickformat="%b %y" if with_year and narrow else "%b",
        ticklabelmode="period",
        ticks="",
        tickangle=0,
    )


def _weekdays(theme: Theme, domain: list[float], name: str, row: int) -> dict[str, Any]:
    shown = (0, 2, 4, 6) if row == _BLOCK else (0, 6)
    return style.axis(
        theme,
        anchor=f"x{name}",
        domain=domain,
        range=[6.5, -0.5],
        tickvals=list(shown),
        ticktext=[WEEKDAYS[n] for n in shown],
        ticks="",
    )
