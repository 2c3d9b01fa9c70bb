"""The Camelot wheel: neighbouring sectors are keys that mix well."""

from collections.abc import Collection
from math import cos, sin, tau
from typing import Any, NamedTuple

import plotly.graph_objects as go

from ttt.chartdata import KeyWheel
from ttt.charts import theme as style
from ttt.charts.theme import Theme
from ttt.music import camelot_wheel, key_name

HEIGHT = 300
# Radii of the rings, the outermost first.
_EDGES = (0.99, 0.64, 0.3)
_HOURS = 12
_STEPS = 8
_HALF = 0.5
# Of three tracks none is "the most".
_LEAST_MOST = 4
# Pixels to the edge of a sector from its middle, where the mark is that a click chooses.
_REACH = 32


class _Sector(NamedTuple):
    code: str
    key: str
    tracks: int
    share: float
    hour: int
    outer: float
    inner: float


def figure(data: KeyWheel, theme: Theme, chosen: Collection[str] = ()) -> go.Figure:
    """Twelve hours clockwise, minor keys inside and major keys outside; sectors can be chosen.

    What can be chosen has the Camelot code in its `customdata`; what is `chosen` is ringed.
    """
    if not any(data.counts):
        return style.empty(theme, HEIGHT, "No key is known for these tracks yet")
    sectors = _sectors(data.counts)
    # Without "domain" an axis that was widened once stays wide, and the wheel a knot.
    hidden = {"visible": False, "fixedrange": True, "range": [-1, 1], "constrain": "domain"}
    return style.figure(
        theme,
        HEIGHT,
        [_marks(sectors, theme, chosen)],
        margin={"l": 0, "r": 0, "t": 4, "b": 4},
        shapes=[_outline(sector, theme) for sector in sectors],
        annotations=[style.note("inner: minor<br>outer: major", 0.5, 0.5, align="center")],
        xaxis=hidden,
        yaxis=hidden | {"scaleanchor": "x"},
        hoverdistance=_REACH,
    )


def _sectors(counts: tuple[int, ...]) -> list[_Sector]:
    most = max(*counts, _LEAST_MOST)
    return [
        _Sector(
            code,
            key_name(key, mode),
            tracks,
            tracks / most,
            int(code[:-1]) % _HOURS,
            *_EDGES[1 - mode : 3 - mode],
        )
        for (code, key, mode), tracks in zip(camelot_wheel(), counts, strict=True)
    ]


def _marks(sectors: list[_Sector], theme: Theme, chosen: Collection[str]) -> dict[str, Any]:
    """The text of each sector in its middle."""
    middles = [_point(s.hour, (s.outer + s.inner) / 2) for s in sectors]
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": [x for x, _ in middles],
        "y": [y for _, y in middles],
        "customdata": [s.code for s in sectors],
        "text": [f"<b>{s.code}</b><br>{s.tracks}" if s.tracks else s.code for s in sectors],
        "textfont": {"size": 12, "color": [_text_colour(theme, s.share) for s in sectors]},
        "hoverinfo": "text",
        "hovertext": [f"{s.key} ({s.code}): {_tracks(s.tracks)}" for s in sectors],
        "cliponaxis": False,
        "marker": {
            "size": _REACH,
            "symbol": "circle-open",
            "opacity": 0,
            "color": theme.accent,
            "line": {"width": 2},
        },
        "selected": {"marker": {"opacity": 1}},
        "unselected": {"marker": {"opacity": 0}},
    } | (
        {"selectedpoints": [n for n, s in enumerate(sectors) if s.code in chosen]} if chosen else {}
    )


def _outline(sector: _Sector, theme: Theme) -> dict[str, Any]:
    turns = [sector.hour - _HALF + step / _STEPS for step in range(_STEPS + 1)]
    outside = [_point(turn, sector.outer) for turn in turns]
    inside = [_point(turn, sector.inner) for turn in reversed(turns)]
    return {
        "type": "path",
        "path": "M" + "L".join(f"{x} {y}" for x, y in outside + inside) + "Z",
        "fillcolor": _shade(theme, sector.share),
        "line": {"color": theme.ground, "width": 2},
        "layer": "below",
    }


def _point(hour: float, radius: float) -> tuple[float, float]:
    angle = tau * hour / _HOURS
    return round(radius * sin(angle), 3), round(radius * cos(angle), 3)


def _shade(theme: Theme, share: float) -> str:
    """Colour from the panel (nothing) towards the ink (the most)."""
    if share == 0:
        return theme.panel
    # The middle is left out: no text reads well on it.
    weight = 0.1 + 0.5 * share if share <= _HALF else 0.4 + 0.45 * share
    pairs = zip(_channels(theme.panel), _channels(theme.ink), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * weight):02X}" for a, b in pairs)


def _channels(colour: str) -> list[int]:
    return [int(colour[i : i + 2], 16) for i in (1, 3, 5)]


def _text_colour(theme: Theme, share: float) -> str:
    if share == 0:
        return theme.quiet
    return theme.ground if share > _HALF else theme.ink


def _tracks(count: int) -> str:
    return {0: "no tracks", 1: "1 track"}.get(count, f"{count} tracks")
