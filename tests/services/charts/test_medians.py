from datetime import UTC, datetime

import pytest

from ttt.found import Source
from ttt.music import Measure
from ttt.services.charts import medians
from ttt.services.charts.medians import Median
from ttt.services.tracks.rows import TrackRow, Value

NOW = datetime(2026, 11, 22, tzinfo=UTC)


def rows(measure: Measure, *numbers: float) -> list[TrackRow]:
    return [
        TrackRow(str(place), None, values={measure: Value(number, Source.RECCOBEATS, NOW)})
        for place, number in enumerate(numbers)
    ]


def of(measure: Measure, now: list[float], year: list[float]) -> Median:
    found = medians.of(rows(measure, *now), rows(measure, *year))
    return next(median for median in found if median.measure is measure)


@pytest.mark.parametrize(
    ("measure", "now", "year", "text", "words", "short"),
    [
        (Measure.ENERGY, 0.8, 0.84, "0.80", "0.04 calmer than your year", "−0.04 vs year"),
        (Measure.ENERGY, 0.8, 0.7, "0.80", "0.10 more intense than your year", "+0.10 vs year"),
        (Measure.VALENCE, 0.5, 0.53, "0.50", "0.03 sadder than your year", "−0.03 vs year"),
        (Measure.POPULARITY, 80, 78, "80", "2 better known than your year", "+2 vs year"),
        (Measure.TEMPO, 114, 122, "114", "8 slower than your year", "−8 vs year"),
        (Measure.TEMPO, 114.2, 113.8, "114", "same as your year", "same as year"),
    ],
)
def test_a_difference_is_said_in_words_of_its_measure(
    measure: Measure, now: float, year: float, text: str, words: str, short: str
) -> None:
    found = of(measure, [now], [year])
    assert (found.text, found.words, found.short) == (text, words, short)


def test_places_on_the_line_run_from_one_end_of_the_measure_to_the_other() -> None:
    found = of(Measure.TEMPO, [40], [240])
    assert (found.at, found.was) == (0, 100)
    assert of(Measure.ENERGY, [0.25], [0.5]).at == 25


def test_what_is_not_known_has_no_place_and_is_compared_with_nothing() -> None:
    assert of(Measure.ENERGY, [], [0.5]) == Median(Measure.ENERGY, None, None, None, "", "")
    alone = of(Measure.ENERGY, [0.5], [])
    assert (alone.text, alone.was, alone.words) == ("0.50", None, "")


def test_there_are_four_numbers_of_any_list() -> None:
    assert [median.measure for median in medians.of([])] == list(Measure)


@pytest.mark.parametrize(
    ("measure", "low", "high"),
    [
        (Measure.POPULARITY, 0, 100),
        (Measure.ENERGY, 0, 1),
        (Measure.VALENCE, 0, 1),
        (Measure.TEMPO, 40, 200),
    ],
)
def test_each_measure_has_its_ends_and_its_middle(
    measure: Measure, low: float, high: float
) -> None:
    places = [medians.place(measure, value) for value in (low, (low + high) / 2, high)]
    assert places == [0, 50, 100]
    quarter = low + (high - low) / 4
    assert medians.place(measure, quarter) == 25


@pytest.mark.parametrize(("value", "at"), [(0.0, 0), (0.25, 25), (1.0, 100), (-0.5, 0), (1.5, 100)])
def test_a_value_lies_between_the_ends_of_its_measure(value: float, at: float) -> None:
    assert medians.place(Measure.ENERGY, value) == at
