import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ttt.chartdata import Caption, Genres
from ttt.charts import genres
from ttt.charts.theme import Theme
from ttt.charts.theme import theme as named

steadily = settings(derandomize=True, deadline=None)
NO_WORDS = Caption("", "", "")


def shares(other: int = 0, total: int = 10, **tracks: int) -> Genres:
    names = tuple(name.replace("_", " ") for name in tracks)
    return Genres(names, tuple(tracks.values()), other, total, NO_WORDS)


def test_each_genre_is_a_bar_with_its_share_the_commonest_on_top(theme: Theme) -> None:
    figure = genres.figure(shares(rock=6, pop=3), theme)
    (bars,) = figure.data

    assert list(figure.layout.yaxis.ticktext) == ["rock", "pop"]
    assert (list(bars.x), list(bars.text)) == ([6, 3], ["60 %", "30 %"])
    bottom, top = figure.layout.yaxis.range
    assert (top, bottom) == (-0.5, 1.5)


def test_the_figure_is_as_high_as_its_bars(theme: Theme) -> None:
    two, four = (
        genres.figure(shares(**named), theme).layout.height
        for named in ({"rock": 6, "pop": 3}, {"rock": 6, "pop": 3, "jazz": 2, "folk": 1})
    )
    assert (two, four) == (60, 108)


def test_tracks_of_none_of_these_are_an_open_bar_at_the_end(theme: Theme) -> None:
    figure = genres.figure(shares(rock=6, other=2), theme)
    (bars,) = figure.data

    assert list(figure.layout.yaxis.ticktext) == ["rock", "other"]
    assert list(bars.text) == ["60 %", "20 %"]
    assert bars.hovertext[1] == "2 of 10 tracks have none of these genres"
    assert list(bars.marker.color) == [theme.quiet, theme.ground]


def test_one_track_is_said_in_the_singular(theme: Theme) -> None:
    data = shares(rock=1, other=1, total=1)
    (bars,) = genres.figure(data, theme).data
    assert list(bars.hovertext) == [
        "rock: 1 of 1 track",
        "1 of 1 track has none of these genres",
    ]


def test_hover_says_how_many_and_that_shares_can_add_up_to_more(theme: Theme) -> None:
    (single,) = genres.figure(shares(rock=6, pop=4), theme).data
    (several,) = genres.figure(shares(rock=6, pop=5), theme).data

    assert single.hovertext[0] == "rock: 6 of 10 tracks"
    assert several.hovertext[0] == "rock: 6 of 10 tracks<br>a track may have several genres"


def test_a_long_name_is_shortened_on_the_axis_and_whole_in_the_hover_text(theme: Theme) -> None:
    figure = genres.figure(shares(contemporary_christian_music=1), theme)

    assert figure.layout.yaxis.ticktext[0] == "contemporary ch…"
    assert figure.data[0].hovertext[0].startswith("contemporary christian music: 1")


def test_a_share_that_rounds_to_nothing_is_no_zero(theme: Theme) -> None:
    (bars,) = genres.figure(shares(rock=1, total=500), theme).data

    assert bars.text[0] == "under 1 %"


def test_names_are_plain_text(theme: Theme) -> None:
    figure = genres.figure(Genres(("<b>r&b</b>",), (1,), 0, 1, NO_WORDS), theme)

    assert figure.layout.yaxis.ticktext[0] == "&lt;b&gt;r&amp;b&lt;/b&gt;"
    assert "<b>" not in figure.data[0].hovertext[0]


@steadily
@given(st.lists(st.integers(1, 50), min_size=1, max_size=10), st.integers(0, 50))
def test_every_bar_has_room_for_its_label(tracks: list[int], other: int) -> None:
    names = tuple(f"genre {n}" for n in range(len(tracks)))
    data = Genres(names, tuple(tracks), other, sum(tracks) + other, NO_WORDS)
    layout = genres.figure(data, named("dark")).layout

    assert layout.xaxis.range[1] >= 1.25 * max(*tracks, other)
    assert layout.yaxis.range[0] >= len(tracks) + bool(other) - 0.5


def test_without_any_genre_there_is_a_quiet_sentence(theme: Theme) -> None:
    figure = genres.figure(shares(total=0), theme)

    assert "No genre is known" in figure.layout.annotations[0].text
    assert not figure.data


@pytest.mark.parametrize("names", [("a",), ("singer-songwriter",)])
def test_the_margin_is_as_wide_as_the_names(theme: Theme, names: tuple[str, ...]) -> None:
    margin = genres.figure(Genres(names, (1,), 0, 1, NO_WORDS), theme).layout.margin.l

    assert 5 * min(len(names[0]), 16) < margin < 110
