"""Day by day: a column a week, a row a weekday, a block a year."""

from datetime import date, timedelta
from typing import Any, NamedTuple

import plotly.graph_objects as go

from ttt.chartdata import WEEKDAYS, Calendar
from ttt.charts import theme as style
from ttt.charts.plays import shared
from ttt.charts.theme import Theme

# Weeks that fit beside each other on a narrow figure.
_NARROW = 27
_YEAR = 366
_FULL = 0.96


class _Size(NamedTuple):
    """Pixels of a block of seven rows, of what stands over it, and of the gap between cells."""

    block: int
    head: int
    gap: float


# One block alone is as high as the clock beside it.
_ALONE, _LARGE = _Size(140, 26, 2), _Size(112, 26, 2)
_YEARS, _NARROW_YEARS = _Size(70, 10, 2), _Size(46, 8, 0.6)
Days = list[tuple[date, float | None]]


def figure(data: Calendar, theme: Theme, *, narrow: bool = False) -> go.Figure:
    """Darker is none; a stroke is a day that was not recorded. Years stand below each other."""
    days = [(data.first + timedelta(days=n), value) for n, value in enumerate(data.values)]
    values = sorted(value for _, value in days if value)
    if not values:
        return style.empty(theme, sum(_LARGE[:2]), "Nothing was played in this time")
    years = len(days) > _YEAR
    each, alone = (_NARROW_YEARS, _LARGE) if narrow else (_YEARS, _ALONE)
    size = each if years else alone
    blocks = _by_year(days) if years else _halves(days, narrow)
    height, domains = _stacked(len(blocks), size)
    most = max(1.0, values[min(len(values) - 1, int(len(values) * _FULL))])
    traces: list[dict[str, Any]] = []
    axes: dict[str, Any] = {}
    for n, (block, domain) in enumerate(zip(blocks, domains, strict=True)):
        name = "" if n == 0 else str(n + 1)
        axes[f"xaxis{name}"] = _weeks(theme, block, name, years and n > 0, years)
        axes[f"yaxis{name}"] = _weekdays(theme, block, name, domain, years)
        traces += _cells(block, data, theme, name, (most, size))
    return style.figure(theme, height, traces, margin={"l": 34, "r": 0, "t": 0, "b": 0}, **axes)


def _stacked(count: int, size: _Size) -> tuple[int, list[tuple[float, float]]]:
    """Height in pixels, and where each block lies in it, as shares from below."""
    # Months are named once where all blocks have the same.
    extra = _LARGE.head - size.head
    each = size.block + size.head
    height = count * each + extra
    tops = [1 - (extra + n * each + size.head) / height for n in range(count)]
    return height, [(max(0.0, top - size.block / height), top) for top in tops]


def _by_year(days: Days) -> list[Days]:
    pieces: dict[int, Days] = {}
    for day, value in days:
        pieces.setdefault(day.year, []).append((day, value))
    return list(pieces.values())


def _halves(days: Days, narrow: bool) -> list[Days]:
    """One block, or two of which each has room on a narrow figure."""
    if not narrow or len(days) <= _NARROW * 7 - 6:
        return [days]
    half = (len(days) + 1) // 2
    return [days[:half], days[half:]]


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _cells(
    block: Days, data: Calendar, theme: Theme, name: str, scale: tuple[float, _Size]
) -> list[dict[str, Any]]:
    """A cell a day, and a stroke in each that was not recorded."""
    most, size = scale
    start = _monday(block[0][0])
    axes = {"xaxis": f"x{name}", "yaxis": f"y{name}"}
    heat = {
        "type": "heatmap",
        "z": _grid(block),
        "x0": shared.at(start),
        "dx": 7 * shared.DAY,
        "colorscale": shared.plays_scale(theme),
        "zmin": 0,
        "zmax": round(most),
        "xgap": size.gap,
        "ygap": size.gap,
        "showscale": False,
        "hoverongaps": False,
        "hovertemplate": "week of %{x|%-d %b %Y}: %{z} " + f"{data.by}<extra></extra>",
        **axes,
    }
    blank = [day for day, value in block if value is None]
    mondays = [shared.at(_monday(day)) for day in blank]
    strokes = shared.strokes(theme, mondays, [d.weekday() for d in blank], size.block / 18)
    return [heat, strokes | axes] if blank else [heat]


def _grid(block: Days) -> list[list[float | None]]:
    """A row a weekday, a column a week."""
    start = _monday(block[0][0])
    weeks = (block[-1][0] - start).days // 7 + 1
    grid: list[list[float | None]] = [[None] * weeks for _ in range(7)]
    for day, value in block:
        if value is not None:
            grid[day.weekday()][(day - start).days // 7] = round(value)
    return grid


def _weeks(theme: Theme, block: Days, name: str, bare: bool, years: bool) -> dict[str, Any]:
    start, end = _monday(block[0][0]), _monday(block[-1][0])
    if years:
        year = block[0][0].year
        start, end = _monday(date(year, 1, 1)), _monday(date(year, 12, 31))
    half = shared.DAY * 7 // 2
    return style.axis(
        theme,
        type="date",
        side="top",
        anchor=f"y{name}",
        range=[shared.at(start) - half, shared.at(end) + half],
        dtick="M1",
        tickformat="%b",
        ticklabelmode="period",
        ticks="",
        tickangle=0,
        showticklabels=not bare,
    )


def _weekdays(
    theme: Theme, block: Days, name: str, domain: tuple[float, float], years: bool
) -> dict[str, Any]:
    """Names of some weekdays, or of the year where there are many."""
    shown = {3: str(block[0][0].year)} if years else {n: WEEKDAYS[n] for n in (0, 2, 4, 6)}
    return style.axis(
        theme,
        anchor=f"x{name}",
        domain=list(domain),
        range=[6.5, -0.5],
        tickvals=list(shown),
        ticktext=list(shown.values()),
        ticks="",
    )
