"""The three periods side by side, and a list beside them; a row for each measure."""

from typing import Any

import plotly.graph_objects as go

from ttt.chartdata import Periods
from ttt.charts import theme as style
from ttt.charts.theme import Theme
from ttt.music import Measure, written

HEIGHT = 300
# The least that a row's height stands for: a change that nobody hears looks small.
_LEAST_SPAN = {
    Measure.POPULARITY: 15.0,
    Measure.ENERGY: 0.15,
    Measure.VALENCE: 0.15,
    Measure.TEMPO: 15.0,
}
# In shares of a row: above the line there is room for the numbers.
_MIDDLE, _SWING = 0.34, 0.4


def figure(data: Periods, theme: Theme) -> go.Figure:
    """A line of medians for each measure, on a scale of its own; unknown ones leave a gap."""
    rows = [(m, [p.medians.get(m) for p in data.periods]) for m in Measure]
    if all(value is None for _, values in rows for value in values):
        return style.empty(theme, HEIGHT, "No values are known for any period yet")
    names = [p.period.label if p.period else "This list" for p in data.periods]
    top = len(rows) - 1
    return style.figure(
        theme,
        HEIGHT,
        [_line(m, values, names, top - n, theme) for n, (m, values) in enumerate(rows)],
        margin={"l": 76, "r": 8, "t": 2, "b": 40},
        font=style.font(theme.ink, 12),
        xaxis=style.axis(
            theme,
            range=[-0.5, len(names) - 0.5],
            tickvals=list(range(len(names))),
            # In two lines, as four of them beside each other would be turned and cut.
            ticktext=[name.replace(" ", "<br>", 1) for name in names],
            tickangle=0,
        ),
        yaxis=_measures([m for m, _ in rows], theme),
    )


def _measures(measures: list[Measure], theme: Theme) -> dict[str, Any]:
    """A row each, the first on top, with a line between two."""
    count = len(measures)
    return style.axis(
        theme,
        color=theme.ink,
        range=[0, count],
        tickvals=[count - 1 - n + _MIDDLE for n in range(count)],
        ticktext=[m.capitalize() for m in measures],
        ticklabelstandoff=8,
        minor={
            "tickvals": list(range(1, count)),
            "showgrid": True,
            "gridcolor": theme.line,
        },
    )


def _line(
    measure: Measure, values: list[float | None], names: list[str], row: int, theme: Theme
) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines+markers+text",
        "x": list(range(len(values))),
        "y": _heights(values, row, _LEAST_SPAN[measure]),
        "connectgaps": False,
        "text": ["" if v is None else written(measure, v) for v in values],
        "textposition": "top center",
        "hoverinfo": "text",
        "hovertext": [
            None if v is None else f"{name}: median {measure} {written(measure, v)}"
            for name, v in zip(names, values, strict=True)
        ],
        "marker": {"color": theme.colour(measure), "size": 8},
        "cliponaxis": False,
    }


def _heights(values: list[float | None], row: int, least: float) -> list[float | None]:
    known = [v for v in values if v is not None]
    if not known:
        return [None] * len(values)
    low, high = min(known), max(known)
    middle, span = (low + high) / 2, max(high - low, least)
    return [
        None if v is None else round(row + _MIDDLE + _SWING * (v - middle) / span, 3)
        for v in values
    ]
