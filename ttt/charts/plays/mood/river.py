"""Mood over time: a ribbon a measure on one axis, over how much of it is known.

A ribbon is one shape, however many steps it has: browsers draw thousands of bars slowly.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

import plotly.graph_objects as go

from ttt.chartdata import Ribbon, River
from ttt.charts import theme as style
from ttt.charts.plays import shared
from ttt.charts.plays.mood import river_bands as bands
from ttt.charts.plays.mood import river_words as words
from ttt.charts.theme import Theme
from ttt.music import Measure

_HEAD, _LANE, _FOUR_LANES, _NARROW_LANE, _BETWEEN, _STRIP, _FOOT = 34, 146, 116, 104, 30, 26, 26
# From so many steps on a hover tells the middle alone, and it and the line take every other step.
_MANY = 150
_SELECTABLE: dict[str, Any] = {"dragmode": "select", "selectdirection": "h"}


def figure(
    data: River,
    theme: Theme,
    *,
    narrow: bool = False,
    stretch: tuple[date, date] | None = None,
    selectable: bool = False,
) -> go.Figure:
    """Bands from the lower to the upper quartile, paler where less is known, a line through them.

    A `stretch` of days is marked; where it is `selectable`, a drag chooses another one.
    """
    if not any(spread for ribbon in data.ribbons for spread in ribbon.spreads):
        return style.empty(theme, 200, "No values are known yet for what was heard")
    height, strip_top, domains = _lanes(len(data.ribbons), narrow)
    strip = _axis(len(data.ribbons))
    until = shared.end(data.starts[-1], data.step)
    return style.figure(
        theme,
        height,
        [*_ribbons(data, theme), *_known(data, theme, strip)],
        margin={"l": 32, "r": 2, "t": 0, "b": _FOOT},
        bargap=0,
        barmode="overlay",
        hovermode="x",
        annotations=_notes(data, theme, domains, strip_top, narrow),
        shapes=[
            *words.cold(data, theme, domains),
            *words.odd_line(data, domains, theme),
            *words.stretch(stretch, domains, theme),
        ],
        xaxis=shared.time_axis(theme, data.starts[0], until, narrow=narrow, anchor=f"y{strip}"),
        **_uprights(data, theme, domains, strip_top),
        **(_SELECTABLE if selectable else {}),
    )


def _axis(lane: int) -> str:
    """How Plotly numbers its axes: the first has no number."""
    return str(lane + 1) if lane else ""


def _ribbons(data: River, theme: Theme) -> list[dict[str, Any]]:
    return [
        trace
        for n, ribbon in enumerate(data.ribbons)
        for trace in _ribbon(data, ribbon, theme, _axis(n))
    ]


def _uprights(
    data: River, theme: Theme, domains: Sequence[tuple[float, float]], strip_top: float
) -> dict[str, Any]:
    """An axis a lane, and that of the strip at the foot."""
    axes = {
        f"yaxis{_axis(n)}": _upright(theme, domain, _reach(data, ribbon))
        for n, (ribbon, domain) in enumerate(zip(data.ribbons, domains, strict=True))
    }
    strip = style.axis(theme, domain=[0, strip_top], range=[0, 1], showticklabels=False, ticks="")
    return axes | {f"yaxis{_axis(len(data.ribbons))}": strip}


def _notes(
    data: River,
    theme: Theme,
    domains: Sequence[tuple[float, float]],
    strip_top: float,
    narrow: bool,
) -> list[dict[str, Any]]:
    notes: list[dict[str, Any]] = []
    for n, (ribbon, (_, top)) in enumerate(zip(data.ribbons, domains, strict=True)):
        notes += words.names(data, ribbon, theme, top, narrow)
        notes += words.odd_label(data, ribbon.measure, theme, _axis(n))
    notes += words.known_names(data, strip_top, narrow)
    return notes + words.marks(data, domains, theme, narrow)


def _lanes(count: int, narrow: bool) -> tuple[int, float, list[tuple[float, float]]]:
    """Height in pixels; where the strip at the foot ends and each lane lies, as shares of it."""
    lane = _NARROW_LANE if narrow else _FOUR_LANES if count > 3 else _LANE
    inner = _HEAD + count * (lane + _BETWEEN) + _STRIP
    tops = [1 - (_HEAD + n * (lane + _BETWEEN)) / inner for n in range(count)]
    return inner + _FOOT, _STRIP / inner, [(top - lane / inner, top) for top in tops]


def _reach(data: River, ribbon: Ribbon) -> tuple[float, float]:
    """A little more than the lowest and the highest quartile, in whole steps of the scale."""
    step = words.SCALES[ribbon.measure][1]
    known = [spread for spread in ribbon.spreads if spread]
    if not known:
        return 0, step
    lows, highs = sorted(s.low for s in known), sorted(s.high for s in known)
    # One week in fifty may leave the scale rather than flatten all others.
    low, high = lows[len(lows) // 50], highs[-1 - len(highs) // 50]
    odd = data.odd[1].get(ribbon.measure) if data.odd else None
    if odd is not None:
        low, high = min(low, odd), max(high, odd)
    return int(low / step) * step, (int(high / step - 1e-9) + 1) * step


def _ribbon(data: River, ribbon: Ribbon, theme: Theme, axis: str) -> list[dict[str, Any]]:
    digits = 0 if ribbon.measure in {Measure.TEMPO, Measure.POPULARITY} else 2
    colour = theme.colour(ribbon.measure)
    every = 2 if len(data.starts) > _MANY else 1
    line = {
        "type": "scatter",
        "mode": "lines",
        **bands.middles(data, every),
        "y": [None if v is None else round(v, digits + 1) for v in ribbon.line[::every]],
        "yaxis": f"y{axis}",
        "connectgaps": False,
        "line": {"color": style.mix(colour, theme.ink, 0.4), "width": 2.2},
        "hoverinfo": "skip",
    }
    return [
        *bands.between(data, _quartiles(ribbon, digits), colour, f"y{axis}"),
        line,
        _told(data, ribbon, digits, f"y{axis}"),
        shared.hatch(theme, data.holes, *_reach(data, ribbon), yaxis=f"y{axis}"),
    ]


def _quartiles(ribbon: Ribbon, digits: int) -> list[tuple[float, float] | None]:
    return [
        None if s is None else (_round(s.low, digits), _round(s.high, digits))
        for s in ribbon.spreads
    ]


def _told(data: River, ribbon: Ribbon, digits: int, axis: str) -> dict[str, Any]:
    """What is said of a step under the pointer; it draws nothing."""
    middles = [None if s is None else _round(s.middle, digits) for s in ribbon.spreads]
    if len(data.starts) > _MANY:
        return bands.said(data, middles, "middle %{y}", axis, every=2)
    texts = ["" if q is None else f"{q[0]} to {q[1]}" for q in _quartiles(ribbon, digits)]
    sentence = f"middle %{{y}}, half of {data.by.whole} %{{text}}"
    return bands.said(data, middles, sentence, axis) | {"text": texts}


def _round(value: float, digits: int) -> float:
    return round(value, digits) if digits else round(value)


def _upright(
    theme: Theme, domain: tuple[float, float], reach: tuple[float, float]
) -> dict[str, Any]:
    low, high = reach
    middle = (low + high) / 2
    ticks = [low, middle, high]
    form = [f"{tick:.0f}" if high > 10 else f"{tick:.2f}".rstrip("0").rstrip(".") for tick in ticks]
    return style.axis(
        theme,
        domain=list(domain),
        range=list(reach),
        tickvals=ticks,
        ticktext=form,
        ticks="",
        showgrid=True,
    )


def _known(data: River, theme: Theme, axis: str) -> list[dict[str, Any]]:
    every = 2 if len(data.starts) > _MANY else 1
    shares = [None if known is None else round(known, 2) for known in data.known]
    return [
        bands.under(data, shares, theme.quiet, f"y{axis}"),
        bands.said(data, shares, f"values for %{{y:.0%}} of {data.by.whole}", f"y{axis}", every),
        shared.hatch(theme, data.holes, 0, 1, yaxis=f"y{axis}"),
    ]
