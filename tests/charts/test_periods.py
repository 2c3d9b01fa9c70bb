from hypothesis import given, settings
from hypothesis import strategies as st

from ttt.chartdata import Caption, Periods, PeriodValues
from ttt.charts import periods
from ttt.charts.theme import Theme
from ttt.charts.theme import theme as named
from ttt.music import Measure, Period

steadily = settings(derandomize=True, deadline=None)
MEASURES = list(Measure)
ORDER = (Period.LONG_TERM, Period.MEDIUM_TERM, Period.SHORT_TERM)


def side_by_side(**values: tuple[float | None, ...]) -> Periods:
    """Medians by measure, from the year to the last weeks."""
    columns = tuple(
        PeriodValues(period, {Measure(name): row[n] for name, row in values.items()})
        for n, period in enumerate(ORDER)
    )
    return Periods(columns, Caption("", "", ""))


def test_each_measure_is_a_line_in_its_colour(theme: Theme) -> None:
    data = side_by_side(popularity=(70, 71, 72), energy=(0.5, 0.6, 0.7), tempo=(117, 120, 124))
    lines = periods.figure(data, theme).data

    assert [line.marker.color for line in lines] == [theme.colour(m) for m in MEASURES]
    assert list(lines[0].text) == ["70", "71", "72"]
    assert list(lines[3].text) == ["117 BPM", "120 BPM", "124 BPM"]


def test_periods_are_named_along_the_bottom(theme: Theme) -> None:
    axis = periods.figure(side_by_side(energy=(0.5, 0.6, 0.7)), theme).layout.xaxis

    assert list(axis.ticktext) == ["Last<br>year", "Last<br>6 months", "Last<br>4 weeks"]


def test_a_missing_period_is_a_gap(theme: Theme) -> None:
    lines = periods.figure(side_by_side(energy=(0.5, None, 0.7)), theme).data
    energy = lines[MEASURES.index(Measure.ENERGY)]

    assert energy.y[1] is None
    assert energy.text[1] == ""
    assert energy.connectgaps is False
    assert energy.hovertext[1] is None


def test_hover_says_period_measure_and_value(theme: Theme) -> None:
    lines = periods.figure(side_by_side(tempo=(117, 120, 124)), theme).data

    assert lines[3].hovertext[2] == "Last 4 weeks: median tempo 124 BPM"


def test_a_small_change_looks_small(theme: Theme) -> None:
    small, large = (
        periods.figure(side_by_side(tempo=(120, 120, new)), theme).data[3].y for new in (122, 150)
    )

    assert small[2] - small[0] < (large[2] - large[0]) / 3


@steadily
@given(st.lists(st.none() | st.floats(0, 1), min_size=3, max_size=3))
def test_every_line_stays_in_its_row(values: list[float | None]) -> None:
    data = side_by_side(energy=tuple(values), tempo=(60, 120, 200))
    figure = periods.figure(data, named("dark"))

    for line, row in zip(figure.data, (3, 2, 1, 0), strict=True):
        assert all(row < y < row + 0.6 for y in line.y if y is not None)


def test_without_any_value_there_is_a_quiet_sentence(theme: Theme) -> None:
    figure = periods.figure(side_by_side(energy=(None, None, None)), theme)

    assert "No values are known" in figure.layout.annotations[0].text
    assert not figure.data
