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


def test_minor_keys_are_the_inner_ring_and_major_keys_the_outer(theme: Theme) -> None:
    inner, outer = key_wheel.figure(wheel(_8B=1), theme).data

    assert all(code.endswith("A") for code in inner.labels)
    assert all(code.endswith("B") for code in outer.labels)
    assert inner.domain.x[1] == pytest.approx(
        0.5 + outer.hole * (outer.domain.x[1] - 0.5), abs=0.001
    )


def test_hours_go_clockwise_from_twelve_at_the_top(theme: Theme) -> None:
    for ring in key_wheel.figure(wheel(_8B=1), theme).data:
        assert [label[:-1] for label in ring.labels] == ["12", *map(str, range(1, 12))]
        assert ring.direction == "clockwise"
        assert ring.rotation == -15
        assert ring.sort is False


def test_a_sector_names_its_key_and_its_tracks(theme: Theme) -> None:
    inner, outer = key_wheel.figure(wheel(_8B=3, _11A=1), theme).data

    assert outer.hovertext[8] == "C major (8B): 3 tracks"
    assert inner.hovertext[11] == "F♯ minor (11A): 1 track"
    assert outer.hovertext[0] == "E major (12B): no tracks"


def test_a_count_is_a_number_as_well_as_a_shade(theme: Theme) -> None:
    _, outer = key_wheel.figure(wheel(_8B=6, _9B=2), theme).data

    assert outer.text[8] == "<b>8B</b><br>6"
    assert outer.text[0] == "12B"
    assert len({outer.marker.colors[hour] for hour in (0, 8, 9)}) == 3


def test_more_tracks_are_nearer_to_the_ink(theme: Theme) -> None:
    _, outer = key_wheel.figure(wheel(_1B=1, _2B=2, _3B=3, _4B=4, _5B=5), theme).data
    distances = [contrast(colour, theme.ink) for colour in outer.marker.colors[1:6]]

    assert distances == sorted(distances, reverse=True)


@pytest.mark.parametrize("most", [1, 4, 7, 50])
def test_every_sector_can_be_read(most: int, theme: Theme) -> None:
    counts = KeyWheel(tuple(round(most * n / 23) for n in range(24)), Caption("", "", ""))

    for ring in key_wheel.figure(counts, theme).data:
        pairs = zip(ring.marker.colors, ring.insidetextfont.color, strict=True)
        assert all(contrast(ground, text) >= 4.5 for ground, text in pairs)


def test_one_track_does_not_look_like_many(theme: Theme) -> None:
    one, many = (key_wheel.figure(wheel(_8B=n), theme).data[1].marker.colors[8] for n in (1, 9))

    assert one != many


def test_without_keys_there_is_a_quiet_sentence(theme: Theme) -> None:
    figure = key_wheel.figure(wheel(), theme)

    assert "No key is known" in figure.layout.annotations[0].text
    assert not figure.data
