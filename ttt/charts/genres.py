"""Which genres the tracks have, the commonest on top."""

from typing import Any, NamedTuple

import plotly.graph_objects as go

from ttt.chartdata import Genres
from ttt.charts import theme as style
from ttt.charts.text import cut, plain
from ttt.charts.theme import Theme
from ttt.words import counted

_EMPTY, _EDGES = 120, 12
# As wide as a quarter of a laptop's page can spare; the rest of a name is in the hover text.
_LONGEST_NAME = 16
_LETTER = 5.8
_ROW = 24


class _Bar(NamedTuple):
    name: str
    tracks: int
    words: str
    colour: str


def figure(data: Genres, theme: Theme) -> go.Figure:
    """One bar a genre with its share of the tracks, and an open one for all that are not named.

    As high as its bars.
    """
    if not data.total:
        return style.empty(theme, _EMPTY, "No genre is known for these tracks yet")
    bars = _bars(data, theme)
    names = [cut(bar.name, _LONGEST_NAME) for bar in bars]
    most = max(bar.tracks for bar in bars)
    return style.figure(
        theme,
        _ROW * len(bars) + _EDGES,
        [_trace(bars, data.total, theme)],
        margin={"l": 10 + _LETTER * max(map(len, names)), "r": 4, "t": 6, "b": 6},
        bargap=0.38,
        barcornerradius=2,
        # A third more than the longest bar, for the label at its end.
        xaxis=style.axis(theme, visible=False, range=[0, most * 1.3]),
        yaxis=style.axis(
            theme,
            color=theme.ink,
            range=[len(bars) - 0.5, -0.5],
            tickvals=list(range(len(bars))),
            ticktext=[plain(name) for name in names],
            ticklabelstandoff=6,
        ),
    )


def _bars(data: Genres, theme: Theme) -> list[_Bar]:
    several = sum(data.tracks) > data.total
    note = "<br>a track may have several genres" if several else ""
    every = counted(data.total, "track")
    bars = [
        _Bar(name, tracks, f"{plain(name)}: {tracks:,} of {every}{note}", theme.quiet)
        for name, tracks in zip(data.names, data.tracks, strict=True)
    ]
    if data.other:
        have = "has" if data.other == 1 else "have"
        words = f"{data.other:,} of {every} {have} none of these genres"
        bars.append(_Bar("other", data.other, words, theme.ground))
    return bars


def _trace(bars: list[_Bar], total: int, theme: Theme) -> dict[str, Any]:
    return {
        "type": "bar",
        "orientation": "h",
        "x": [bar.tracks for bar in bars],
        "y": list(range(len(bars))),
        "text": [_share(bar.tracks, total) for bar in bars],
        "textposition": "outside",
        "textfont": {"color": theme.ink, "size": 11},
        "cliponaxis": False,
        "hoverinfo": "text",
        "hovertext": [bar.words for bar in bars],
        "marker": {
            "color": [bar.colour for bar in bars],
            "line": {"width": 1, "color": theme.quiet},
        },
    }


def _share(tracks: int, total: int) -> str:
    share = 100 * tracks / total
    return f"{share:.0f} %" if share >= 1 else "under 1 %"
