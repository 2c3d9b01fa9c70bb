"""Bands of the river: areas with a level edge a step, and the words under the pointer."""

from collections.abc import Iterator, Sequence
from typing import Any

from ttt.chartdata import River, Step
from ttt.charts.plays import shared

_PALE, _FULL = 0.16, 0.55
# So many shades along a ribbon are told apart; more would only be more to send.
_SHADES = 60
_WHEN = {
    Step.DAY: "%{x|%-d %b %Y}",
    Step.WEEK: "week of %{x|%-d %b %Y}",
    Step.MONTH: "%{x|%b %Y}",
}


def between(
    data: River, edges: Sequence[tuple[float, float] | None], colour: str, axis: str
) -> list[dict[str, Any]]:
    """A band between two edges, shaded by how much is known of each step.

    Where nothing is known the band has no height: an area that breaks off would be drawn across.
    """
    lows, highs = zip(*_closed(edges), strict=True)
    shades = list(_shades(data.known))
    first, width = _even(data)
    low = _edge(data, lows, axis)
    high = _edge(data, highs, axis) | {
        "fill": "tonexty",
        "fillgradient": {
            "type": "horizontal",
            "start": first,
            "stop": first + width * len(data.starts),
            "colorscale": [[place, _clear(colour, shade)] for place, shade in shades],
        },
    }
    return [low, high]


def under(data: River, values: Sequence[float | None], colour: str, axis: str) -> dict[str, Any]:
    """An area from zero up to each step's value."""
    edges = [0, *(value or 0 for value in values), 0]
    return _edge(data, edges, axis) | {"fill": "tozeroy", "fillcolor": _clear(colour, 0.6)}


def said(
    data: River, values: Sequence[float | None], sentence: str, axis: str, every: int = 1
) -> dict[str, Any]:
    """A trace that draws nothing and says a sentence of a step under the pointer.

    Of `every` so manieth step alone, where all would be too many.
    """
    first, width = _even(data)
    trace = {
        "type": "scatter",
        "mode": "none",
        "x0": first + width // 2,
        "dx": width * every,
        "y": list(values[::every]),
        "yaxis": axis,
        "hovertemplate": f"{_WHEN[data.step]}<br>{sentence}<extra></extra>",
    }
    if data.step is Step.WEEK:
        # Drawn in its middle, named by its first day.
        trace |= {"x0": first, "xperiod": width, "xperiodalignment": "middle"}
    return trace


def middles(data: River, every: int) -> dict[str, Any]:
    """Places of the middles of every so manieth step."""
    first, width = _even(data)
    return {"x0": first + width // 2, "dx": width * every}


def _edge(data: River, values: Sequence[float], axis: str) -> dict[str, Any]:
    """A line that is level through each step; it begins and ends half a step outside."""
    first, width = _even(data)
    return {
        "type": "scatter",
        "mode": "lines",
        "x0": first - width // 2,
        "dx": width,
        "y": list(values),
        "yaxis": axis,
        "line": {"width": 0, "shape": "hvh"},
        "hoverinfo": "skip",
    }


def _closed(edges: Sequence[tuple[float, float] | None]) -> Iterator[tuple[float, float]]:
    """Edges that meet where nothing is known, and before the first and after the last step."""
    known = [edge for edge in edges if edge is not None]
    last = known[0][0] if known else 0.0
    yield last, last
    for edge in edges:
        if edge is not None:
            last = edge[0]
        yield edge or (last, last)
    yield last, last


def _even(data: River) -> tuple[int, int]:
    """Place of the first step and the width of all: a list of places would be half of the figure.

    Months are drawn as if they were equal, a day or so off where they begin.
    """
    first, count = shared.at(data.starts[0]), len(data.starts)
    if data.step is not Step.MONTH or count < 2:
        return first, shared.WIDTH[data.step]
    return first, (shared.at(data.starts[-1]) - first) // (count - 1)


def _shades(known: Sequence[float | None]) -> Iterator[tuple[float, float]]:
    """Places from 0 to 1 with the opacity there; between them it changes evenly."""
    count = len(known)
    some = min(count, _SHADES)
    parts = [known[n * count // some : (n + 1) * count // some] for n in range(some)]
    shades = [_opacity(part) for part in parts]
    yield 0, shades[0]
    for n, shade in enumerate(shades):
        # What lies between two equal ones needs no words.
        if not 0 < n < some - 1 or not shades[n - 1] == shade == shades[n + 1]:
            yield round((n + 0.5) / some, 4), shade
    yield 1, shades[-1]


def _opacity(part: Sequence[float | None]) -> float:
    """Of steps together; those of which half is known or less are as pale as can be."""
    told = [share for share in part if share is not None]
    share = sum(told) / len(told) if told else 0.0
    if share < 0.5:
        return _PALE
    return round(_PALE + (_FULL - _PALE) * min((share - 0.4) / 0.55, 1), 2)


def _clear(colour: str, opacity: float) -> str:
    """A colour of the form #RRGGBB that lets through what lies below it."""
    red, green, blue = (int(colour[n : n + 2], 16) for n in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity})"
