"""The words on the river, its shading, and the line through the week that differs most."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from ttt.chartdata import Ribbon, River
from ttt.charts import theme as style
from ttt.charts.plays import shared
from ttt.charts.theme import Theme
from ttt.music import Measure, written
from ttt.words import short_day

SCALES = {
    Measure.ENERGY: ("0 calm to 1 intense", 0.1),
    Measure.VALENCE: ("0 sad to 1 happy", 0.1),
    Measure.TEMPO: ("BPM", 20),
    Measure.POPULARITY: ("0 to 100", 10),
}
_COLD = "rgba(160,175,220,.075)", "rgba(70,90,160,.065)"
_COLD_NAME = "Dec–Feb"


def names(
    data: River, ribbon: Ribbon, theme: Theme, top: float, narrow: bool
) -> list[dict[str, Any]]:
    """Name of a ribbon with its scale at the left, its middles now and before at the right."""
    bold = f"<b>{ribbon.measure.capitalize()}</b>"
    quiet = f'<span style="color:{theme.quiet}'
    scale = f'{bold}  {quiet};font-size:11px">{SCALES[ribbon.measure][0]}</span>'
    options: dict[str, Any] = {"yanchor": "bottom", "yshift": 3}
    left = options | {"xanchor": "left", "font": style.font(theme.colour(ribbon.measure), 14)}
    notes = style.fitting(
        *(style.note(text, 0, top, **left) for text in (scale, bold)), narrow=narrow
    )
    if ribbon.now is None:
        return notes
    right = options | {"xanchor": "right", "font": style.font(theme.ink, 12)}
    now = written(ribbon.measure, ribbon.now)
    text = f"{data.now_name.removeprefix('the ')} {now}"
    if ribbon.before is not None:
        text += f', {quiet}">{data.before_name} {written(ribbon.measure, ribbon.before)}</span>'
    both = (style.note(each, 1, top, **right) for each in (text, now))
    return [*notes, *style.fitting(*both, narrow=narrow)]


def known_names(data: River, top: float, narrow: bool) -> list[dict[str, Any]]:
    """Name of the strip below, and what is usual there."""
    texts = f"share of {data.by.whole} whose values are known", "values known"
    known = sorted(known for known in data.known if known is not None)
    options: dict[str, Any] = {"yanchor": "bottom", "yshift": 1}
    both = (style.note(text, 0, top, xanchor="left", **options) for text in texts)
    notes = style.fitting(*both, narrow=narrow)
    if known:
        middle = f"usually {known[len(known) // 2]:.0%}".replace("%", " %")
        notes.append(style.note(middle, 1, top, xanchor="right", **options))
    return notes


def cold(data: River, theme: Theme, domains: Sequence[tuple[float, float]]) -> list[dict[str, Any]]:
    """December to February shaded, so that a wave is read as seasons."""
    first, last = data.starts[0], shared.end(data.starts[-1], data.step)
    colour = _COLD[theme.ground > "#8"]
    return [
        {
            "type": "rect",
            "layer": "below",
            "yref": "paper",
            "x0": shared.at(max(first, date(year, 12, 1))),
            "x1": shared.at(min(last, date(year + 1, 3, 1))),
            "y0": domains[-1][0],
            "y1": domains[0][1],
            "fillcolor": colour,
            "line": {"width": 0},
        }
        for year in range(first.year - 1, last.year + 1)
        if date(year, 12, 1) < last and date(year + 1, 3, 1) > first
    ]


def odd_line(
    data: River, domains: Sequence[tuple[float, float]], theme: Theme
) -> list[dict[str, Any]]:
    """A dotted line through all ribbons at the week that differs most."""
    if data.odd is None:
        return []
    place = shared.at(data.odd[0]) + 7 * shared.DAY // 2
    return [
        {
            "type": "line",
            "yref": "paper",
            "x0": place,
            "x1": place,
            "y0": domains[-1][0],
            "y1": domains[0][1],
            "line": {"color": theme.ink, "width": 1, "dash": "dot"},
        }
    ]


def stretch(
    days: tuple[date, date] | None, domains: Sequence[tuple[float, float]], theme: Theme
) -> list[dict[str, Any]]:
    """The stretch that was chosen, from the strip at the foot to the top."""
    if days is None:
        return []
    return [
        {
            "type": "rect",
            "layer": "below",
            "yref": "paper",
            "x0": shared.at(days[0]),
            "x1": shared.at(days[1]) + shared.DAY,
            "y0": 0,
            "y1": domains[0][1],
            "fillcolor": style.mix(theme.accent, theme.ground, 0.75),
            "line": {"color": theme.accent, "width": 1},
        }
    ]


def odd_label(data: River, measure: Measure, theme: Theme, axis: str) -> list[dict[str, Any]]:
    """The value of the week that differs most, at its place."""
    if data.odd is None or measure not in data.odd[1]:
        return []
    value = data.odd[1][measure]
    place = shared.at(data.odd[0]) + 7 * shared.DAY // 2
    left = _share(data) > 0.85
    return [
        {
            "text": f"<b>{written(measure, value)}</b>",
            "x": place,
            "y": value,
            "yref": f"y{axis}",
            "xanchor": "right" if left else "left",
            "xshift": -6 if left else 6,
            "showarrow": False,
            "bgcolor": theme.ground,
            "opacity": 0.92,
            "borderpad": 1,
            "font": {"size": 12, "color": theme.ink},
        }
    ]


def _share(data: River) -> float:
    """How far along the axis the odd week is."""
    if data.odd is None:
        return 0
    whole = (shared.end(data.starts[-1], data.step) - data.starts[0]).days or 1
    return (data.odd[0] - data.starts[0]).days / whole


def marks(
    data: River, domains: Sequence[tuple[float, float]], theme: Theme, narrow: bool
) -> list[dict[str, Any]]:
    """Names of the odd week, of the shading and of a broad gap."""
    notes = []
    if data.odd is not None:
        share = _share(data)
        side = "left" if share < 0.25 else "right" if share > 0.75 else "center"
        day = data.odd[0]
        text = f"<b>week of {short_day(day, year=True)}</b>, unlike any other"
        place = shared.at(day) + 7 * shared.DAY // 2
        notes.append(
            style.note(text, place, 1, xref="x", xanchor=side, yanchor="top", yshift=-1)
            | {"font": style.font(theme.ink, 12)}
        )
    years = range(data.starts[0].year, data.starts[-1].year)
    first = next((year for year in years if date(year, 12, 1) > data.starts[0]), None)
    if first is not None:
        place = shared.at(date(first + 1, 1, 15))
        named = style.note(_COLD_NAME, place, domains[-1][0], xref="x", yanchor="bottom")
        notes += style.fitting(named | {"font": {"size": 10}}, None, narrow=narrow)
    return notes
