"""A list as it plays: tempo over energy over what clashes, along one time axis."""

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go

from ttt.chartdata import Flow, FlowMark
from ttt.charts import theme as style
from ttt.charts.text import plain
from ttt.charts.theme import Theme
from ttt.music import Measure, written

HEIGHT = 340
# Where the three stand, as shares of the height from below.
_MARKS, _ENERGY, _TEMPO = [0.0, 0.13], [0.2, 0.52], [0.63, 0.95]
_ROWS = {"jump": 0, "clash": 1}
_SYMBOLS = {"clash": "x", "jump": "triangle-up"}
_LEAST_BPM = 20
_MOST_TICKS = 7
# Minutes between two ticks.
_EVERY = (1, 2, 5, 10, 15, 20, 30, 60, 120, 240)


def figure(data: Flow, theme: Theme) -> go.Figure:
    """Two lines and a row of signs for each kind of mark; unknown values leave a gap."""
    if all(p.tempo is None and p.energy is None for p in data.points):
        return style.empty(theme, HEIGHT, "No tempo or energy is known for these tracks yet")
    return style.figure(
        theme,
        HEIGHT,
        [
            _line(data, Measure.TEMPO, theme, "y"),
            _line(data, Measure.ENERGY, theme, "y2"),
            *(_signs(data.marks, kind, theme) for kind in _ROWS),
        ],
        margin={"l": 42, "r": 12, "t": 6, "b": 42},
        xaxis=_across(data, theme),
        **_uprights(data, theme),
        shapes=[_thread(mark, theme) for mark in data.marks],
        annotations=[
            _name("tempo, BPM", _TEMPO, theme.tempo),
            _name("energy, 0 calm to 1 intense", _ENERGY, theme.energy),
        ],
    )


def _across(data: Flow, theme: Theme) -> dict[str, Any]:
    return style.axis(
        theme,
        title=style.title("playing time, min:s"),
        range=[0, data.seconds],
        anchor="y3",
        **_ticks(data.seconds),
    )


def _uprights(data: Flow, theme: Theme) -> dict[str, Any]:
    """An axis for each of the three that stand above each other."""
    return {
        "yaxis": style.axis(
            theme, domain=_TEMPO, range=_tempo_range(data), nticks=3, showgrid=True
        ),
        "yaxis2": style.axis(
            theme, domain=_ENERGY, range=[-0.05, 1.05], tickvals=[0, 0.5, 1], showgrid=True
        ),
        "yaxis3": style.axis(
            theme,
            domain=_MARKS,
            range=[-0.6, 1.6],
            tickvals=list(_ROWS.values()),
            ticktext=list(_ROWS),
        ),
    }


def _line(data: Flow, measure: Measure, theme: Theme, axis: str) -> dict[str, Any]:
    values = [p.tempo if measure is Measure.TEMPO else p.energy for p in data.points]
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": [round((p.start + p.end) / 2, 1) for p in data.points],
        "y": [None if value is None else round(value, 3) for value in values],
        "yaxis": axis,
        "connectgaps": False,
        "line": {"color": theme.colour(measure), "width": 2},
        "marker": {"color": theme.colour(measure), "size": 6},
        "cliponaxis": False,
        "hoverinfo": "text",
        "hovertext": [
            None
            if value is None
            else f"<b>{plain(p.label)}</b><br>{_clock(p.start)} · {written(measure, value)}"
            f"{'' if p.key is None else f' · {p.key}'}"
            for p, value in zip(data.points, values, strict=True)
        ],
    }


def _signs(marks: Sequence[FlowMark], kind: str, theme: Theme) -> dict[str, Any]:
    shown = [mark for mark in marks if mark.kind == kind]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [round(mark.at, 1) for mark in shown],
        "y": [_ROWS[kind]] * len(shown),
        "yaxis": "y3",
        "marker": {"color": theme.ink, "size": 8, "symbol": _SYMBOLS[kind]},
        "cliponaxis": False,
        "hoverinfo": "text",
        "hovertext": [
            f"<b>{mark.what}</b><br>{plain(mark.before)}<br>then {plain(mark.after)}"
            for mark in shown
        ],
    }


def _thread(mark: FlowMark, theme: Theme) -> dict[str, Any]:
    """Faint line from a sign up to the lines, so that one sees between which points it stands."""
    return {
        "type": "line",
        "layer": "below",
        "xref": "x",
        "yref": "paper",
        "x0": round(mark.at, 1),
        "x1": round(mark.at, 1),
        "y0": 0,
        "y1": _TEMPO[1],
        "line": {"color": theme.line, "width": 1},
    }


def _name(text: str, lane: Sequence[float], colour: str) -> dict[str, Any]:
    return style.note(
        text,
        0,
        lane[1],
        xanchor="left",
        yanchor="bottom",
        font=style.font(colour, 11),
    )


def _tempo_range(data: Flow) -> list[float]:
    """Wide enough that a list of one tempo is no mountain range."""
    tempos = [p.tempo for p in data.points if p.tempo is not None] or [120.0]
    middle, span = (min(tempos) + max(tempos)) / 2, max(max(tempos) - min(tempos), _LEAST_BPM)
    return [middle - span * 0.55, middle + span * 0.55]


def _ticks(seconds: float) -> dict[str, Any]:
    minutes = seconds / 60
    every = next((e for e in _EVERY if minutes / e <= _MOST_TICKS), _EVERY[-1])
    times = [n * every * 60 for n in range(int(minutes / every) + 1)]
    return {"tickvals": times, "ticktext": [_clock(time) for time in times]}


def _clock(seconds: float) -> str:
    return f"{round(seconds) // 60}:{round(seconds) % 60:02}"
