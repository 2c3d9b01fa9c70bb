import pytest
from hypothesis import given, settings

from tests.services.sounding import row, rows
from ttt.chartdata import FlowMark
from ttt.services.charts.flow import flow
from ttt.services.tracks.rows import TrackRow

steadily = settings(derandomize=True, deadline=None)
MINUTE = 60_000
# 8B, 9B and 2B on the Camelot wheel.
C_MAJOR, G_MAJOR, F_SHARP_MAJOR = ({"key": key, "mode": 1} for key in (0, 7, 6))


def test_tracks_follow_each_other_by_their_lengths() -> None:
    shown = flow([row("A", 3 * MINUTE, tempo=120, **C_MAJOR), row("B", 90_500, energy=0.5)])

    first, second = shown.points
    assert (first.start, first.end, first.tempo, first.energy, first.key) == (
        0, 180, 120, None, "8B",
    )  # fmt: skip
    assert (second.start, second.end, second.tempo, second.energy) == (180, 270.5, None, 0.5)
    assert shown.seconds == 270.5


def test_a_clash_and_a_jump_are_marked_where_they_are_heard() -> None:
    shown = flow(
        [
            row("A", MINUTE, tempo=100, **C_MAJOR),
            row("B", MINUTE, tempo=104, **G_MAJOR),
            row("C", MINUTE, tempo=120, **F_SHARP_MAJOR),
        ]
    )

    assert shown.marks == (
        FlowMark("clash", 120, "B · Band", "C · Band", "9B to 2B, 5 steps on the wheel"),
        FlowMark("jump", 120, "B · Band", "C · Band", "104 to 120 BPM, 15% apart"),
    )
    assert shown.caption.takeaway == "1 key clash, 1 tempo jump; 100 to 120 BPM over 3 min"


def test_half_the_tempo_is_no_jump() -> None:
    assert flow([row("A", MINUTE, tempo=140), row("B", MINUTE, tempo=70)]).marks == ()


@pytest.mark.parametrize("missing", [{"key": 6}, {"mode": 1}, {"key": -1, "mode": 1}])
def test_an_unknown_key_clashes_with_nothing(missing: dict[str, float]) -> None:
    assert flow([row("A", MINUTE, **C_MAJOR), row("B", MINUTE, **missing)]).marks == ()


def test_a_track_of_unknown_length_is_left_out_of_the_time_and_said() -> None:
    shown = flow(
        [
            row("A", MINUTE, tempo=100, energy=0.5, **C_MAJOR),
            row("B", None, tempo=100, energy=0.5, **F_SHARP_MAJOR),
            row("C", MINUTE, tempo=100, energy=0.5, **F_SHARP_MAJOR),
        ]
    )

    assert [(p.start, p.end) for p in shown.points] == [(0, 60), (60, 120)]
    assert [(m.at, m.before) for m in shown.marks] == [(60, "A · Band")]
    assert shown.caption.coverage == (
        "3 of 3 tracks have tempo, energy and a key, 1 of unknown length is not drawn"
    )


def test_coverage_and_sources_are_said() -> None:
    shown = flow([row("A", MINUTE, tempo=100, energy=0.5, **C_MAJOR), row("B", MINUTE)])

    assert shown.caption.coverage == "1 of 2 tracks has tempo, energy and a key"
    assert shown.caption.sources == "source: catalogue, 2022"


@pytest.mark.parametrize(
    ("given", "takeaway"),
    [
        ([], "Nothing is known yet"),
        ([row("A", MINUTE)], "Nothing is known yet"),
        ([row("A", MINUTE, tempo=100)], "100 BPM over 1 min"),
        ([row("A", 95 * MINUTE, tempo=100)], "100 BPM over 1 h 35 min"),
        ([row("A", tempo=100), row("B", tempo=103)], "100 to 103 BPM"),
        ([row("A", **C_MAJOR), row("B", **F_SHARP_MAJOR)], "1 key clash"),
        ([row("A", tempo=99, **C_MAJOR), row("B", **G_MAJOR)], "No key clashes; 99 BPM"),
    ],
)
def test_the_takeaway_says_no_more_than_is_known(given: list[TrackRow], takeaway: str) -> None:
    assert flow(given).caption.takeaway == takeaway


def test_several_clashes_are_counted() -> None:
    given = [row("A", **C_MAJOR), row("B", **F_SHARP_MAJOR), row("C", **C_MAJOR)]

    assert flow(given).caption.takeaway == "2 key clashes"


@steadily
@given(rows())
def test_marks_lie_between_the_first_and_the_last_second(given: list[TrackRow]) -> None:
    shown = flow(given)

    assert all(0 <= mark.at <= shown.seconds for mark in shown.marks)
    assert all(p.start < p.end <= shown.seconds for p in shown.points)
