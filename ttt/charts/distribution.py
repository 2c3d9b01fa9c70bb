"""How the values of one measure are spread."""

from collections import Counter
from itertools import pairwise
from math import floor
from typing import Any, NamedTuple

import plotly.graph_objects as go

from ttt import music, words
from ttt.chartdata import Distribution
from ttt.charts import theme as style
from ttt.charts.theme import Theme
from ttt.music import Measure

HEIGHT = 230
_TITLES = {
    Measure.POPULARITY: "popularity",
    Measure.ENERGY: "energy (calm to intense)",
    Measure.VALENCE: "valence (sad to happy)",
    Measure.TEMPO: "tempo in BPM",
}
# Wide enough that a handful of similar tempos does not fill the chart with one bar.
_LEAST_BPM = 80
# A quarter of a laptop's page: what does not fit there is left to the hover text.
_NARROWEST_PLOT = 155
_LETTER = 5.4


class _Bin(NamedTuple):
    low: float
    high: float
    tracks: int


def figure(data: Distribution, theme: Theme, part: Distribution | None = None) -> go.Figure:
    """Histogram with the median; a tempo's names stand along the top.

    A bar that is chosen has its lower and upper end in `customdata`. A `part` of the values is
    drawn bright within all, and the median is its own.
    """
    if not data.values or data.median is None:
        return style.empty(theme, HEIGHT, f"No {data.measure} is known for these tracks yet")
    bins = _bins(data)
    low, high = _span(data.measure, bins)
    median = data.median if part is None or part.median is None else part.median
    return style.figure(
        theme,
        HEIGHT,
        _histogram(data.measure, bins, theme, part),
        bargap=0,
        barmode="overlay",
        barcornerradius=2,
        xaxis=style.axis(
            theme,
            title=style.title(_TITLES[data.measure]),
            range=[low, high],
            nticks=6,
            showline=True,
            linecolor=theme.line,
        ),
        yaxis=_upright(max(b.tracks for b in bins), theme),
        shapes=[
            style.dotted(theme, median, 1.5),
            *_tempo_bands(data.measure, low, high, theme),
        ],
        annotations=[
            _median_label(data.measure, median, low, high, theme),
            style.scale_note("tracks"),
            *_tempo_names(data.measure, low, high),
        ],
    )


def _histogram(
    measure: Measure, bins: list[_Bin], theme: Theme, part: Distribution | None
) -> list[dict[str, Any]]:
    bars = _bars(measure, bins, theme)
    if part is None:
        return [bars]
    bars["marker"]["opacity"] = 0.25
    return [bars, _bars(measure, _filled(bins, part.values), theme)]


def _upright(top: int, theme: Theme) -> dict[str, Any]:
    # The headroom keeps the median's label clear of the bars.
    return style.axis(theme, showgrid=True, tickvals=_count_ticks(top), range=[0, top * 1.22])


def _bins(data: Distribution) -> list[_Bin]:
    if data.measure is Measure.TEMPO:
        counts = Counter(floor(value / 10) for value in data.values)
        return [_Bin(n * 10, n * 10 + 10, counts[n]) for n in range(min(counts), max(counts) + 1)]
    width = 10.0 if data.measure is Measure.POPULARITY else 0.1
    # Rounded first: 0.3 / 0.1 is 2.9999999999999996. The greatest value joins the last bin.
    counts = Counter(max(0, min(9, floor(round(v / width, 9)))) for v in data.values)
    return [_Bin(n * width, (n + 1) * width, counts[n]) for n in range(10)]


def _filled(bins: list[_Bin], values: tuple[float, ...]) -> list[_Bin]:
    """The same bars for other values; the greatest value of all joins the last."""
    last = bins[-1]
    return [
        _Bin(
            b.low,
            b.high,
            sum(
                b.low <= round(value, 9) < b.high or (b is last and round(value, 9) >= b.high)
                for value in values
            ),
        )
        for b in bins
    ]


def _span(measure: Measure, bins: list[_Bin]) -> tuple[float, float]:
    low, high = bins[0].low, bins[-1].high
    if measure is not Measure.TEMPO:
        return low, high
    missing = max(0.0, _LEAST_BPM - (high - low))
    return low - missing / 2, high + missing / 2


def _bars(measure: Measure, bins: list[_Bin], theme: Theme) -> dict[str, Any]:
    return {
        "type": "bar",
        "x": [round((b.low + b.high) / 2, 3) for b in bins],
        "y": [b.tracks for b in bins],
        "width": round((bins[0].high - bins[0].low) * 0.94, 4),
        "customdata": [[round(b.low, 3), round(b.high, 3)] for b in bins],
        "unselected": {"marker": {"opacity": 0.3}},
        "hoverinfo": "text",
        "hovertext": [_words(measure, b) for b in bins],
        "textposition": "none",
        "marker": {"color": theme.colour(measure), "line": {"width": 0}},
    }


def _words(measure: Measure, b: _Bin) -> str:
    tracks = words.counted(b.tracks, "track")
    if measure is Measure.TEMPO:
        slow, fast = music.tempo_name(b.low), music.tempo_name(b.high - 0.001)
        names = slow if slow == fast else f"{slow} or {fast}"
        return f"{b.low:.0f} to {b.high:.0f} BPM: {tracks}<br>{names}"
    digits = 0 if measure is Measure.POPULARITY else 1
    return f"{b.low:.{digits}f} to {b.high:.{digits}f}: {tracks}"


def _count_ticks(top: int) -> list[int]:
    step = next((s for s in (1, 2, 5, 10, 20, 50, 100, 200, 500) if top / s <= 3), top // 2)
    return list(range(0, top + 1, step))


def _median_label(
    measure: Measure, median: float, low: float, high: float, theme: Theme
) -> dict[str, Any]:
    left = (median - low) / (high - low) > 0.6
    return style.note(
        f"median {music.written(measure, median)}",
        median,
        1,
        xref="x",
        xanchor="right" if left else "left",
        xshift=-4 if left else 4,
        yanchor="top",
        font={"color": theme.ink},
    )


def _tempo_bands(measure: Measure, low: float, high: float, theme: Theme) -> list[dict[str, Any]]:
    gap = (high - low) * 0.006
    bands = _bands(measure, low, high)
    path = "".join(f"M{start + gap:.2f},1.03H{end - gap:.2f}" for _, start, end in bands)
    line = {"color": theme.quiet, "width": 1}
    return [{"type": "path", "path": path, "yref": "paper", "line": line}] if path else []


def _tempo_names(measure: Measure, low: float, high: float) -> list[dict[str, Any]]:
    return [
        style.note(name, (start + end) / 2, 1.03, xref="x", yanchor="bottom", yshift=-1)
        for name, start, end in _bands(measure, low, high)
    ]


def _bands(measure: Measure, low: float, high: float) -> list[tuple[str, float, float]]:
    if measure is not Measure.TEMPO:
        return []
    limits = [0.0, *(limit for limit, _ in music.TEMPO_NAMES), high]
    bands = [
        (music.tempo_name(start), max(start, low), min(end, high))
        for start, end in pairwise(limits)
    ]
    # A line that nothing names says nothing.
    return [
        (name, start, end)
        for name, start, end in bands
        if (end - start) / (high - low) * _NARROWEST_PLOT >= len(name) * _LETTER
    ]
