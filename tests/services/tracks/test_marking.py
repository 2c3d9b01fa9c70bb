from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ttt.chartdata import Caption, Distribution
from ttt.charts import distribution
from ttt.charts.theme import theme
from ttt.found import Source
from ttt.music import Measure
from ttt.services.tracks.marking import Box, Marked
from ttt.services.tracks.rows import TrackRow, Value

NOW = datetime(2026, 11, 22, tzinfo=UTC)


def row(uri: str, **values: float) -> TrackRow:
    known = {name: Value(number, Source.RECCOBEATS, NOW) for name, number in values.items()}
    return TrackRow(uri, uri, values=known)


ROWS = [
    row("a", tempo=118.0, energy=0.3, valence=0.1, key=0, mode=1),
    row("b", tempo=120.0, energy=0.5, valence=0.6, key=0, mode=1),
    row("c", tempo=129.9, energy=1.0, key=9, mode=0),
    row("d"),
]


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        (Marked(), "abcd"),
        (Marked(spans={Measure.TEMPO: []}), "abcd"),
        (Marked(box=Box((0.1, 0.6), (0.3, 0.5))), "ab"),
        (Marked(box=Box((0.2, 0.6), (0.0, 1.0))), "b"),
        (Marked(codes=["8B"]), "ab"),
        (Marked(codes=["8B", "8A"]), "abc"),
        (Marked(spans={Measure.TEMPO: [(120, 130)]}), "bc"),
        (Marked(spans={Measure.TEMPO: [(110, 120), (120, 130)]}), "abc"),
        (Marked(spans={Measure.ENERGY: [(0.9, 1.0)]}), "c"),
        (Marked(codes=["8B"], spans={Measure.TEMPO: [(120, 130)]}), "b"),
        (Marked(box=Box((0.0, 0.2), (0.0, 1.0)), codes=["8A"]), ""),
    ],
)
def test_what_is_marked_on_every_chart_is_chosen(chosen: Marked, expected: str) -> None:
    assert "".join(row.uri for row in chosen.among(ROWS)) == expected


@given(
    st.sampled_from([Measure.ENERGY, Measure.VALENCE, Measure.TEMPO]),
    st.lists(st.integers(0, 1000), min_size=1, max_size=30),
)
def test_the_bars_of_a_chart_share_out_its_tracks(measure: Measure, thousandths: list[int]) -> None:
    scale = 250.0 if measure is Measure.TEMPO else 1.0
    numbers = [n / 1000 * scale for n in thousandths]
    data = Distribution(measure, tuple(numbers), numbers[0], Caption("", "", ""))
    (bars,) = distribution.figure(data, theme("dark")).data
    rows = [row(str(place), **{measure: number}) for place, number in enumerate(numbers)]
    for count, (low, high) in zip(bars.y, bars.customdata, strict=True):
        assert len(Marked(spans={measure: [(low, high)]}).among(rows)) == count
