"""Colours of both themes, and what all figures have in common."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import plotly.graph_objects as go

from ttt.charts.still import Still
from ttt.music import Measure

ThemeName = Literal["dark", "light"]
Stops = tuple[tuple[float, str], ...]

# From here on SVG, one page element a point, is slower to show than WebGL.
_WEBGL_FROM = 5_000
_SIZE = 11
# The page's own: Plotly's style sheet stands between it and "inherit".
_FONT = '"Source Sans", sans-serif'


@dataclass(frozen=True, slots=True)
class Theme:
    """Colour tokens; `tempo_scale` runs from slow, near the ground, to fast, near the ink.

    `plays` is the scale of counts of plays, from few to many; `hatch` is what was not recorded.
    `spotify` is for what is Spotify's own. `line` parts what belongs together, `rule` is the empty
    part of a bar, `edge` the border of a field and the box of a tick.
    """

    ground: str
    panel: str
    ink: str
    quiet: str
    line: str
    rule: str
    edge: str
    accent: str
    accent_text: str
    on_accent: str
    popularity: str
    energy: str
    valence: str
    tempo: str
    tempo_scale: Stops
    plays: Stops
    hatch: str
    spotify: str

    def colour(self, measure: Measure) -> str:
        """Colour of a measure, the same in every chart."""
        return {
            Measure.POPULARITY: self.popularity,
            Measure.ENERGY: self.energy,
            Measure.VALENCE: self.valence,
            Measure.TEMPO: self.tempo,
        }[measure]


_THEMES: dict[ThemeName, Theme] = {
    "dark": Theme(
        ground="#0F1014",
        panel="#1A1B22",
        ink="#ECEDF2",
        quiet="#9699A6",
        line="#1D1F27",
        rule="#2A2C37",
        edge="#6B6E7C",
        accent="#E75480",
        accent_text="#F07B9F",
        on_accent="#0F1014",
        popularity="#E6B450",
        energy="#F2704F",
        valence="#3DB8A5",
        tempo="#8B99FF",
        tempo_scale=((0.0, "#4C56C4"), (0.5, "#8B99FF"), (1.0, "#ECEEFF")),
        plays=((0.0, "#1A161D"), (0.25, "#4A2236"), (0.6, "#A53E62"), (1.0, "#FF8FB0")),
        hatch="#666978",
        spotify="#1ED760",
    ),
    "light": Theme(
        ground="#FCFBF9",
        panel="#F3F1EC",
        ink="#1C1D22",
        quiet="#5F6270",
        line="#EEEBE5",
        rule="#E0DCD3",
        edge="#7F828C",
        accent="#C93A68",
        accent_text="#B52F5C",
        on_accent="#FFFFFF",
        popularity="#B7821A",
        energy="#D2502F",
        valence="#1F8F7E",
        tempo="#4F5FD6",
        tempo_scale=((0.0, "#7886E6"), (0.5, "#4F5FD6"), (1.0, "#151B56")),
        plays=((0.0, "#F4EAEC"), (0.25, "#EFC3D0"), (0.6, "#D9698D"), (1.0, "#8E1F45")),
        hatch="#8F8E87",
        spotify="#157A3A",
    ),
}


def theme(name: ThemeName) -> Theme:
    """Colours of the theme that is shown."""
    return _THEMES[name]


def mix(one: str, other: str, share: float) -> str:
    """Colour between two of the form #RRGGBB: `share` 0 gives the one, 1 the other."""
    pairs = [(int(one[n : n + 2], 16), int(other[n : n + 2], 16)) for n in (1, 3, 5)]
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def scatter(points: int) -> str:
    """Trace type that shows this many points soonest."""
    return "scattergl" if points >= _WEBGL_FROM else "scatter"


def axis(theme: Theme, **options: Any) -> dict[str, Any]:
    """Quiet axis without zoom; `options` are Plotly's own and win."""
    return {
        "fixedrange": True,
        "showgrid": False,
        "zeroline": False,
        "color": theme.quiet,
        "gridcolor": theme.line,
    } | options


def font(colour: str, size: int) -> dict[str, Any]:
    """Typeface of the page; `size` in pixels."""
    return {"family": _FONT, "color": colour, "size": size}


def title(text: str) -> dict[str, Any]:
    """Title of an axis, no larger than its numbers."""
    return {"text": text, "font": {"size": _SIZE}, "standoff": 8}


def note(text: str, x: float, y: float, **options: Any) -> dict[str, Any]:
    """Quiet text at a place given in fractions of the plot; `options` are Plotly's own."""
    return {
        "text": text,
        "x": x,
        "y": y,
        "xref": "paper",
        "yref": "paper",
        "showarrow": False,
    } | options


def fitting(
    roomy: dict[str, Any] | None, tight: dict[str, Any] | None, *, narrow: bool
) -> list[dict[str, Any]]:
    """What is written where there is room, and what in its place where not.

    Browsers choose, as a window may become narrow, by these names (figures.js); on a phone only
    the second is sent.
    """
    if narrow:
        return [tight] if tight else []
    named = ((roomy, "roomy"), (tight, "tight"))
    return [note | {"name": name} for note, name in named if note]


def dotted(theme: Theme, place: float, width: float) -> dict[str, Any]:
    """Dotted line from the foot to the top, at a place of the axis across."""
    return {
        "type": "line",
        "yref": "paper",
        "x0": place,
        "x1": place,
        "y0": 0,
        "y1": 1,
        "line": {"color": theme.ink, "width": width, "dash": "dot"},
    }


def scale_note(unit: str) -> dict[str, Any]:
    """Unit of the upright axis, above its numbers."""
    return note(unit, 0, 1, xanchor="right", yanchor="bottom", yshift=4)


def figure(
    theme: Theme,
    height: int,
    traces: list[dict[str, Any]],
    *,
    frames: Sequence[dict[str, Any]] = (),
    **layout: Any,
) -> go.Figure:
    """Figure on a transparent ground, `height` pixels high; `layout` is Plotly's own and wins.

    `frames` are what it looks like later, when it moves.
    """
    base = {
        "height": height,
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "margin": {"l": 36, "r": 8, "t": 26, "b": 42},
        "font": font(theme.quiet, _SIZE),
        "showlegend": False,
        "hovermode": "closest",
        # Only `False` lets a finger scroll the page over a chart.
        "dragmode": False,
        "hoverlabel": {
            "bgcolor": theme.panel,
            "bordercolor": theme.line,
            "align": "left",
            "font": font(theme.ink, 12),
        },
    }
    return Still(traces, base | layout, frames)


def empty(theme: Theme, height: int, sentence: str) -> go.Figure:
    """Figure that shows nothing but a quiet sentence."""
    hidden = {"visible": False, "fixedrange": True}
    lines = "<br>".join(textwrap.wrap(sentence, 28))
    middle = note(lines, 0.5, 0.5, font={"size": 13})
    return figure(theme, height, [], annotations=[middle], xaxis=hidden, yaxis=hidden)
