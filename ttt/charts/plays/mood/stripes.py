"""A row a year, a stripe a week, so that seasons stand in columns."""

from typing import Any

import plotly.graph_objects as go

from ttt.chartdata import Stripes
from ttt.charts import theme as style
from ttt.charts.plays import shared
from ttt.charts.theme import Theme
from ttt.music import LESS_AND_MORE, Measure, written

_ROW, _HEAD, _FOOT = 26, 22, 28
# Steps of the scale of colours below, and where it begins and how long it is, in pixels.
_STEPS, _RAMP_START, _RAMP = 12, 96, 84


def figure(data: Stripes, theme: Theme, *, narrow: bool = False) -> go.Figure:
    """Lighter is less on a light ground and more on a dark one; a frame is the odd week."""
    known = sorted(value for row in data.cells for value in row if value is not None)
    if not known:
        return style.empty(theme, 160, f"No {data.measure} is known yet for what was heard")
    reach = known[len(known) // 25], known[-1 - len(known) // 25]
    rows = len(data.years)
    return style.figure(
        theme,
        _HEAD + _ROW * rows + _FOOT,
        [_cells(data, theme, reach), *_blank(data, theme)],
        margin={"l": 36, "r": 44, "t": _HEAD, "b": _FOOT},
        annotations=[*_means(data, theme), *_scale(data, reach, narrow)],
        shapes=[*_odd(data, theme), *_ramp(data, theme)],
        xaxis=_months(theme),
        yaxis=style.axis(
            theme,
            range=[rows - 0.5, -0.5],
            tickvals=list(range(rows)),
            ticktext=[str(year) for year in data.years],
            ticks="",
        ),
    )


def _months(theme: Theme) -> dict[str, Any]:
    """Axis of the weeks of a year, with the first letter of each month at its middle."""
    return style.axis(
        theme,
        side="top",
        range=[-0.6, 52.6],
        tickvals=[round((month * 30.44 + 15) / 7 - 0.5, 1) for month in range(12)],
        ticktext=list("JFMAMJJASOND"),
        ticks="",
    )


def _digits(measure: Measure) -> int:
    return 0 if measure in {Measure.TEMPO, Measure.POPULARITY} else 2


def _cells(data: Stripes, theme: Theme, reach: tuple[float, float]) -> dict[str, Any]:
    digits = _digits(data.measure)
    return {
        "type": "heatmap",
        "z": [[None if v is None else round(v, digits) for v in row] for row in data.cells],
        "colorscale": shared.scale_of(theme, theme.colour(data.measure)),
        "zmin": reach[0],
        "zmax": max(reach[1], reach[0] + 0.01),
        "xgap": 1,
        "ygap": 5,
        "showscale": False,
        "hoverongaps": False,
        "hovertemplate": "%{y}, week %{x}: " + f"{data.measure} %{{z}}<extra></extra>",
        "x0": 0,
        "dx": 1,
    }


def _blank(data: Stripes, theme: Theme) -> list[dict[str, Any]]:
    if not data.blank:
        return []
    return [shared.strokes(theme, [w for _, w in data.blank], [r for r, _ in data.blank], 8)]


def _means(data: Stripes, theme: Theme) -> list[dict[str, Any]]:
    """The middle of each year, at its end."""
    return [
        style.note(
            written(data.measure, mean).removesuffix(" BPM"),
            1,
            row,
            yref="y",
            xanchor="left",
            xshift=6,
            font=style.font(theme.ink, 12),
        )
        for row, mean in enumerate(data.means)
        if mean is not None
    ]


def _odd(data: Stripes, theme: Theme) -> list[dict[str, Any]]:
    if data.odd is None:
        return []
    row, week = data.odd
    return [shared.framed(theme, week, row, 0.42)]


def _ramp(data: Stripes, theme: Theme) -> list[dict[str, Any]]:
    """The scale of colours, below: the only legend there is."""
    low, middle, high = (c for _, c in shared.scale_of(theme, theme.colour(data.measure)))
    shares = [n * 2 / (_STEPS - 1) for n in range(_STEPS)]
    return [
        _tile(n, style.mix(low, middle, share) if share < 1 else style.mix(middle, high, share - 1))
        for n, share in enumerate(shares)
    ]


def _tile(step: int, colour: str) -> dict[str, Any]:
    width = _RAMP / _STEPS
    return {
        "type": "rect",
        "xref": "paper",
        "yref": "paper",
        "xsizemode": "pixel",
        "ysizemode": "pixel",
        "xanchor": 0,
        "yanchor": 0,
        "x0": round(_RAMP_START + step * width, 1),
        "x1": round(_RAMP_START + (step + 1) * width, 1),
        "y0": -22,
        "y1": -12,
        "fillcolor": colour,
        "line": {"width": 0},
    }


def _scale(data: Stripes, reach: tuple[float, float], narrow: bool) -> list[dict[str, Any]]:
    less, more = LESS_AND_MORE[data.measure]
    low, high = (written(data.measure, value).removesuffix(" BPM") for value in reach)
    options = {"yanchor": "middle", "yshift": -17}
    notes = [
        style.note(f"{less}, {low}", 0, 0, xanchor="right", xshift=_RAMP_START - 4, **options),
        style.note(
            f"{high}, {more}", 0, 0, xanchor="left", xshift=_RAMP_START + _RAMP + 4, **options
        ),
    ]
    if data.blank:
        hatch = style.note("∕∕∕ not recorded", 1, 0, xanchor="right", **options)
        notes += style.fitting(hatch, None, narrow=narrow)
    return notes
