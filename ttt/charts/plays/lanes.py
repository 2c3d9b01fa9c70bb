"""What each source covers: a lane a source, gaps hatched through all of them."""

from typing import Any

import plotly.graph_objects as go

from ttt.chartdata import Covered, Hole
from ttt.charts import theme as style
from ttt.charts.plays import shared
from ttt.charts.text import plain
from ttt.charts.theme import Theme
from ttt.words import counted, short_day

_ROW, _FOOT, _LABEL = 46, 30, 26


def figure(data: Covered, theme: Theme, *, narrow: bool = False) -> go.Figure:
    """Names stand over their lanes; the longest gaps are named below."""
    count = len(data.lanes)
    height = _ROW * max(count, 1) + _LABEL + _FOOT + 6
    if not count:
        return style.empty(theme, height, "No source has told of a play yet")
    shown = sorted(data.holes, key=lambda hole: -hole.days)[: 1 if narrow else 3]
    bars = [_bar(data, n, theme) for n in range(count)]
    hatch = shared.hatch(theme, data.holes, -0.62, count - 0.6)
    return style.figure(
        theme,
        height,
        [*bars, hatch],
        margin={"l": 0, "r": 0, "t": 6, "b": _FOOT},
        bargap=0,
        barmode="overlay",
        xaxis=shared.time_axis(theme, data.first, data.last, narrow=narrow),
        yaxis=style.axis(theme, visible=False, range=[count - 0.6 + _LABEL / _ROW, -0.62]),
        annotations=[
            *(_name(data, n, theme, narrow) for n in range(count)),
            *(_gap(hole, data, count, theme) for hole in shown),
        ],
    )


def _bar(data: Covered, n: int, theme: Theme) -> dict[str, Any]:
    lane = data.lanes[n]
    colour = theme.accent if lane.main else style.mix(theme.quiet, theme.ground, 0.15 * n)
    return {
        "type": "bar",
        "orientation": "h",
        "y": [n] * len(lane.stretches),
        "base": [shared.at(first) for first, _ in lane.stretches],
        "x": [((last - first).days + 1) * shared.DAY for first, last in lane.stretches],
        "width": 0.3,
        "marker": {"color": colour, "line": {"width": 0}, "cornerradius": 4},
        "hoverinfo": "text",
        "textposition": "none",
        "hovertext": [
            f"{plain(lane.name)}<br>{short_day(first, year=True)} to {short_day(last, year=True)}"
            for first, last in lane.stretches
        ],
    }


def _name(data: Covered, n: int, theme: Theme, narrow: bool) -> dict[str, Any]:
    lane = data.lanes[n]
    text = f"<b>{plain(lane.name)}</b>"
    note = f", {plain(lane.note)}" if lane.note and not narrow else ""
    told = f"{counted(lane.plays, 'play')}{note}"
    if lane.note and not lane.plays:
        told = "all of it told by others too"
    return style.note(
        f'{text}  <span style="color:{theme.quiet}">{told}</span>',
        0,
        n - 0.2,
        yref="y",
        xanchor="left",
        yanchor="bottom",
        font=style.font(theme.ink, 12),
        bgcolor=theme.ground,
    )


def _gap(hole: Hole, data: Covered, count: int, theme: Theme) -> dict[str, Any]:
    share = (hole.first - data.first).days / max((data.last - data.first).days, 1)
    side = "left" if share < 0.15 else "right" if share > 0.8 else "center"
    place = {"left": hole.first, "right": hole.end}.get(side)
    x = shared.at(place) if place else (shared.at(hole.first) + shared.at(hole.end)) // 2
    days = counted(hole.days, "day")
    return style.note(days, x, count - 0.56, xref="x", yref="y", xanchor=side, yanchor="top") | {
        "font": style.font(theme.ink, 11)
    }
