from itertools import pairwise

import pytest

from ttt.charts import theme as style
from ttt.charts.theme import Theme
from ttt.music import Measure


def luminance(colour: str) -> float:
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_text_reads_on_the_page_and_on_panels(theme: Theme) -> None:
    for text in (theme.ink, theme.quiet):
        assert contrast(text, theme.ground) >= 4.5
        assert contrast(text, theme.panel) >= 4.5


def test_every_mark_stands_out_from_the_page(theme: Theme) -> None:
    marks = [theme.colour(m) for m in Measure] + [c for _, c in theme.tempo_scale]

    assert all(contrast(mark, theme.ground) >= 3 for mark in marks)


def test_text_on_the_accent_reads(theme: Theme) -> None:
    assert contrast(theme.on_accent, theme.accent) >= 4.5
    assert contrast(theme.accent_text, theme.ground) >= 4.5
    assert contrast(theme.accent_text, theme.panel) >= 4.5


def test_borders_of_fields_and_boxes_stand_out_from_what_is_on_both_sides(theme: Theme) -> None:
    assert contrast(theme.edge, theme.ground) >= 3
    assert contrast(theme.edge, theme.panel) >= 3


def test_each_measure_keeps_a_colour_of_its_own(theme: Theme) -> None:
    assert len({theme.colour(m) for m in Measure}) == len(Measure)


def test_a_faster_tempo_stands_out_more(theme: Theme) -> None:
    strengths = [contrast(colour, theme.ground) for _, colour in theme.tempo_scale]

    assert all(slow < fast for slow, fast in pairwise(strengths))
    assert dict(theme.tempo_scale)[0.5] == theme.tempo


@pytest.mark.parametrize(
    ("points", "kind"), [(0, "scatter"), (4_999, "scatter"), (5_000, "scattergl")]
)
def test_webgl_is_for_many_points_only(points: int, kind: str) -> None:
    assert style.scatter(points) == kind


def test_figures_are_transparent_and_let_a_finger_scroll(theme: Theme) -> None:
    layout = style.figure(theme, 200, []).layout

    assert layout.paper_bgcolor == layout.plot_bgcolor == "rgba(0,0,0,0)"
    assert layout.dragmode is False
    assert layout.height == 200


def test_a_figure_carries_no_template(theme: Theme) -> None:
    layout = style.figure(theme, 200, []).layout.template.layout

    assert not layout.to_plotly_json()


def test_an_empty_figure_shows_its_sentence_in_the_middle(theme: Theme) -> None:
    figure = style.empty(theme, 200, "No tempo is known for these tracks yet")

    (note,) = figure.layout.annotations
    assert note.text.replace("<br>", " ") == "No tempo is known for these tracks yet"
    assert (note.x, note.y) == (0.5, 0.5)
    assert not figure.layout.xaxis.visible
