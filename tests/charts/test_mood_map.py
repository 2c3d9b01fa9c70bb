import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ttt.chartdata import Caption, MoodMap, MoodPoint
from ttt.charts import mood_map
from ttt.charts.theme import Theme
from ttt.charts.theme import theme as named

steadily = settings(derandomize=True, deadline=None)
CAPTION = Caption("", "", "")


def point(
    uri: str = "spotify:track:1",
    label: str = "Song · Band",
    popularity: float | None = 50,
    tempo: float | None = 120,
) -> MoodPoint:
    return MoodPoint(uri, label, 0.48, 0.71, popularity, tempo)


def drawn(*points: MoodPoint) -> MoodMap:
    return MoodMap(points, CAPTION)


def legend(points: MoodMap, theme: Theme) -> str:
    return str(mood_map.figure(points, theme).layout.annotations[-1].text)


def test_all_notes_lie_within_what_is_shown(theme: Theme) -> None:
    layout = mood_map.figure(drawn(point()), theme).layout
    axes = {"x": layout.xaxis.range, "y": layout.yaxis.range, "paper": (0, 1)}
    for note in layout.annotations:
        for place, axis in ((note.x, note.xref), (note.y, note.yref)):
            assert axes[axis][0] <= place <= axes[axis][1]


def test_valence_is_across_and_energy_up(theme: Theme) -> None:
    figure = mood_map.figure(drawn(point()), theme)

    assert (figure.data[0].x[0], figure.data[0].y[0]) == (0.48, 0.71)
    assert figure.layout.xaxis.title.text == "valence (sad to happy)"
    assert figure.layout.yaxis.title.text == "energy (calm to intense)"


def test_a_selection_can_be_traced_to_its_tracks(theme: Theme) -> None:
    traces = mood_map.figure(drawn(point("a"), point("b", tempo=None)), theme).data

    assert [list(t.customdata) for t in traces] == [["a"], ["b"]]


def test_hover_says_every_value_with_its_unit(theme: Theme) -> None:
    (marks,) = mood_map.figure(drawn(point()), theme).data

    assert marks.hovertext[0] == (
        "Song · Band<br>valence 0.48, energy 0.71<br>tempo 120 BPM<br>popularity 50 of 100"
    )


def test_hover_says_unknown_where_a_value_is_missing(theme: Theme) -> None:
    (marks,) = mood_map.figure(drawn(point(popularity=None, tempo=None)), theme).data

    assert marks.hovertext[0].endswith("<br>tempo unknown<br>popularity unknown")


def test_a_more_popular_track_is_larger(theme: Theme) -> None:
    points = drawn(*[point(popularity=p) for p in (0, 50, 100)])
    sizes = mood_map.figure(points, theme).data[0].marker.size

    assert sizes[0] < sizes[1] < sizes[2]


def test_an_unknown_popularity_is_small_and_open(theme: Theme) -> None:
    points = drawn(point(popularity=None), point(popularity=1))
    marker = mood_map.figure(points, theme).data[0].marker

    assert marker.size[0] <= marker.size[1]
    assert list(marker.symbol) == ["circle-open", "circle"]


def test_an_unknown_tempo_is_a_quiet_mark_of_another_shape(theme: Theme) -> None:
    timed, untimed = mood_map.figure(drawn(point(), point(tempo=None)), theme).data

    assert list(timed.marker.color) == [120]
    assert untimed.marker.color == theme.quiet
    assert untimed.marker.symbol[0] == "diamond"


def test_a_colour_means_the_same_tempo_in_every_list(theme: Theme) -> None:
    slow, fast = (
        mood_map.figure(drawn(point(tempo=bpm)), theme).data[0].marker for bpm in (70, 170)
    )

    assert (slow.cmin, slow.cmax) == (fast.cmin, fast.cmax)
    assert "120 BPM" in slow.colorbar.ticktext


@pytest.mark.parametrize(
    ("popularity", "tempo", "text"),
    [
        (50, 120, "Larger is more popular"),
        (None, 120, "Open: popularity unknown"),
        (None, None, "Open: popularity unknown<br>Grey diamond: tempo unknown"),
    ],
)
def test_only_marks_that_are_there_are_explained(
    popularity: float | None, tempo: float | None, text: str, theme: Theme
) -> None:
    assert legend(drawn(point(popularity=popularity, tempo=tempo)), theme) == text


def test_the_names_of_the_quadrants_are_clear_of_all_points(theme: Theme) -> None:
    layout = mood_map.figure(drawn(point()), theme).layout
    names = {a.text: (a.x, a.y) for a in layout.annotations[:4]}

    assert set(names) == {"tense", "elated", "gloomy", "serene"}
    low, high = layout.yaxis.range
    assert all(low < y < high for _, y in names.values())
    assert all(not 0.35 <= y <= 0.71 for _, y in names.values())


def test_the_map_is_as_large_as_its_marks_and_holds_the_middle(theme: Theme) -> None:
    layout = mood_map.figure(drawn(point()), theme).layout
    (left, right), (low, high) = layout.xaxis.range, layout.yaxis.range

    assert left < 0.35
    assert 0.65 < right < 0.7
    assert low < 0.35
    assert 0.71 < high < 0.8


def test_hover_names_the_place_in_the_list(theme: Theme) -> None:
    third = MoodPoint("spotify:track:3", "Song · Band", 0.4, 0.7, 50, 120, 3)
    (marks,) = mood_map.figure(drawn(third), theme).data

    assert marks.hovertext[0].startswith("3. Song · Band<br>")


def test_a_straight_drag_draws_a_box(theme: Theme) -> None:
    assert mood_map.figure(drawn(point()), theme).layout.dragmode == "select"


def test_a_box_of_before_is_drawn_and_fades_what_lies_outside(theme: Theme) -> None:
    inside, outside = point("spotify:track:in"), point("spotify:track:out")
    drawn_with = mood_map.figure(
        drawn(outside, inside),
        theme,
        box=((0.1, 0.3), (0.0, 1.0)),
        picked=frozenset({"spotify:track:in"}),
    )
    (trace,) = drawn_with.data
    assert list(trace.selectedpoints) == [1]
    assert [shape.type for shape in drawn_with.layout.shapes] == ["path", "rect"]
    assert mood_map.figure(drawn(outside, inside), theme).data[0].selectedpoints is None


def test_on_a_touch_screen_a_drag_scrolls_the_page(theme: Theme) -> None:
    assert mood_map.figure(drawn(point()), theme, touch=True).layout.dragmode is False


@steadily
@given(st.text())
def test_any_title_stays_plain_text(title: str) -> None:
    (marks,) = mood_map.figure(drawn(point(label=title)), named("light")).data
    text = marks.hovertext[0]

    assert set(re.findall(r"<[^>]*>?", text)) <= {"<br>"}
    assert "$" not in text
    assert marks.hovertemplate is None
    marks.to_plotly_json()


def test_thousands_of_tracks_are_drawn_by_webgl(theme: Theme) -> None:
    (marks,) = mood_map.figure(drawn(*[point()] * 5_000), theme).data

    assert marks.type == "scattergl"


def test_an_empty_map_is_a_quiet_sentence(theme: Theme) -> None:
    figure = mood_map.figure(drawn(), theme)

    assert "No energy and valence" in figure.layout.annotations[0].text
    assert figure.layout.dragmode is False
