from math import hypot
from typing import Any

import pytest

from tests.charts.test_theme import contrast
from ttt.chartdata import Caption, KeyWheel
from ttt.charts import key_wheel
from ttt.charts.theme import Theme
from ttt.music import camelot_wheel

CODES = [code for code, _, _ in camelot_wheel()]


def wheel(**counts: int) -> KeyWheel:
    """Counts by code, such as _8B=3."""
    known = {name.strip("_"): count for name, count in counts.items()}
    return KeyWheel(tuple(known.get(code, 0) for code in CODES), Caption("", "", ""))


def marks(theme: Theme, **counts: int) -> dict[str, Any]:
    """The marks of the wheel, each list by its code."""
    (trace,) = key_wheel.figure(wheel(**counts), theme).data
    lists = {
        "text": trace.text,
        "hover": trace.hovertext,
        "colour": trace.textfont.color,
        "place": list(zip(trace.x, trace.y, strict=True)),
    }
    return {
        name: dict(zip(trace.customdata, values, strict=True)) for name, values in lists.items()
    }


def shades(data: KeyWheel, theme: Theme) -> dict[str, str]:
    shapes = key_wheel.figure(data, theme).layout.shapes
    return dict(zip(CODES, (shape.fillcolor for shape in shapes), strict=True))


def test_every_sector_can_be_chosen_by_its_code(theme: Theme) -> None:
    assert list(marks(theme, _8B=1)["text"]) == CODES


def test_minor_keys_are_the_inner_ring_and_major_keys_the_outer(theme: Theme) -> None:
    distances = {code: hypot(*at) for code, at in marks(theme, _8B=1)["place"].items()}
    minor = {round(d, 1) for code, d in distances.items() if code.endswith("A")}
    major = {round(d, 1) for code, d in distances.items() if code.endswith("B")}
    assert len(minor) == len(major) == 1
    assert max(minor) < min(major)


def test_hours_go_clockwise_from_twelve_at_the_top(theme: Theme) -> None:
    places = marks(theme, _8B=1)["place"]
    for ring in "AB":
        hours = {int(code[:-1]): at for code, at in places.items() if code.endswith(ring)}
        assert hours[12][0] == pytest.approx(0, abs=0.01)
        assert hours[12][1] > 0
        assert hours[3][0] > 0
        assert hours[3][1] == pytest.approx(0, abs=0.01)
        assert hours[9][0] < 0


def test_a_sector_names_its_key_and_its_tracks(theme: Theme) -> None:
    hover = marks(theme, _8B=3, _11A=1)["hover"]
    assert hover["8B"] == "C major (8B): 3 tracks"
    assert hover["11A"] == "F♯ minor (11A): 1 track"
    assert hover["12B"] == "E major (12B): no tracks"


def test_a_count_is_a_number_as_well_as_a_shade(theme: Theme) -> None:
    text = marks(theme, _8B=6, _9B=2)["text"]
    assert (text["8B"], text["12B"]) == ("<b>8B</b><br>6", "12B")
    ground = shades(wheel(_8B=6, _9B=2), theme)
    assert len({ground[code] for code in ("8B", "9B", "12B")}) == 3


def test_more_tracks_are_nearer_to_the_ink(theme: Theme) -> None:
    ground = shades(wheel(_1B=1, _2B=2, _3B=3, _4B=4, _5B=5), theme)
    distances = [contrast(ground[f"{hour}B"], theme.ink) for hour in range(1, 6)]
    assert distances == sorted(distances, reverse=True)


@pytest.mark.parametrize("most", [1, 4, 7, 50])
def test_every_sector_can_be_read(most: int, theme: Theme) -> None:
    data = KeyWheel(tuple(round(most * n / 23) for n in range(24)), Caption("", "", ""))
    (trace,) = key_wheel.figure(data, theme).data
    colours = dict(zip(trace.customdata, trace.textfont.color, strict=True))
    ground = shades(data, theme)
    assert all(contrast(ground[code], colours[code]) >= 4.5 for code in CODES)


def test_one_track_does_not_look_like_many(theme: Theme) -> None:
    one, many = (shades(wheel(_8B=n), theme)["8B"] for n in (1, 9))
    assert one != many


def test_without_keys_there_is_a_quiet_sentence(theme: Theme) -> None:
    figure = key_wheel.figure(wheel(), theme)

    assert "No key is known" in figure.layout.annotations[0].text
    assert not figure.data
