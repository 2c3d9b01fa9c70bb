import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ttt import music
from ttt.chartdata import Caption, Distribution
from ttt.charts import distribution
from ttt.charts.theme import Theme
from ttt.charts.theme import theme as named
from ttt.music import Measure

steadily = settings(derandomize=True, deadline=None)
CAPTION = Caption("", "", "")
SHARES = st.lists(st.floats(0, 1), min_size=1)
TEMPOS = st.lists(st.floats(20, 300), min_size=1)


def spread(measure: Measure, *values: float) -> Distribution:
    return Distribution(measure, values, music.median(values), CAPTION)


@steadily
@given(st.sampled_from([Measure.ENERGY, Measure.VALENCE]), SHARES)
def test_every_share_is_counted_once(measure: Measure, values: list[float]) -> None:
    (bars,) = distribution.figure(spread(measure, *values), named("dark")).data

    assert sum(bars.y) == len(values)
    assert len(bars.y) == 10


@steadily
@given(TEMPOS)
def test_every_tempo_is_counted_once_in_the_bar_it_lies_in(values: list[float]) -> None:
    (bars,) = distribution.figure(spread(Measure.TEMPO, *values), named("dark")).data

    assert dict(zip(bars.x, bars.y, strict=True)) == {
        x: sum(x - 5 <= v < x + 5 for v in values) for x in bars.x
    }
    assert sum(bars.y) == len(values)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0.0 to 0.1: 1 track"),
        (0.3, "0.3 to 0.4: 1 track"),
        (0.1 * 3, "0.3 to 0.4: 1 track"),
        (0.7, "0.7 to 0.8: 1 track"),
        (0.999, "0.9 to 1.0: 1 track"),
        (1.0, "0.9 to 1.0: 1 track"),
    ],
)
def test_a_limit_belongs_to_the_bar_on_its_right(value: float, text: str) -> None:
    (bars,) = distribution.figure(spread(Measure.ENERGY, value), named("dark")).data

    assert bars.hovertext[list(bars.y).index(1)] == text


def test_bars_say_how_many_tracks_they_hold(theme: Theme) -> None:
    (bars,) = distribution.figure(spread(Measure.VALENCE, *[0.65] * 12), theme).data

    assert bars.hovertext[6] == "0.6 to 0.7: 12 tracks"
    assert bars.hovertext[5] == "0.5 to 0.6: 0 tracks"


def test_tempo_bars_name_their_unit_and_their_tempos(theme: Theme) -> None:
    (bars,) = distribution.figure(spread(Measure.TEMPO, 104, 124), theme).data

    assert bars.hovertext[0] == "100 to 110 BPM: 1 track<br>Andante or Moderato"
    assert bars.hovertext[2] == "120 to 130 BPM: 1 track<br>Allegro"


def test_popularity_has_bars_of_ten(theme: Theme) -> None:
    (bars,) = distribution.figure(spread(Measure.POPULARITY, 72, 100), theme).data

    assert bars.hovertext[7] == "70 to 80: 1 track"
    assert bars.y[9] == 1


@pytest.mark.parametrize("measure", list(Measure))
def test_a_measure_keeps_its_colour(measure: Measure, theme: Theme) -> None:
    (bars,) = distribution.figure(spread(measure, 0.5, 120), theme).data

    assert bars.marker.color == theme.colour(measure)


def test_the_median_is_a_line_with_its_value(theme: Theme) -> None:
    layout = distribution.figure(spread(Measure.ENERGY, 0.2, 0.31, 0.9), theme).layout

    assert (layout.shapes[0].x0, layout.shapes[0].x1) == (0.31, 0.31)
    assert "median 0.31" in [a.text for a in layout.annotations]


def test_the_median_stands_above_the_bars(theme: Theme) -> None:
    figure = distribution.figure(spread(Measure.ENERGY, *[0.71] * 9), theme)

    assert figure.layout.yaxis.range[1] > 9 * 1.15


def test_a_median_at_the_right_is_labelled_on_its_left(theme: Theme) -> None:
    left, right = (
        distribution.figure(spread(Measure.ENERGY, value), theme).layout.annotations[0].xanchor
        for value in (0.1, 0.98)
    )

    assert (left, right) == ("left", "right")


def test_tempo_names_stand_where_their_band_has_room(theme: Theme) -> None:
    layout = distribution.figure(spread(Measure.TEMPO, 72, 124, 199), theme).layout
    names = {a.text: a.x for a in layout.annotations}

    assert names["Andante"] == pytest.approx(92)
    assert names["Allegro"] == pytest.approx(144)
    assert "Moderato" not in names
    # A line of the top for each of them, and none that nothing names.
    assert layout.shapes[1].path.count("M") == len({"Andante", "Allegro", "Presto"} & set(names))


def test_only_tempo_has_names_along_the_top(theme: Theme) -> None:
    layout = distribution.figure(spread(Measure.ENERGY, 0.5), theme).layout

    assert [a.text for a in layout.annotations] == ["median 0.50", "tracks"]
    assert len(layout.shapes) == 1


def test_similar_tempos_do_not_fill_the_chart_with_one_bar(theme: Theme) -> None:
    low, high = distribution.figure(spread(Measure.TEMPO, 124, 125), theme).layout.xaxis.range

    assert high - low >= 80
    assert low < 120
    assert high > 130


@pytest.mark.parametrize("tracks", [1, 2, 3, 7, 50, 999, 12_345])
def test_tracks_are_counted_in_few_whole_numbers(tracks: int, theme: Theme) -> None:
    figure = distribution.figure(spread(Measure.ENERGY, *[0.5] * tracks), theme)
    ticks = figure.layout.yaxis.tickvals

    assert ticks[0] == 0
    assert 2 <= len(ticks) <= 4
    assert all(isinstance(tick, int) for tick in ticks)


@pytest.mark.parametrize("measure", list(Measure))
def test_no_values_are_a_quiet_sentence(measure: Measure, theme: Theme) -> None:
    figure = distribution.figure(spread(measure), theme)

    text = figure.layout.annotations[0].text.replace("<br>", " ")
    assert text == f"No {measure} is known for these tracks yet"


def test_a_part_is_drawn_bright_within_all_with_a_median_of_its_own(theme: Theme) -> None:
    every = spread(Measure.ENERGY, 0.05, 0.15, 0.15, 0.95, 1.0)
    faint, bright = distribution.figure(every, theme, spread(Measure.ENERGY, 0.15, 1.0)).data
    assert (sum(faint.y), sum(bright.y)) == (5, 2)
    assert all(part <= whole for part, whole in zip(bright.y, faint.y, strict=True))
    assert faint.x == bright.x
    assert faint.marker.opacity < 1
    drawn = distribution.figure(every, theme, spread(Measure.ENERGY, 0.2)).layout
    assert any("median 0.20" in str(note.text) for note in drawn.annotations)
