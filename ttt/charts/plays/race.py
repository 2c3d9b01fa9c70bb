"""A race: bars that grow and pass each other, step by step."""

from math import ceil
from typing import Any

import plotly.graph_objects as go

from ttt.chartdata import Race
from ttt.charts import theme as style
from ttt.charts.text import cut, plain
from ttt.charts.theme import Theme

PLACES = 10
_ROW, _HEAD, _FOOT = 34, 44, 64
# Milliseconds a step at each speed.
_SPEEDS = (("▶ Slow", 900), ("▶ Play", 450), ("▶ Fast", 180))
_AT_ONCE = {"mode": "immediate", "frame": {"duration": 0}, "transition": {"duration": 0}}
_OUT = PLACES + 2
# Bars in all frames together.
_MOST_BARS = 2_600
_NAME, _NARROW_NAME = 34, 24


def figure(data: Race, theme: Theme, *, narrow: bool = False, still: bool = False) -> go.Figure:
    """Buttons play it at three speeds, a slider goes to any step.

    `still` is for people who asked for reduced motion: the slider jumps, and there is no button.
    """
    if not data.frames or not data.titles:
        return style.empty(theme, 300, "Nothing was played in this time")
    final = len(data.frames) - 1
    most = max((amount for _, amount in data.frames[-1]), default=1)
    return style.figure(
        theme,
        _HEAD + _ROW * PLACES + _FOOT,
        [_bars(data, final, theme, narrow)],
        margin={"l": 8, "r": 8, "t": _HEAD, "b": _FOOT},
        bargap=0.2,
        xaxis=style.axis(
            theme, side="top", range=[0, most * 1.02], nticks=4, showgrid=True, ticks=""
        ),
        yaxis=style.axis(theme, visible=False, range=[PLACES + 0.5, 0.5]),
        sliders=[_slider(data, theme)],
        updatemenus=[] if still else [_buttons(theme)],
        annotations=[
            style.note(data.by, 1, 1, xanchor="right", yanchor="bottom", yshift=20),
        ],
        frames=[{"name": str(n), "data": [_amounts(data, n)], "traces": [0]} for n in _shown(data)],
    )


def _shown(data: Race) -> list[int]:
    """The steps that are frames: all, or so many that the figure stays light; the last always."""
    every = max(1, ceil(len(data.frames) * len(data.titles) / _MOST_BARS))
    last = len(data.frames) - 1
    return list(range(last % every, last + 1, every))


def _amounts(data: Race, step: int) -> dict[str, Any]:
    """Length and place of each bar; those not among the first ten wait below the edge."""
    places = {title: (rank, amount) for rank, (title, amount) in enumerate(data.frames[step], 1)}
    found = [places.get(n, (_OUT, 0)) for n in range(len(data.titles))]
    return {"type": "bar", "x": [round(amount) for _, amount in found], "y": [r for r, _ in found]}


def _bars(data: Race, step: int, theme: Theme, narrow: bool) -> dict[str, Any]:
    leader = data.frames[step][0][0]
    return {
        **_amounts(data, step),
        "orientation": "h",
        "width": 0.78,
        "text": [plain(cut(title, _NARROW_NAME if narrow else _NAME)) for title in data.titles],
        "textposition": "auto",
        "insidetextanchor": "start",
        "textangle": 0,
        "textfont": style.font(theme.ink, 12),
        "insidetextfont": style.font(theme.ink, 12),
        "outsidetextfont": style.font(theme.ink, 12),
        "cliponaxis": True,
        "constraintext": "none",
        "marker": {
            "color": [
                style.mix(theme.accent, theme.ground, 0.35 if n == leader else 0.66)
                for n in range(len(data.titles))
            ],
            "line": {"width": 0},
            "cornerradius": 4,
        },
        "hovertemplate": "%{text}: %{x:,} " + f"{data.by}<extra></extra>",
    }


def _slider(data: Race, theme: Theme) -> dict[str, Any]:
    shown = _shown(data)
    return {
        "active": len(shown) - 1,
        "steps": [
            {"label": f"{data.starts[n]:%b %Y}", "method": "animate", "args": [[str(n)], _AT_ONCE]}
            for n in shown
        ],
        "x": 0.03,
        "len": 0.94,
        "y": 0,
        "pad": {"t": 8, "b": 0},
        "currentvalue": {"visible": False},
        "font": {"size": 10, "color": theme.quiet},
        "bgcolor": theme.line,
        "activebgcolor": theme.accent,
        "bordercolor": theme.line,
        "tickcolor": theme.line,
        "ticklen": 0,
    }


def _buttons(theme: Theme) -> dict[str, Any]:
    play = [_button(label, None, _moving(pace)) for label, pace in _SPEEDS]
    return {
        "type": "buttons",
        "direction": "left",
        "x": 0,
        "y": 1,
        "xanchor": "left",
        "yanchor": "bottom",
        "pad": {"b": 16, "t": 0, "l": 0, "r": 0},
        "showactive": False,
        "bgcolor": theme.panel,
        "bordercolor": theme.line,
        "font": style.font(theme.ink, 12),
        "buttons": [*play, _button("❚❚ Stop", [None], _AT_ONCE)],
    }


def _button(label: str, frames: list[None] | None, how: dict[str, Any]) -> dict[str, Any]:
    return {"label": label, "method": "animate", "args": [frames, how]}


def _moving(pace: int) -> dict[str, Any]:
    """All frames, so many milliseconds each."""
    return {
        "fromcurrent": False,
        "frame": {"duration": pace, "redraw": False},
        "transition": {"duration": round(pace * 0.8), "easing": "linear"},
    }
