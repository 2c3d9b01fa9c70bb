"""The Camelot wheel: neighbouring sectors are keys that mix well."""

from typing import Any, NamedTuple

import plotly.graph_objects as go

from ttt.chartdata import KeyWheel
from ttt.charts import theme as style
from ttt.charts.theme import Theme
from ttt.music import camelot_wheel, key_name

HEIGHT = 300
_EDGE = 0.99
_BETWEEN = 0.64
_HOLE = 0.3
_HALF = 0.5
# Of three tracks none is "the most".
_LEAST_MOST = 4


class _Sector(NamedTuple):
    code: str
    key: str
    tracks: int
    share: float


def figure(data: KeyWheel, theme: Theme) -> go.Figure:
    """Twelve hours clockwise, minor keys inside and major keys outside."""
    if not any(data.counts):
        return style.empty(theme, HEIGHT, "No key is known for these tracks yet")
    return style.figure(
        theme,
        HEIGHT,
        [
            _ring(_sectors(data.counts, mode=0), theme, _HOLE, _BETWEEN),
            _ring(_sectors(data.counts, mode=1), theme, _BETWEEN, _EDGE),
        ],
        margin={"l": 0, "r": 0, "t": 4, "b": 4},
        annotations=[style.note("inner: minor<br>outer: major", 0.5, 0.5, align="center")],
    )


def _sectors(counts: tuple[int, ...], mode: int) -> list[_Sector]:
    """Sectors of one ring; the twelfth hour comes first, so that it stands at the top."""
    most = max(*counts, _LEAST_MOST)
    ring = [
        _Sector(code, key_name(key, mode), tracks, tracks / most)
        for (code, key, ring_mode), tracks in zip(camelot_wheel(), counts, strict=True)
        if ring_mode == mode
    ]
    return [ring[-1], *ring[:-1]]


def _ring(sectors: list[_Sector], theme: Theme, inner: float, outer: float) -> dict[str, Any]:
    side = [round((1 - outer) / 2, 4), round((1 + outer) / 2, 4)]
    return {
        "type": "pie",
        "values": [1] * len(sectors),
        "labels": [s.code for s in sectors],
        "text": [f"<b>{s.code}</b><br>{s.tracks}" if s.tracks else s.code for s in sectors],
        "textinfo": "text",
        "textposition": "inside",
        "insidetextorientation": "horizontal",
        "insidetextfont": {"size": 12, "color": [_text_colour(theme, s.share) for s in sectors]},
        "hoverinfo": "text",
        "hovertext": [f"{s.key} ({s.code}): {_tracks(s.tracks)}" for s in sectors],
        "marker": {
            "colors": [_shade(theme, s.share) for s in sectors],
            "line": {"color": theme.ground, "width": 2},
        },
        "sort": False,
        "direction": "clockwise",
        "rotation": -180 / len(sectors),
        "hole": round(inner / outer, 3),
        "domain": {"x": side, "y": side},
    }


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
