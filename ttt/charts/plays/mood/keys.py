"""In which keys it was: twelve tonics round the circle of fifths, major above minor."""

from itertools import chain
from typing import Any

import plotly.graph_objects as go

from ttt.chartdata import By, KeysHeard
from ttt.charts import theme as style
from ttt.charts.plays import shared
from ttt.charts.theme import Theme

HEIGHT = 236
_BLANK = 0.27
_ROOM = 1.06


def figure(data: KeysHeard, theme: Theme, *, narrow: bool = False) -> go.Figure:
    """Bars up are major keys, bars down their relative minors; the fullest stands out."""
    most = max(data.amounts, default=0)
    if not most:
        return style.empty(theme, HEIGHT, "No key is known yet for what was heard")
    pairs = list(zip(data.names, data.amounts, strict=True))
    minor = [pair for pair in pairs if pair[0].endswith("minor")]
    major = [pair for pair in pairs if pair[0].endswith("major")]
    gap = most * _BLANK
    high, low = (max((h for _, h in keys), default=0) + gap for keys in (major, minor))
    return style.figure(
        theme,
        HEIGHT,
        [_bars(major, most, theme, gap, data.by), _bars(minor, most, theme, -gap, data.by)],
        margin={"l": 6, "r": 6, "t": 18, "b": 18},
        bargap=0.25,
        barmode="overlay",
        xaxis=style.axis(theme, visible=False, range=[-0.6, 11.6]),
        yaxis=style.axis(theme, visible=False, range=[-low * _ROOM, high * _ROOM]),
        annotations=[
            *_tonics(major, theme, 1, gap, narrow),
            *_tonics(minor, theme, -1, gap, narrow),
            style.note("major", 0, 1, xanchor="left", yanchor="bottom"),
            style.note("minor", 0, 0, xanchor="left", yanchor="top"),
        ],
    )


def _bars(
    keys: list[tuple[str, float]], most: float, theme: Theme, gap: float, by: By
) -> dict[str, Any]:
    sign = 1 if gap > 0 else -1
    return {
        "type": "bar",
        "x": list(range(len(keys))),
        "base": [round(gap, 2)] * len(keys),
        "y": [round(sign * amount, 2) for _, amount in keys],
        "marker": {
            "color": [theme.accent if h == most else shared.soft(theme) for _, h in keys],
            "line": {"width": 0},
        },
        "hoverinfo": "text",
        "textposition": "none",
        "hovertext": [f"{name}: {shared.heard(amount, by)}" for name, amount in keys],
    }


def _tonics(
    keys: list[tuple[str, float]], theme: Theme, sign: int, gap: float, narrow: bool
) -> list[dict[str, Any]]:
    """Names between the two rows of bars."""
    height = round(sign * gap / 2, 3)
    names = (name.split(" ", maxsplit=1)[0] + ("" if sign > 0 else "m") for name, _ in keys)
    notes = [style.note(name, n, height, xref="x", yref="y") for n, name in enumerate(names)]
    roomy, tight = ({"font": style.font(theme.ink, size)} for size in (12, 10))
    fitting = (style.fitting(note | roomy, note | tight, narrow=narrow) for note in notes)
    return list(chain.from_iterable(fitting))
