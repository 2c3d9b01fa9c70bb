"""First listens by month: what stayed below, what left above."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

import plotly.graph_objects as go

from ttt.chartdata import By, Firsts, Step
from ttt.charts import theme as style
from ttt.charts.plays import shared
from ttt.charts.theme import Theme

HEIGHT = 260
_STEP = Step.MONTH


class _Part(NamedTuple):
    name: str
    values: Sequence[int | None]
    colour: str


def figure(data: Firsts, theme: Theme, *, narrow: bool = False) -> go.Figure:
    """Three parts a bar, named once in the figure: a legend would send the eye away."""
    parts = _parts(data, theme)
    sums = [sum(n or 0 for n in step) for step in zip(*(p.values for p in parts), strict=True)]
    if not any(sums):
        return style.empty(theme, HEIGHT, "Nothing was heard for the first time")
    top = max(sums) * 1.16
    end = date.fromordinal(data.starts[-1].toordinal() + 30)
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


def _parts(data: Firsts, theme: Theme) -> list[_Part]:
    """From below."""
    return [
        _Part("stayed", data.stayed, theme.accent),
        _Part("left", data.left, style.mix(theme.quiet, theme.ground, 0.45)),
        _Part("too new to tell", data.open, style.mix(theme.accent, theme.ground, 0.6)),
    ]


def _bars(data: Firsts, parts: Sequence[_Part]) -> list[dict[str, Any]]:
    bars, base = [], [0] * len(data.starts)
    for part in parts:
        bars.append(_bar(data, part, base))
        base = [low + (value or 0) for low, value in zip(base, part.values, strict=True)]
    return bars


def _bar(data: Firsts, part: _Part, base: Sequence[int]) -> dict[str, Any]:
    # A bar is made for each value, seen or not.
    rows = zip(data.starts, part.values, base, strict=True)
    there = [(start, value, low) for start, value, low in rows if value]
    return {
        "type": "bar",
        **shared.along([start for start, _, _ in there], _STEP),
        "y": [value for _, value, _ in there],
        "base": [low for _, _, low in there],
        "width": round(shared.WIDTH[_STEP] * 0.78),
        "marker": {"color": part.colour, "line": {"width": 0}},
        "hoverinfo": "text",
        "textposition": "none",
        "hovertext": [_words(start, value, part.name, data.by) for start, value, _ in there],
    }


def _words(start: date, value: int, part: str, by: By) -> str:
    return f"{start:%b %Y}: {value:,}{' min' if by is By.MINUTES else ''} {part}"


def _key(parts: Sequence[_Part], by: By) -> dict[str, Any]:
    text = "   ".join(
        f'<span style="color:{part.colour}">■</span> {part.name}'
        for part in parts
        if any(part.values)
    )
    what = "tracks a month" if by is By.PLAYS else "minutes since, by month of the first"
    return style.note(f"{what}   {text}", 0, 1, xanchor="left", yanchor="bottom", yshift=12)
