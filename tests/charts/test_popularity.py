from dataclasses import replace
from math import log10

from ttt.chartdata import Caption, RankedValues, Scale
from ttt.charts import popularity
from ttt.charts.theme import Theme

EMPTY = RankedValues((), (), (), 0, None, Caption("", "", ""))


def ranked(
    values: list[float], trend: tuple[float, float] | None = None, label: str = "Song · Band"
) -> RankedValues:
    n = len(values)
    ranks = tuple(range(1, n + 1))
    return RankedValues(ranks, tuple(values), (label,) * n, n, trend, EMPTY.caption)


def test_each_track_is_a_dot_at_its_place(theme: Theme) -> None:
    (dots,) = popularity.figure(ranked([72, 60, 81]), theme).data

    assert (list(dots.x), list(dots.y)) == ([1, 2, 3], [72, 60, 81])
    assert dots.marker.color == theme.popularity
    assert dots.hovertext[1] == "Song · Band<br>place 2, popularity 60"


def test_places_are_counted_from_one(theme: Theme) -> None:
    axis = popularity.figure(ranked([50] * 50), theme).layout.xaxis

    assert list(axis.tickvals) == [1, 10, 20, 30, 40, 50]


def test_a_short_list_has_whole_places_only(theme: Theme) -> None:
    axis = popularity.figure(ranked([50] * 3), theme).layout.xaxis

    assert list(axis.tickvals) == [1, 2, 3]


def test_every_dot_is_within_the_axes(theme: Theme) -> None:
    layout = popularity.figure(ranked([0, 100, 50]), theme).layout

    assert layout.yaxis.range[0] < 0
    assert layout.yaxis.range[1] > 100
    assert layout.xaxis.range[0] < 1
    assert layout.xaxis.range[1] > 3


def test_the_line_is_the_one_that_the_data_gives(theme: Theme) -> None:
    (line,) = popularity.figure(ranked([50] * 6, trend=(70, 61)), theme).layout.shapes

    assert (line.x0, line.y0, line.x1, line.y1) == (1, 70, 6, 61)


def test_without_a_trend_there_is_no_line(theme: Theme) -> None:
    assert not popularity.figure(ranked([50, 60]), theme).layout.shapes


def test_titles_are_plain_text(theme: Theme) -> None:
    (dots,) = popularity.figure(ranked([50], label="<b>$x$</b>"), theme).data

    assert dots.hovertext[0].startswith("&lt;b&gt;&#36;x&#36;&lt;/b&gt;<br>")
    assert dots.hovertemplate is None


def test_thousands_of_tracks_are_drawn_by_webgl(theme: Theme) -> None:
    (dots,) = popularity.figure(ranked([50] * 5_000), theme).data

    assert dots.type == "scattergl"


def test_an_empty_list_is_a_quiet_sentence(theme: Theme) -> None:
    figure = popularity.figure(EMPTY, theme)

    assert "No popularity" in figure.layout.annotations[0].text
    assert not figure.data


LISTENERS = Scale("Last.fm listeners", "listeners", logarithmic=True)
RANK = Scale("Deezer rank", "of 1,000,000")


def of(scale: Scale, *values: float) -> RankedValues:
    return replace(ranked(list(values)), scale=scale)


def test_another_measure_says_its_name_and_unit_and_wears_another_colour(theme: Theme) -> None:
    figure = popularity.figure(of(RANK, 812_345, 10_000), theme)
    (dots,) = figure.data

    assert dots.hovertext[0] == "Song · Band<br>place 1, Deezer rank 812,345"
    assert figure.layout.annotations[0].text == "of 1,000,000"
    assert dots.marker.color != theme.popularity


def test_counts_stand_on_a_scale_of_powers(theme: Theme) -> None:
    axis = popularity.figure(of(LISTENERS, 900, 1_500_000), theme).layout.yaxis

    assert axis.type == "log"
    assert axis.range[0] < log10(900)
    assert axis.range[1] > log10(1_500_000)
    assert {1_000, 10_000, 100_000, 1_000_000} <= set(axis.tickvals)


def test_few_powers_have_numbers_between_them(theme: Theme) -> None:
    axis = popularity.figure(of(LISTENERS, 1_500, 6_000), theme).layout.yaxis

    assert {2_000, 5_000} <= set(axis.tickvals)


def test_equal_values_have_room_round_them(theme: Theme) -> None:
    for data in (of(RANK, 500_000, 500_000), of(LISTENERS, 1_000), ranked([50, 50])):
        low, high = popularity.figure(data, theme).layout.yaxis.range
        assert low < high


def test_ranks_are_all_within_the_axes(theme: Theme) -> None:
    axis = popularity.figure(of(RANK, 51_234, 948_765), theme).layout.yaxis

    assert axis.range[0] < 51_234
    assert axis.range[1] > 948_765
