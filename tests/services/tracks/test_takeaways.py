"""The sentence over a chart says what the chart shows, for one track as for many."""

import pytest

from ttt import music
from ttt.chartdata import MoodPoint, PeriodValues
from ttt.music import Measure, Period
from ttt.services.tracks import takeaways

ELATED, SERENE, GLOOMY, TENSE = (0.5, 0.5), (0.5, 0.4), (0.4, 0.4), (0.4, 0.5)


@pytest.mark.parametrize(
    ("values", "direction", "said"),
    [
        ([], 0, "Nothing is known yet"),
        ([61], 0, "Known of one track: 61"),
        ([61, 61.2], 0, "Every known value is 61"),
        ([40, 60], 0, "Popularity from 40 to 60"),
        ([40, 50, 60, 70, 80], 0, "Median 60, no trend by place"),
        ([40, 50, 60, 70, 80], -1, "Better known towards the top"),
        ([40, 50, 60, 70, 80], 1, "Less known towards the top"),
    ],
)
def test_popularity_is_told_with_its_trend(values: list[float], direction: int, said: str) -> None:
    assert takeaways.popularity(values, direction, "popularity") == said


@pytest.mark.parametrize(
    ("moods", "said"),
    [
        ([], "Nothing is known yet"),
        ([TENSE], "One track on the map, tense: sad and intense"),
        ([ELATED] * 2, "Both tracks are elated: happy and intense"),
        ([GLOOMY] * 3, "All 3 tracks are gloomy: sad and calm"),
        ([SERENE] * 2 + [TENSE], "Mostly serene: 2 of 3 tracks are happy and calm"),
        ([SERENE, TENSE], "No mood leads among these 2 tracks"),
        (
            [SERENE] * 2 + [TENSE, GLOOMY],
            "Most often serene: 2 of 4 tracks are happy and calm",
        ),
    ],
)
def test_the_mood_of_most_tracks_is_named(moods: list[tuple[float, float]], said: str) -> None:
    points = [point(valence, energy) for valence, energy in moods]
    assert takeaways.mood_map(points) == said


def point(valence: float, energy: float) -> MoodPoint:
    return MoodPoint("spotify:track:x", "Song", valence, energy, None, None)


def keys(*counts: int) -> list[int]:
    return [*counts, *([0] * (len(music.camelot_wheel()) - len(counts)))]


def test_the_commonest_keys_are_named() -> None:
    (one, key, mode), (_, other, its_mode), *_ = music.camelot_wheel()
    first, second = music.key_name(key, mode), music.key_name(other, its_mode)
    assert [takeaways.key_wheel(counts) for counts in (keys(*c) for c in KEYS)] == [
        "Nothing is known yet",
        f"One track's key is known: {first} ({one})",
        "No key comes up twice in 2 tracks",
        f"{first} ({one}) leads: 2 of 3 tracks",
        f"{first} and {second} lead: 2 of 4 tracks each",
        "3 keys share the lead: 2 of 6 tracks each",
    ]


KEYS: list[list[int]] = [[], [1], [1, 1], [2, 1], [2, 2], [2, 2, 2]]


@pytest.mark.parametrize(
    ("tracks", "total", "said"),
    [
        ({}, 3, "Nothing is known yet"),
        ({"rock": 1, "folk": 1}, 1, "Known of one track: rock, folk"),
        ({"rock": 1, "folk": 1}, 2, "No genre comes up twice in 2 tracks"),
        ({"rock": 2, "folk": 1}, 3, "Mostly rock: 2 of 3 tracks"),
        ({"rock": 2, "folk": 1}, 4, "Most often rock: 2 of 4 tracks"),
        ({"rock": 2, "folk": 2}, 4, "rock and folk lead: 2 of 4 tracks each"),
        ({"rock": 2, "folk": 2, "dub": 2}, 4, "3 genres share the lead: 2 of 4 tracks each"),
    ],
)
def test_the_commonest_genres_are_named(tracks: dict[str, int], total: int, said: str) -> None:
    assert takeaways.genres(tracks, total) == said


@pytest.mark.parametrize(
    ("now", "said"),
    [
        (0.52, "Your last 4 weeks are much like your year"),
        (0.6, "Your last 4 weeks are happier than your year: 0.60 vs 0.50"),
        (0.4, "Your last 4 weeks are sadder than your year: 0.40 vs 0.50"),
    ],
)
def test_what_changed_most_between_periods_is_said(now: float, said: str) -> None:
    assert (
        takeaways.periods([period(Period.LONG_TERM, 0.5), period(Period.SHORT_TERM, now)]) == said
    )


def period(of: Period, valence: float) -> PeriodValues:
    return PeriodValues(of, {Measure.VALENCE: valence})


@pytest.mark.parametrize(
    ("clashes", "jumps", "tempos", "seconds", "said"),
    [
        (None, 0, [], 0, "Nothing is known yet"),
        (3, 1, [118, 131], 42 * 60, "3 key clashes, 1 tempo jump; 118 to 131 BPM over 42 min"),
        (0, 0, [120], 90 * 60, "No key clashes; 120 BPM over 90 min"),
        (1, 2, [120], 91 * 60, "1 key clash, 2 tempo jumps; 120 BPM over 1 h 31 min"),
        (None, 0, [120], 0, "120 BPM"),
    ],
)
def test_how_smoothly_a_list_runs_is_said(
    clashes: int | None, jumps: int, tempos: list[float], seconds: float, said: str
) -> None:
    assert takeaways.flow(clashes, jumps, tempos, seconds) == said


@pytest.mark.parametrize(
    ("measure", "value", "other", "said"),
    [
        (Measure.VALENCE, 0.7, 0.5, "happier"),
        (Measure.VALENCE, 0.3, 0.5, "sadder"),
        (Measure.VALENCE, 0.55, 0.5, None),
        (Measure.ENERGY, 0.36, 0.25, "more intense"),
        (Measure.ENERGY, 0.34, 0.25, None),
        (Measure.TEMPO, 110, 120, "slower"),
        (Measure.TEMPO, 111, 120, None),
        (Measure.POPULARITY, 60, 50, "better known"),
        (Measure.POPULARITY, 59, 50, None),
    ],
)
def test_only_a_clear_difference_is_worth_a_word(
    measure: Measure, value: float, other: float, said: str | None
) -> None:
    assert takeaways.comparison(measure, value, other) == said


@pytest.mark.parametrize(
    ("measure", "value", "said"),
    [
        (Measure.VALENCE, 0.52, "Between sad and happy, much like X"),
        (Measure.VALENCE, 0.53, "Between sad and happy, a bit happier than X"),
        (Measure.VALENCE, 0.59, "Between sad and happy, a bit happier than X"),
        (Measure.VALENCE, 0.61, "Rather happy, happier than X"),
        (Measure.TEMPO, 0.5, "0 BPM, the same as X"),
        (Measure.TEMPO, 3, "3 BPM, 3 faster than X"),
        (Measure.POPULARITY, 1, "Popularity 1, 1 higher than X"),
    ],
)
def test_where_a_middle_lies_is_told_against_another(
    measure: Measure, value: float, said: str
) -> None:
    assert takeaways.distribution(measure, [value] * 3, [0.5] * 3, "X") == said


def test_thousands_are_told_apart() -> None:
    assert (
        takeaways.genres({"rock": 1200, "pop": 3}, 5000) == "Most often rock: 1,200 of 5,000 tracks"
    )
    assert "1,000 of 1,000 tracks" in takeaways.key_wheel([1000, *[0] * 23])


def test_a_whole_step_is_no_bit() -> None:
    words = takeaways.distribution(Measure.VALENCE, [0.2] * 3, [0.1] * 3, "X")
    assert words.endswith(", happier than X")


def test_without_enough_to_compare_with_a_distribution_stands_alone() -> None:
    of = takeaways.distribution
    assert of(Measure.ENERGY, [], [0.5] * 3, "X") == "Nothing is known yet"
    assert of(Measure.ENERGY, [0.1], [0.5] * 3, "X") == "One track's energy is known: 0.10, calm"
    assert of(Measure.TEMPO, [120], [], "X") == "One track's tempo is known: 120 BPM"
    assert "X" not in of(Measure.TEMPO, [120] * 3, [100] * 2, "X")
    assert "X" in of(Measure.TEMPO, [120] * 3, [100] * 3, "X")


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ([80, 100, 120], "100 BPM: all lie within 80 to 120"),
        ([120, 120.4, 119.6], "120 BPM: all lie at 120"),
        ([60, 120, 120, 120, 180], "120 BPM: half lie at 120"),
        ([100, 110, 120, 130], "115 BPM: half lie within 100 to 130"),
        (list(range(100, 190, 10)), "140 BPM: half lie within 120 to 160"),
    ],
)
def test_of_a_few_values_all_are_told_and_of_more_the_half_in_the_middle(
    values: list[float], said: str
) -> None:
    assert takeaways.distribution(Measure.TEMPO, values, [], "X") == said


SHORT, LONG = Period.SHORT_TERM, Period.LONG_TERM
NONE = PeriodValues(Period.MEDIUM_TERM, {Measure.VALENCE: None})


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ([], "Nothing is known yet"),
        ([NONE], "Nothing is known yet"),
        ([period(SHORT, 0.5), NONE], "Only one period is known so far: last 4 weeks"),
        ([NONE, PeriodValues(None, {Measure.VALENCE: 0.5})], "No period is known yet to compare"),
        (
            [PeriodValues(LONG, {Measure.TEMPO: 120}), period(SHORT, 0.5)],
            "Your last 4 weeks and your year cannot be compared yet",
        ),
        (
            [period(LONG, 0.1), period(SHORT, 0.5), PeriodValues(None, {Measure.VALENCE: 0.7})],
            "This list is happier than your last 4 weeks: 0.70 vs 0.50",
        ),
        (
            [period(SHORT, 0.5), PeriodValues(None, {Measure.VALENCE: 0.5})],
            "This list is much like your last 4 weeks",
        ),
        (
            [
                PeriodValues(LONG, {Measure.VALENCE: 0.5, Measure.TEMPO: 117}),
                PeriodValues(SHORT, {Measure.VALENCE: 0.55, Measure.TEMPO: 102}),
            ],
            "Your last 4 weeks are slower than your year: 102 vs 117 BPM",
        ),
    ],
)
def test_periods_are_compared_as_far_as_they_are_known(
    values: list[PeriodValues], said: str
) -> None:
    assert takeaways.periods(values).startswith(said)
