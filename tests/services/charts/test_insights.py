from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ttt.found import Reach, Source
from ttt.music import Measure, Period, camelot_wheel
from ttt.services.charts import insights
from ttt.services.tracks import captions
from ttt.services.tracks.rows import TrackRow, Value

steadily = settings(derandomize=True, deadline=None)
NOW = datetime(2026, 11, 22, tzinfo=UTC)
CODES = [code for code, _, _ in camelot_wheel()]
# Source of a value is its own: what matters here is only that numbers keep theirs.
KNOWN = st.none() | st.floats(allow_nan=True, allow_infinity=True)


def row(
    rank: int | None = None, source: Source = Source.CATALOGUE, **numbers: float | None
) -> TrackRow:
    values = {k: Value(v, source, NOW) for k, v in numbers.items() if v is not None}
    return TrackRow("spotify:track:1", "Song", ("Band",), values=values, rank=rank)


def rows(measure: Measure, *numbers: float | None) -> list[TrackRow]:
    return [row(**{measure: number}) for number in numbers]


def moods(*pairs: tuple[float | None, float | None]) -> list[TrackRow]:
    return [row(valence=valence, energy=energy) for valence, energy in pairs]


def keys(*codes: str) -> list[TrackRow]:
    wheel = {code: (key, mode) for code, key, mode in camelot_wheel()}
    return [row(key=wheel[code][0], mode=wheel[code][1]) for code in codes]


# Popularity


def test_popularity_stands_at_its_rank() -> None:
    ranked = insights.popularity([row(rank=3, popularity=70), row(rank=7, popularity=60)])

    assert (ranked.ranks, ranked.values) == ((3, 7), (70, 60))
    assert ranked.labels == ("Song · Band",) * 2
    assert ranked.size == 7


def test_a_list_without_ranks_is_counted_from_one_and_gaps_keep_their_place() -> None:
    ranked = insights.popularity(rows(Measure.POPULARITY, 70, None, 60))

    assert ranked.ranks == (1, 3)
    assert ranked.size == 3


@pytest.mark.parametrize(
    ("values", "takeaway"),
    [
        ([], "Nothing is known yet"),
        ([None, None], "Nothing is known yet"),
        ([72], "Known of one track: 72"),
        ([61, 86], "Popularity from 61 to 86"),
        ([72, 72, 72, 72, 72, 72], "Every known value is 72"),
        ([90, 85, 80, 75, 70, 65, 60], "Better known towards the top"),
        ([60, 65, 70, 75, 80, 85, 90], "Less known towards the top"),
        ([70, 90, 65, 80, 72, 88, 61], "Median 72, no trend by place"),
    ],
)
def test_popularity_says_no_more_than_the_ranks_show(
    values: list[float | None], takeaway: str
) -> None:
    assert insights.popularity(rows(Measure.POPULARITY, *values)).caption.takeaway == takeaway


def test_a_few_falling_values_are_no_trend_yet() -> None:
    ranked = insights.popularity(rows(Measure.POPULARITY, 90, 80, 70, 60))

    assert ranked.trend is None
    assert ranked.caption.takeaway == "Popularity from 60 to 90"


def test_the_line_slopes_only_where_the_words_say_so() -> None:
    falling = insights.popularity(rows(Measure.POPULARITY, 90, 85, 80, 75, 70, 65, 60))
    level = insights.popularity(rows(Measure.POPULARITY, 70, 90, 65, 80, 72, 88, 61))

    assert falling.trend == pytest.approx((90, 60))
    assert level.trend == (72, 72)


def test_one_far_off_value_does_not_turn_the_line_against_the_ranks() -> None:
    ranked = insights.popularity(rows(Measure.POPULARITY, *range(19, 0, -1), 100))

    assert ranked.trend == (10.5, 10.5)
    assert ranked.caption.takeaway == "Median 10, no trend by place"


@steadily
@given(st.lists(st.integers(0, 100), min_size=5, max_size=60))
def test_line_and_words_never_contradict_each_other(values: list[int]) -> None:
    ranked = insights.popularity(rows(Measure.POPULARITY, *values))

    assert ranked.trend is not None
    start, end = ranked.trend
    if "Better" in ranked.caption.takeaway:
        assert start > end
    elif "Less" in ranked.caption.takeaway:
        assert start < end
    else:
        assert start == end


def test_another_measure_has_its_own_scale_and_only_its_own_values() -> None:
    mixed = [row(popularity=70, deezer_rank=800_000), row(popularity=60), row(deezer_rank=1_000)]
    ranked = insights.popularity(mixed, Reach.DEEZER_RANK)

    assert (ranked.ranks, ranked.values) == ((1, 3), (800_000, 1_000))
    assert (ranked.scale.name, ranked.scale.unit) == ("Deezer rank", "of 1,000,000")
    assert ranked.caption.coverage == "2 of 3 tracks have Deezer rank"
    assert ranked.caption.takeaway == "Deezer rank from 1,000 to 800,000"


def test_counts_are_compared_by_powers_of_ten() -> None:
    plays = [1_000_000, 300_000, 100_000, 30_000, 10_000, 3_000, 1_000]
    ranked = insights.popularity([row(lastfm_playcount=n) for n in plays], Reach.LASTFM_PLAYCOUNT)

    assert ranked.scale.logarithmic
    assert ranked.trend == pytest.approx((1_000_000, 1_000), rel=0.1)
    assert ranked.caption.takeaway == "Better known towards the top"


@pytest.mark.parametrize(("measure", "number"), [("deezer_rank", 0), ("lastfm_listeners", 0.0)])
def test_nobody_at_all_is_how_services_say_that_they_do_not_know(
    measure: str, number: float
) -> None:
    assert insights.popularity([row(**{measure: number})], measure).values == ()


def test_only_measures_that_are_known_are_offered() -> None:
    reached = row(lastfm_listeners=5, lastfm_playcount=9)

    assert insights.popularity_measures([]) == ["popularity"]
    assert insights.popularity_measures([row(energy=1)]) == ["popularity"]
    assert insights.popularity_measures([reached]) == ["lastfm_listeners", "lastfm_playcount"]
    assert insights.popularity_measures([row(deezer_rank=7), row(popularity=0)]) == [
        "popularity",
        "deezer_rank",
    ]


# Distributions


def test_only_known_values_count() -> None:
    data = insights.distribution(rows(Measure.ENERGY, 0.2, None, 0.8, 0.9), Measure.ENERGY)

    assert (data.values, data.median) == ((0.2, 0.8, 0.9), 0.8)
    assert data.caption.coverage == "3 of 4 tracks have energy"


@pytest.mark.parametrize(
    ("measure", "unknown"),
    [
        (Measure.TEMPO, 0),
        (Measure.TEMPO, 1e9),
        (Measure.TEMPO, float("nan")),
        (Measure.ENERGY, -1),
        (Measure.VALENCE, float("inf")),
        (Measure.POPULARITY, 101),
    ],
)
def test_an_impossible_value_is_an_unknown_one(measure: Measure, unknown: float) -> None:
    data = insights.distribution(rows(measure, unknown), measure)

    assert (data.values, data.median) == ((), None)
    assert data.caption.takeaway == "Nothing is known yet"


@pytest.mark.parametrize(
    ("measure", "values", "takeaway"),
    [
        (Measure.ENERGY, [], "Nothing is known yet"),
        (Measure.ENERGY, [0.71], "One track's energy is known: 0.71, rather intense"),
        (Measure.TEMPO, [124.2], "One track's tempo is known: 124 BPM"),
        (Measure.ENERGY, [0.6, 0.84], "Rather intense: all lie within 0.60 to 0.84"),
        (Measure.VALENCE, [0.5, 0.5], "Between sad and happy: all lie at 0.50"),
        (
            Measure.VALENCE,
            [0.1, 0.5, 0.5, 0.5, 0.5, 0.9],
            "Between sad and happy: half lie at 0.50",
        ),
        (
            Measure.ENERGY,
            [0.1, 0.3, 0.5, 0.7, 0.9],
            "Between calm and intense: half lie within 0.30 to 0.70",
        ),
        (Measure.TEMPO, [80, 100, 120, 140, 180], "120 BPM: half lie within 100 to 140"),
        (Measure.POPULARITY, [60, 70], "Popularity 65: all lie within 60 to 70"),
    ],
)
def test_a_distribution_says_where_its_values_lie(
    measure: Measure, values: list[float], takeaway: str
) -> None:
    assert insights.distribution(rows(measure, *values), measure).caption.takeaway == takeaway


@pytest.mark.parametrize(
    ("measure", "now", "year", "takeaway"),
    [
        (Measure.TEMPO, 124, 117, "124 BPM, 7 faster than your year"),
        (Measure.TEMPO, 110, 117, "110 BPM, 7 slower than your year"),
        (Measure.TEMPO, 117.2, 116.9, "117 BPM, the same as your year"),
        (Measure.VALENCE, 0.48, 0.53, "Between sad and happy, a bit sadder than your year"),
        (Measure.VALENCE, 0.71, 0.53, "Rather happy, happier than your year"),
        (Measure.ENERGY, 0.71, 0.70, "Rather intense, much like your year"),
        (Measure.ENERGY, 0.30, 0.70, "Rather calm, calmer than your year"),
        (Measure.ENERGY, 0.90, 0.70, "Intense, more intense than your year"),
        (Measure.POPULARITY, 69, 72, "Popularity 69, 3 lower than your year"),
    ],
)
def test_a_distribution_is_set_against_the_year(
    measure: Measure, now: float, year: float, takeaway: str
) -> None:
    data = insights.distribution(rows(measure, *[now] * 5), measure, rows(measure, *[year] * 5))

    assert data.caption.takeaway == takeaway


def test_the_other_list_can_have_another_name() -> None:
    data = insights.distribution(
        rows(Measure.TEMPO, 120, 120, 120),
        Measure.TEMPO,
        rows(Measure.TEMPO, *[90] * 3),
        "everyone",
    )

    assert data.caption.takeaway == "120 BPM, 30 faster than everyone"


def test_two_tracks_are_too_few_to_compare_with() -> None:
    year = rows(Measure.TEMPO, 90, 90, None)
    data = insights.distribution(rows(Measure.TEMPO, 118, 120, 124), Measure.TEMPO, year)

    assert data.caption.takeaway == "120 BPM: all lie within 118 to 124"


@steadily
@given(st.lists(st.floats(0, 1), min_size=4))
def test_half_is_never_less_than_half(values: list[float]) -> None:
    data = insights.distribution(rows(Measure.ENERGY, *values), Measure.ENERGY)
    ends = [float(word) for word in data.caption.takeaway.split() if word[0].isdigit()]

    inside = sum(ends[0] - 0.005 <= v <= ends[-1] + 0.005 for v in values)
    assert inside >= len(values) / 2


# Mood map


def test_a_track_is_on_the_map_when_energy_and_valence_are_known() -> None:
    tracks = [row(valence=0.2, energy=0.3), row(valence=0.2), row(energy=0.3)]
    data = insights.mood_map(tracks)

    (point,) = data.points
    assert (point.uri, point.label) == ("spotify:track:1", "Song · Band")
    assert (point.valence, point.energy) == (0.2, 0.3)
    assert point.popularity is None
    assert point.tempo is None
    assert data.caption.coverage == "1 of 3 tracks has energy and valence"


@pytest.mark.parametrize(
    ("pairs", "takeaway"),
    [
        ([], "Nothing is known yet"),
        ([(0.9, 0.1)], "One track on the map, serene: happy and calm"),
        ([(0.5, 0.5)], "One track on the map, elated: happy and intense"),
        ([(0.1, 0.9), (0.2, 0.8)], "Both tracks are tense: sad and intense"),
        ([(0.1, 0.1)] * 12, "All 12 tracks are gloomy: sad and calm"),
        ([(0.9, 0.9)] * 3 + [(0.1, 0.1)], "Mostly elated: 3 of 4 tracks are happy and intense"),
        (
            [(0.9, 0.9)] * 2 + [(0.1, 0.1), (0.1, 0.9)],
            "Most often elated: 2 of 4 tracks are happy and intense",
        ),
        ([(0.9, 0.9), (0.1, 0.1)], "No mood leads among these 2 tracks"),
    ],
)
def test_the_mood_map_names_a_mood_that_leads(
    pairs: list[tuple[float, float]], takeaway: str
) -> None:
    assert insights.mood_map(moods(*pairs)).caption.takeaway == takeaway


# Keys


def test_keys_are_counted_in_the_order_of_the_wheel() -> None:
    data = insights.key_wheel([*keys("8B", "8B", "11A"), row(key=3)])

    counts = dict(zip(CODES, data.counts, strict=True))
    assert (counts["8B"], counts["11A"], sum(data.counts)) == (2, 1, 3)
    assert data.caption.coverage == "3 of 4 tracks have a key"


@pytest.mark.parametrize(("key", "mode"), [(-1, 1), (12, 0), (3, 2), (3, -1)])
def test_a_key_outside_the_scale_is_an_unknown_one(key: int, mode: int) -> None:
    assert sum(insights.key_wheel([row(key=key, mode=mode)]).counts) == 0


@pytest.mark.parametrize(
    ("codes", "takeaway"),
    [
        ([], "Nothing is known yet"),
        (["11A"], "One track's key is known: F♯ minor (11A)"),
        (["1A", "2A", "3A"], "No key comes up twice in 3 tracks"),
        (["8B", "8B", "1A"], "C major (8B) leads: 2 of 3 tracks"),
        (["8B", "8B", "8A", "8A", "1A"], "A minor and C major lead: 2 of 5 tracks each"),
        (["8B", "8B", "8A", "8A", "1A", "1A"], "3 keys share the lead: 2 of 6 tracks each"),
    ],
)
def test_the_wheel_names_the_keys_that_lead(codes: list[str], takeaway: str) -> None:
    assert insights.key_wheel(keys(*codes)).caption.takeaway == takeaway


# Periods


def test_periods_go_from_the_year_to_the_last_weeks_with_gaps() -> None:
    data = insights.periods(
        {
            Period.SHORT_TERM: rows(Measure.TEMPO, 120, 124, 128),
            Period.LONG_TERM: rows(Measure.TEMPO, 117),
        }
    )

    assert [p.period for p in data.periods] == [
        Period.LONG_TERM,
        Period.MEDIUM_TERM,
        Period.SHORT_TERM,
    ]
    assert [p.medians[Measure.TEMPO] for p in data.periods] == [117, None, 124]
    assert [p.medians[Measure.ENERGY] for p in data.periods] == [None, None, None]


@pytest.mark.parametrize(
    ("measure", "year", "now", "takeaway"),
    [
        (Measure.TEMPO, 117, 124, "Your last 4 weeks are faster than your year: 124 vs 117 BPM"),
        (Measure.ENERGY, 0.7, 0.5, "Your last 4 weeks are calmer than your year: 0.50 vs 0.70"),
        (Measure.VALENCE, 0.4, 0.5, "Your last 4 weeks are happier than your year: 0.50 vs 0.40"),
        (Measure.POPULARITY, 60, 72, "Your last 4 weeks are better known than your year: 72 vs 60"),
        (Measure.TEMPO, 117, 118, "Your last 4 weeks are much like your year"),
    ],
)
def test_periods_say_what_changed(measure: Measure, year: float, now: float, takeaway: str) -> None:
    data = insights.periods(
        {Period.LONG_TERM: rows(measure, year), Period.SHORT_TERM: rows(measure, now)}
    )

    assert data.caption.takeaway == takeaway


def test_periods_name_the_measure_that_changed_most() -> None:
    data = insights.periods(
        {
            Period.LONG_TERM: [row(tempo=117, energy=0.3)],
            Period.SHORT_TERM: [row(tempo=124, energy=0.8)],
        }
    )

    assert "more intense" in data.caption.takeaway


def test_a_missing_year_is_replaced_by_the_longest_known_period() -> None:
    data = insights.periods(
        {
            Period.MEDIUM_TERM: rows(Measure.TEMPO, 100),
            Period.SHORT_TERM: rows(Measure.TEMPO, 120),
        }
    )

    assert data.caption.takeaway == (
        "Your last 4 weeks are faster than your last 6 months: 120 vs 100 BPM"
    )


def test_periods_without_a_common_measure_are_not_compared() -> None:
    data = insights.periods(
        {
            Period.LONG_TERM: rows(Measure.ENERGY, 0.5),
            Period.SHORT_TERM: rows(Measure.TEMPO, 120),
        }
    )

    assert data.caption.takeaway == "Your last 4 weeks and your year cannot be compared yet"


def test_one_period_is_not_compared() -> None:
    data = insights.periods({Period.MEDIUM_TERM: rows(Measure.TEMPO, 100)})

    assert data.caption.takeaway == "Only one period is known so far: last 6 months"


def test_a_list_stands_beside_the_periods_and_is_set_against_the_latest() -> None:
    lists = {
        Period.LONG_TERM: rows(Measure.TEMPO, 90),
        Period.SHORT_TERM: rows(Measure.TEMPO, 100),
    }
    data = insights.periods(lists, rows(Measure.TEMPO, 120, 124))

    assert [p.period for p in data.periods][-1] is None
    assert data.periods[-1].medians[Measure.TEMPO] == 122
    assert data.caption.takeaway == "This list is faster than your last 4 weeks: 122 vs 100 BPM"


def test_a_list_without_periods_is_set_against_nothing() -> None:
    data = insights.periods({}, rows(Measure.TEMPO, 120))

    assert data.caption.takeaway == "No period is known yet to compare this list with"


def test_a_chart_says_of_its_coverage_only_what_its_page_does_not() -> None:
    complete = row(popularity=50, energy=0.5, valence=0.5, tempo=120)
    tracks = [complete, row(energy=0.5)]
    page = insights.whole(tracks)
    energy = insights.distribution(tracks, Measure.ENERGY).caption
    tempo = insights.distribution(tracks, Measure.TEMPO).caption

    assert page.coverage == "0 of 2 tracks have all values"
    assert captions.beyond(energy, page) == f"{energy.coverage} · {energy.sources}"
    assert captions.beyond(tempo, page) == f"{tempo.coverage} · {tempo.sources}"
    assert captions.beyond(energy, energy) == ""


def test_all_of_a_part_is_as_complete_as_all_of_the_page() -> None:
    tracks = rows(Measure.ENERGY, 0.1, 0.5, 0.9)
    of_all = insights.distribution(tracks, Measure.ENERGY).caption
    of_a_part = insights.distribution(tracks[:2], Measure.ENERGY).caption

    assert captions.beyond(of_a_part, of_all) == ""


def test_without_lists_all_periods_are_gaps() -> None:
    data = insights.periods({})

    assert len(data.periods) == 3
    assert data.caption.takeaway == "Nothing is known yet"
    assert data.caption.coverage == "No tracks yet"


def test_the_coverage_of_periods_counts_complete_tracks() -> None:
    complete = row(popularity=50, energy=0.5, valence=0.5, tempo=120)
    data = insights.periods({Period.SHORT_TERM: [complete, row(energy=0.5)]})

    assert data.caption.coverage == "1 of 2 tracks has all four values"
    assert data.caption.sources == "source: catalogue, 2022"


# Coverage and sources


@pytest.mark.parametrize(
    ("values", "coverage"),
    [
        ([], "No tracks yet"),
        ([0.5], "1 of 1 track has energy"),
        ([None], "0 of 1 track has energy"),
        ([0.5, None], "1 of 2 tracks has energy"),
        ([0.5, 0.5, None], "2 of 3 tracks have energy"),
    ],
)
def test_coverage_counts_in_good_english(values: list[float | None], coverage: str) -> None:
    data = insights.distribution(rows(Measure.ENERGY, *values), Measure.ENERGY)

    assert data.caption.coverage == coverage


def test_one_source_is_named_without_a_count() -> None:
    data = insights.distribution(rows(Measure.ENERGY, 0.5, 0.6), Measure.ENERGY)

    assert data.caption.sources == "source: catalogue, 2022"


def test_several_sources_are_named_with_their_tracks() -> None:
    tracks = [
        row(energy=0.5),
        row(energy=0.6),
        row(energy=0.7, source=Source.SPOTIFY),
        row(valence=0.7, source=Source.SPOTIFY),
    ]
    data = insights.distribution(tracks, Measure.ENERGY)

    assert data.caption.sources == "sources: Spotify (1) and catalogue, 2022 (2)"


def test_without_values_no_source_is_named() -> None:
    assert insights.mood_map([row(tempo=120)]).caption.sources == ""


# Anything at all


@steadily
@given(st.lists(st.fixed_dictionaries(dict.fromkeys([*Measure, "key", "mode"], KNOWN)), max_size=8))
def test_any_numbers_give_charts_with_short_sentences(numbers: list[dict[str, float]]) -> None:
    tracks = [row(**n) for n in numbers]
    captions = [
        insights.popularity(tracks).caption,
        insights.mood_map(tracks).caption,
        insights.key_wheel(tracks).caption,
        insights.periods({Period.SHORT_TERM: tracks, Period.LONG_TERM: tracks}).caption,
        *(insights.distribution(tracks, m, tracks).caption for m in Measure),
    ]

    assert all(0 < len(c.takeaway) <= 70 for c in captions)


# Genres


def tagged(*genres: str, source: Source = Source.LASTFM) -> TrackRow:
    known = source if genres else None
    return TrackRow("spotify:track:1", "Song", genres=genres, genre_source=known)


def test_genres_are_counted_by_tracks_of_those_that_have_any() -> None:
    data = insights.genres([tagged("rock", "pop"), tagged("pop"), tagged()])

    assert (data.names, data.tracks) == (("pop", "rock"), (2, 1))
    assert (data.total, data.other) == (2, 0)
    assert data.caption.coverage == "2 of 3 tracks have a genre"
    assert data.caption.sources == "source: Last.fm"


def test_of_many_genres_the_ten_commonest_are_named_and_the_others_counted() -> None:
    names = [f"genre {n:02}" for n in range(12)]
    common = [tagged(name) for name in names[:10] for _ in range(2)]
    data = insights.genres([*common, tagged(names[10]), tagged(names[11], names[0])])

    assert sorted(data.names) == names[:10]
    assert data.names[0] == names[0]
    assert (data.other, data.total) == (1, 22)


def test_sources_of_genres_are_counted_by_tracks() -> None:
    data = insights.genres([tagged("pop"), tagged("pop"), tagged("pop", source=Source.CATALOGUE)])

    assert data.caption.sources == "sources: catalogue, 2022 (1) and Last.fm (2)"


@pytest.mark.parametrize(
    ("genres", "takeaway"),
    [
        ([], "Nothing is known yet"),
        ([("pop", "dance")], "Known of one track: dance, pop"),
        ([("pop",), ("rock",)], "No genre comes up twice in 2 tracks"),
        ([("pop",), ("pop",), ("rock",)], "Mostly pop: 2 of 3 tracks"),
        ([("pop",)] * 2 + [("a",), ("b",), ("c",)], "Most often pop: 2 of 5 tracks"),
        ([("pop",)] * 2 + [("rock",)] * 2, "pop and rock lead: 2 of 4 tracks each"),
        ([("pop", "rock", "a")] * 2, "3 genres share the lead: 2 of 2 tracks each"),
        ([tuple("abcdefghijklm")] * 2, "13 genres share the lead: 2 of 2 tracks each"),
    ],
)
def test_genres_say_which_leads(genres: list[tuple[str, ...]], takeaway: str) -> None:
    assert insights.genres([tagged(*each) for each in genres]).caption.takeaway == takeaway


def test_counts_without_a_most_are_drawn_by_their_logarithm() -> None:
    by_logarithm = {name for name, scale in insights.SCALES.items() if scale.logarithmic}
    assert by_logarithm == {Reach.LASTFM_LISTENERS, Reach.LASTFM_PLAYCOUNT}
