from dataclasses import replace

import pytest

from ttt.chartdata import Caption, Flow, FlowMark, FlowPoint
from ttt.charts import flow
from ttt.charts.theme import Theme

A = FlowPoint("A", 0, 180, 120, 0.5, "8B")
B = FlowPoint("B", 180, 300, 124.6, None, None)
CLASH = FlowMark("clash", 180, "A", "B", "8B to 2B, 6 steps on the wheel")
JUMP = FlowMark("jump", 180, "A", "B", "100 to 120 BPM, 20% apart")


def played(*points: FlowPoint, marks: tuple[FlowMark, ...] = ()) -> Flow:
    end = max((p.end for p in points), default=0)
    return Flow(points, marks, end, Caption("", "", ""))


def test_tempo_and_energy_are_lines_in_their_colours(theme: Theme) -> None:
    tempo, energy, *_ = flow.figure(played(A, B), theme).data

    assert (tempo.line.color, energy.line.color) == (theme.tempo, theme.energy)
    assert list(tempo.x) == [90, 240]
    assert list(tempo.y) == [120, 124.6]
    assert tempo.yaxis != energy.yaxis


def test_an_unknown_value_is_a_gap_without_a_hover(theme: Theme) -> None:
    energy = flow.figure(played(A, B), theme).data[1]

    assert list(energy.y) == [0.5, None]
    assert energy.connectgaps is False
    assert energy.hovertext[1] is None


def test_hover_says_track_time_value_and_key(theme: Theme) -> None:
    tempo = flow.figure(played(A, B), theme).data[0]

    assert tempo.hovertext[0] == "<b>A</b><br>0:00 · 120 BPM · 8B"
    assert tempo.hovertext[1] == "<b>B</b><br>3:00 · 125 BPM"


def test_clashes_and_jumps_differ_by_place_and_sign_and_name_both_tracks(theme: Theme) -> None:
    figure = flow.figure(played(A, B, marks=(CLASH, JUMP)), theme)
    jumps, clashes = figure.data[2:]

    assert jumps.marker.symbol != clashes.marker.symbol
    assert (list(jumps.x), list(jumps.y)) == ([180], [0])
    assert (list(clashes.x), list(clashes.y)) == ([180], [1])
    assert clashes.hovertext[0] == "<b>8B to 2B, 6 steps on the wheel</b><br>A<br>then B"
    assert list(figure.layout.yaxis3.ticktext) == ["jump", "clash"]


def test_titles_are_shown_as_they_were_written(theme: Theme) -> None:
    sly = "<b>$x$</b>"
    mark = replace(CLASH, before=sly)
    figure = flow.figure(played(replace(A, label=sly), B, marks=(mark,)), theme)

    assert "&lt;b&gt;&#36;x" in figure.data[0].hovertext[0]
    assert "&lt;b&gt;&#36;x" in figure.data[3].hovertext[0]


@pytest.mark.parametrize(
    ("minutes", "ticks"),
    [
        (3, ["0:00", "1:00", "2:00", "3:00"]),
        (42, ["0:00", "10:00", "20:00", "30:00", "40:00"]),
        (200, ["0:00", "30:00", "60:00", "90:00", "120:00", "150:00", "180:00"]),
    ],
)
def test_the_time_is_written_in_minutes_and_seconds(
    theme: Theme, minutes: int, ticks: list[str]
) -> None:
    long = replace(A, end=minutes * 60)

    assert list(flow.figure(played(long), theme).layout.xaxis.ticktext) == ticks


def test_one_tempo_is_no_mountain_range(theme: Theme) -> None:
    low, high = flow.figure(played(A, replace(B, tempo=120)), theme).layout.yaxis.range

    assert low <= 110
    assert high >= 130


@pytest.mark.parametrize("points", [(), (replace(A, tempo=None, energy=None),)])
def test_without_any_value_there_is_a_quiet_sentence(
    theme: Theme, points: tuple[FlowPoint, ...]
) -> None:
    figure = flow.figure(played(*points), theme)

    assert "No tempo or energy" in figure.layout.annotations[0].text
    assert not figure.data
