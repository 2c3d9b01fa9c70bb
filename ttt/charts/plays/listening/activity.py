"""Plays or minutes over time: a bar a step, the time before as a line."""

from datetime import date
from typing import Any

import plotly.graph_objects as go

from ttt.chartdata import Activity, Bar, Step
from ttt.charts import theme as style
from ttt.charts.plays import shared
from ttt.charts.theme import Theme
from ttt.words import short_day

# As high as the eight rows of the list beside it.
HEIGHT, NARROW_HEIGHT = 416, 318
_ROOM = 1.16
_THICK = 0.76
# Bars on each side of the peak over which its label lies.
_NEAR, _NARROW_NEAR = 0.12, 0.14


def figure(
    data: Activity, theme: Theme, *, narrow: bool = False, height: int | None = None
) -> go.Figure:
    """The fullest step stands out and is named; cut steps are paler, gaps hatched."""
    height = height or (NARROW_HEIGHT if narrow else HEIGHT)
    if not any(bar.value for bar in data.bars):
        return style.empty(theme, height, "Nothing was played in this time")
    top = _top(data)
    peak = _peak(data)
    return style.figure(
        theme,
        height,
        [
            _bars(data, peak, theme),
            shared.hatch(theme, data.holes, 0, top * 0.92),
            *([_before(data, theme)] if data.before_name else []),
        ],
        margin={"l": 34, "r": 4, "t": 34, "b": 26},
        bargap=0,
        barmode="overlay",
        xaxis=shared.time_axis(theme, data.bars[0].start, _end(data), narrow=narrow),
        yaxis=style.axis(
            theme, range=[0, top], showgrid=True, tickformat="~s", **shared.whole(top, 4)
        ),
        annotations=[
            _unit(data),
            _peak_label(data, peak, theme, narrow),
            *_hole_label(data, top, narrow),
            *_before_label(data, peak, top, theme, narrow),
        ],
    )


def _top(data: Activity) -> float:
    """Where the upright axis ends: above all bars, and above the line if it is drawn."""
    highest = max(bar.value or 0 for bar in data.bars)
    if data.before_name:
        highest = max(highest, *(bar.before or 0 for bar in data.bars))
    return highest * _ROOM


def _peak(data: Activity) -> int:
    """The fullest step: one that is cut only where no other has anything."""
    values = [bar.value or 0 for bar in data.bars]
    return max(
        range(len(values)), key=lambda n: (values[n] > 0 and not data.bars[n].cut, values[n])
    )


def _unit(data: Activity) -> dict[str, Any]:
    text = f"{data.by} a {data.step}"
    return style.note(text, 0, 1, xanchor="left", yanchor="bottom", yshift=14, xshift=-28)


def _end(data: Activity) -> date:
    last = data.bars[-1].start
    length = {Step.DAY: 0, Step.WEEK: 6, Step.MONTH: 30}[data.step]
    return date.fromordinal(last.toordinal() + length)


def _bars(data: Activity, peak: int, theme: Theme) -> dict[str, Any]:
    soft, cut = shared.soft(theme), shared.cut(theme)
    colours = [cut if bar.cut else soft for bar in data.bars]
    colours[peak] = theme.accent
    return {
        "type": "bar",
        **shared.along([bar.start for bar in data.bars], data.step),
        "y": [None if bar.value is None else round(bar.value, 1) for bar in data.bars],
        "width": round(shared.WIDTH[data.step] * _THICK),
        "marker": {"color": colours, "line": {"width": 0}},
        "hoverinfo": "text",
        "textposition": "none",
        "hovertext": [_words(bar, data) for bar in data.bars],
    }


def _words(bar: Bar, data: Activity) -> str | None:
    if bar.value is None:
        return None
    text = f"{_when(bar, data.step)}: {bar.value:,.0f}"
    if bar.before is not None:
        text += f"<br>before: {bar.before:,.0f}"
    return text


def _when(bar: Bar, step: Step) -> str:
    if step is Step.MONTH:
        return f"{bar.start:%b %Y}"
    day = short_day(bar.start, year=True)
    return f"week of {day}" if step is Step.WEEK else day


def _before(data: Activity, theme: Theme) -> dict[str, Any]:
    """Steps rather than a curve: a curve would promise values between them."""
    return {
        "type": "scatter",
        "mode": "lines",
        **shared.along([bar.start for bar in data.bars], data.step),
        "y": [None if bar.before is None else round(bar.before, 1) for bar in data.bars],
        "line": {"color": style.mix(theme.ink, theme.ground, 0.35), "width": 1.3, "shape": "hvh"},
        "connectgaps": False,
        "hoverinfo": "skip",
    }


def _peak_label(data: Activity, peak: int, theme: Theme, narrow: bool) -> dict[str, Any]:
    bar, count = data.bars[peak], len(data.bars)
    place = (peak + 0.5) / count
    reach = 0.3 if narrow else 0.16
    side = "left" if place < reach else "right" if place > 1 - reach else "center"
    half = max(1, round(count * reach / 2))
    low = peak if side == "left" else peak - (2 if side == "right" else 1) * half
    high = peak if side == "right" else peak + (2 if side == "left" else 1) * half
    # Above the line of the time before, which may be higher there.
    line = [other.before or 0 for other in data.bars[max(0, low) : high + 1]]
    return shared.named(
        theme,
        f"{bar.value:,.0f}, {_when(bar, data.step)}",
        shared.middle(bar.start, data.step),
        max([bar.value or 0, *(line if data.before_name else [])]),
        xanchor=side,
        yshift=3,
    )


def _hole_label(data: Activity, top: float, narrow: bool) -> list[dict[str, Any]]:
    first = data.bars[0].start
    days = (data.bars[-1].start - first).days
    hole = shared.largest(data.holes, days, 0.06 if narrow else 0.03)
    if hole is None:
        return []
    year = hole.first.year != hole.last.year
    ends = (short_day(day, year=year) for day in (hole.first, hole.last))
    left = shared.at(hole.first) - shared.at(first) < days * shared.DAY * 0.08
    return [
        style.note(
            f"not recorded<br>{' to '.join(ends)}",
            shared.at(hole.first) if left else (shared.at(hole.first) + shared.at(hole.end)) // 2,
            top * 0.92,
            xref="x",
            yref="y",
            xanchor="left" if left else "center",
            yanchor="bottom",
        )
    ]


def _before_label(
    data: Activity, peak: int, top: float, theme: Theme, narrow: bool
) -> list[dict[str, Any]]:
    """The name of the line, with a leader to it, where bars and other labels leave most room."""
    roomiest = _roomiest(data, peak, narrow) if data.before_name else None
    if roomiest is None:
        return []
    place, highest = roomiest
    bar = data.bars[place]
    return [
        {
            "text": data.before_name,
            "x": shared.middle(bar.start, data.step),
            "y": bar.before,
            "ax": 0,
            "ayref": "y",
            "axref": "pixel",
            "ay": min(highest + (top - highest) * 0.3, top * 0.86),
            "showarrow": True,
            "arrowhead": 0,
            "arrowwidth": 1,
            "arrowcolor": theme.quiet,
            "standoff": 2,
            "font": {"color": theme.ink, "size": 11},
        }
    ]


def _roomiest(data: Activity, peak: int, narrow: bool) -> tuple[int, float] | None:
    """The step, far from the peak's label, round which all is lowest, and how high that is."""
    count = len(data.bars)
    near = max(2, round(count * (_NARROW_NEAR if narrow else _NEAR)))
    heights = [max(bar.value or 0, bar.before or 0) for bar in data.bars]
    free = [
        (-max(heights[n - near : n + near + 1]), n)
        for n in range(near, count - near)
        if abs(n - peak) > (3 * near if narrow else 2 * near)
        and data.bars[n].before is not None
        and all(bar.value is not None for bar in data.bars[n - near : n + near + 1])
    ]
    if not free:
        return None
    highest, place = max(free)
    return place, -highest
