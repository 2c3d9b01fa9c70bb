"""First listens by month: what stayed below, what left above."""

from datetime import date
from typing import Any

import plotly.graph_objects as go

from ttt.chartdata import By, Firsts, Step
from ttt.charts import theme as style
from ttt.charts.plays import shared
from ttt.charts.theme import Theme

HEIGHT = 260
_STEP = Step.MONTH


def figure(data: Firsts, theme: Theme, *, narrow: bool = False) -> go.Figure:
    """Three parts a bar, named once in the figure: a legend would send the eye away."""
    sums = [
        (s or 0) + (x or 0) + (o or 0)
        for s, x, o in zip(data.stayed, data.left, data.open, strict=True)
    ]
    if not any(sums):
        return style.empty(theme, HEIGHT, "Nothing was heard for the first time")
    top = max(sums) * 1.16
    parts = (
        ("stayed", data.stayed, theme.accent),
        ("left", data.left, style.mix(theme.quiet, theme.ground, 0.45)),
        ("too new to tell", data.open, style.mix(theme.accent, theme.ground, 0.6)),
    )
    last = data.starts[-1]
    end = type(last).fromordinal(last.toordinal() + 30)
    return style.figure(
        theme,
        HEIGHT,
        [*_bars(data, parts), shared.hatch(theme, data.holes, 0, top * 0.9)],
        margin={"l": 34, "r": 4, "t": 34, "b": 26},
        bargap=0,
        barmode="overlay",
        xaxis=shared.time_axis(theme, data.starts[0], end, narrow=narrow),
        yaxis=style.axis(theme, range=[0, top], showgrid=True, ticks="", **shared.whole(top, 4)),
        annotations=[_key(parts, data.by)],
    )


def _bars(data: Firsts, parts: Any) -> list[dict[str, Any]]:
    bars, base = [], [0] * len(data.starts)
    for name, values, colour in parts:
        # A bar is made for each value, seen or not.
        rows = zip(data.starts, values, base, strict=True)
        there = [(start, value, low) for start, value, low in rows if value]
        bars.append(
            {
                "type": "bar",
                **shared.along([start for start, _, _ in there], _STEP),
                "y": [value for _, value, _ in there],
                "base": [low for _, _, low in there],
                "width": round(shared.WIDTH[_STEP] * 0.78),
                "marker": {"color": colour, "line": {"width": 0}},
                "hoverinfo": "text",
                "textposition": "none",
                "hovertext": [_words(start, value, name, data.by) for start, value, _ in there],
            }
        )
        base = [low + (value or 0) for low, value in zip(base, values, strict=True)]
    return bars


def _words(start: date, value: int, part: str, by: By) -> str:
    return f"{start:%b %Y}: {value:,}{' min' if by is By.MINUTES else ''} {part}"


def _key(parts: Any, by: By) -> dict[str, Any]:
    text = "   ".join(
        f'<span style="color:{colour}">■</span> {name}'
        for name, values, colour in parts
        if any(values)
    )
    what = "tracks a month" if by is By.PLAYS else "minutes since, by month of the first"
    return style.note(f"{what}   {text}", 0, 1, xanchor="left", yanchor="bottom", yshift=12)
