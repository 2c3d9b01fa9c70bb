"""What charts over time share: their axis, and the hatch over what was not recorded."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from ttt.chartdata import By, Hole, Step
from ttt.charts import theme as style
from ttt.charts.theme import Theme
from ttt.words import short_day

DAY = 86_400_000
_EPOCH = date(1970, 1, 1)
# How much paler than the accent whatever is not the peak is.
_SOFT, _CUT = 0.3, 0.62
_FEW = 4
WIDTH = {Step.DAY: DAY, Step.WEEK: 7 * DAY, Step.MONTH: 30 * DAY}


def at(day: date) -> int:
    """Place of a day's beginning on an axis of time, in milliseconds since 1970."""
    return (day - _EPOCH).days * DAY


def middle(start: date, step: Step) -> int:
    """Place of a step's middle."""
    return at(start) + WIDTH[step] // 2


def end(start: date, step: Step) -> date:
    """The last day of the step that begins on a day."""
    return date.fromordinal(start.toordinal() + WIDTH[step] // DAY - 1)


def along(starts: Sequence[date], step: Step) -> dict[str, Any]:
    """Middles of steps on the axis; days and weeks need no list, which halves a long series."""
    if step is Step.MONTH or not starts:
        return {"x": [middle(start, step) for start in starts]}
    return {"x0": middle(starts[0], step), "dx": WIDTH[step]}


def runs(shown: Iterable[int]) -> list[list[int]]:
    """Steps without a blank one between them: a band must not slope over a gap."""
    pieces: list[list[int]] = []
    for n in shown:
        if pieces and pieces[-1][-1] == n - 1:
            pieces[-1].append(n)
        else:
            pieces.append([n])
    return pieces


def whole(top: float, ticks: int) -> dict[str, Any]:
    """About so many ticks on an axis of numbers up to `top`, none of them within a play."""
    return {"dtick": 1} if top < _FEW else {"nticks": ticks}


def hatch(
    theme: Theme, holes: Sequence[Hole], low: float, high: float, **options: Any
) -> dict[str, Any]:
    """Hatched bars where nothing was recorded; shapes cannot be hatched. Options win."""
    return {
        "type": "bar",
        "x": [(at(hole.first) + at(hole.end)) // 2 for hole in holes],
        "y": [high - low] * len(holes),
        "base": [low] * len(holes),
        "width": [hole.days * DAY for hole in holes],
        "marker": hatched(theme),
        "hoverinfo": "text",
        "hovertext": [_words(hole) for hole in holes],
    } | options


def hatched(theme: Theme) -> dict[str, Any]:
    """Marker of a bar over what was not recorded."""
    return {
        "color": "rgba(0,0,0,0)",
        "line": {"width": 0},
        "pattern": {
            "shape": "/",
            "fgcolor": theme.hatch,
            "bgcolor": "rgba(0,0,0,0)",
            "size": 5,
            "solidity": 0.22,
        },
    }


def named(theme: Theme, text: str, x: int, y: float, **options: Any) -> dict[str, Any]:
    """What stands out, named above its place; `options` are Plotly's own."""
    return {
        "text": text,
        "x": x,
        "y": y,
        "yanchor": "bottom",
        "showarrow": False,
        "font": {"color": theme.ink, "size": 12},
    } | options


def framed(theme: Theme, column: int, row: int, half: float) -> dict[str, Any]:
    """Frame round one cell of a heat map, `half` a row above and below its middle."""
    return {
        "type": "rect",
        "x0": column - 0.5,
        "x1": column + 0.5,
        "y0": row - half,
        "y1": row + half,
        "line": {"color": theme.ink, "width": 1.6},
    }


def strokes(theme: Theme, x: Sequence[Any], y: Sequence[Any], size: float) -> dict[str, Any]:
    """A stroke in each cell of a heat map that was not recorded: zero is a filled cell."""
    return {
        "type": "scatter",
        "mode": "markers",
        "x": list(x),
        "y": list(y),
        "marker": {"symbol": "line-ne", "size": size, "line": {"width": 1.2, "color": theme.hatch}},
        "hoverinfo": "skip",
    }


def time_axis(
    theme: Theme, first: date, last: date, *, narrow: bool, **options: Any
) -> dict[str, Any]:
    """Axis of days from the first to the last, with as many dates as have room."""
    days = (last - first).days + 1
    edge = max(days * DAY // 90, DAY // 2)
    return (
        style.axis(
            theme,
            type="date",
            range=[at(first) - edge, at(last) + DAY + edge],
            ticks="",
            **_ticks(days, narrow),
        )
        | options
    )


def hours_axis(theme: Theme, edge: float) -> dict[str, Any]:
    """Axis of the hours of a day, with some room before the first and after the last."""
    return style.axis(
        theme,
        range=[-edge, 23 + edge],
        tickvals=[0, 6, 12, 18, 23],
        ticktext=["0", "6", "12", "18", "23 h"],
        ticks="",
    )


def _ticks(days: int, narrow: bool) -> dict[str, Any]:
    room = days * (2 if narrow else 1)
    if room <= 62:
        return {"dtick": 7 * DAY, "tickformat": "%-d %b", "tick0": at(date(2024, 1, 1))}
    every = next((m for most, m in ((450, 1), (900, 3), (1500, 6)) if room <= most), 12)
    years = max(1, round(room / 365 / 12))
    if every == 12:
        return {"dtick": f"M{12 * years}", "tickformat": "%Y", "ticklabelmode": "period"}
    form = "%b" if every == 1 else "%b %Y" if not narrow else "%b<br>%Y"
    return {"dtick": f"M{every}", "tickformat": form, "ticklabelmode": "period"}


def soft(theme: Theme) -> str:
    """Colour of bars beside the peak, which alone has the accent."""
    return style.mix(theme.accent, theme.ground, _SOFT)


def one_bright(theme: Theme, bars: int, peak: int) -> list[str]:
    """Colours of so many bars, of which the peak stands out."""
    return [theme.accent if n == peak else soft(theme) for n in range(bars)]


def cut(theme: Theme) -> str:
    """Colour of a bar of which only a part is in view."""
    return style.mix(theme.accent, theme.ground, _CUT)


def plays_scale(theme: Theme) -> list[list[Any]]:
    """Colours from none, which is the panel's, to many."""
    first, *others = theme.plays
    return [[0, theme.panel], [0.001, first[1]], *([place, colour] for place, colour in others)]


def scale_of(theme: Theme, colour: str) -> list[list[Any]]:
    """Colours of a measure from little, near the ground, to much, near the ink."""
    return [
        [0, style.mix(theme.ground, colour, 0.28)],
        [0.5, style.mix(theme.ground, colour, 0.82)],
        [1, style.mix(colour, theme.ink, 0.6)],
    ]


def largest(holes: Sequence[Hole], days: int, share: float) -> Hole | None:
    """The longest hole, if it is broad enough to be named."""
    longest = max(holes, key=lambda hole: hole.days, default=None)
    return longest if longest and longest.days >= days * share else None


def heard(amount: float, by: By) -> str:
    """Hours or plays: 3.2 h heard, 12 plays."""
    return f"{amount:,.1f} h heard" if by is By.MINUTES else f"{amount:,.0f} plays"


def _words(hole: Hole) -> str:
    text = f"not recorded<br>{short_day(hole.first, year=True)}"
    if hole.days > 1:
        text += f" to {short_day(hole.last, year=True)}"
    return f"{text}<br>{hole.reason}" if hole.reason else text
