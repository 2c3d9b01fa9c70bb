"""What moods, genres, keys and years of histories come to that fingers can count."""

from datetime import date

import pytest

from tests.services.plays.histories import History, Told
from tests.services.plays.measures.test_small_histories import DAY, NOON, A, B, C, at, days_of
from ttt.chartdata import By, Step
from ttt.chartdata.mood import Ribbon
from ttt.music import Measure
from ttt.services.plays.frame import Frame, Gap, PlayedTrack
from ttt.services.plays.measures.mood import genres, hours, sentences, years

HOUR = 3_600_000
KNOWN = [
    PlayedTrack(A, "Air", ("X",), energy=0.2, release_year=1999, genres=("EDM", "folk")),
    PlayedTrack(B, "Bell", ("Y",), energy=0.8, release_year=2018, genres=("folk",), key=0, mode=1),
    PlayedTrack(C, "Cave", ("Z",), key=9, mode=0),
]


def of(*told: tuple[float, int, float]) -> Frame:
    """Tracks heard for some hours, so many hours after noon of that Monday."""
    rows = [Told(NOON + round(at * 3_600), round(long * HOUR), track) for at, track, long in told]
    return History(rows, KNOWN, "UTC").frame


def said(frame: Frame, by: By = By.MINUTES) -> str:
    return hours.hours(frame, days_of(frame, 0, 6), Measure.ENERGY, by).caption.takeaway


@pytest.mark.parametrize(
    ("hour", "part"),
    [
        *((12, "in the afternoon"), (17, "in the afternoon"), (18, "in the evening")),
        *((23, "in the evening"), (24, "at night"), (29, "at night")),
        *((30, "in the morning"), (35, "in the morning")),
    ],
)
def test_a_day_has_four_parts_of_six_hours(hour: int, part: str) -> None:
    other = {"in the afternoon": 27}.get(part, 13)
    frame = of(*sorted([(hour - 12, B, 2.41), (other - 12, A, 2.41)]))
    assert said(frame).startswith(f"Most intense {part}: energy 0.80; ")


@pytest.mark.parametrize(("long", "told"), [(2.41, True), (2.39, False)])
def test_a_part_of_the_day_is_told_from_twenty_four_minutes_an_hour_on(
    long: float, told: bool
) -> None:
    both = "Most intense in the evening: energy 0.80; in the afternoon 0.20"
    one = "Much the same at all hours: energy 0.20"
    assert said(of((0, A, 2.41), (7, B, long))) == (both if told else one)


def test_parts_are_means_over_the_time_and_alike_below_a_quarter_of_a_step() -> None:
    frame = of((0, A, 3), (1, B, 1), (7, B, 3))
    assert said(frame) == "Most intense in the evening: energy 0.80; in the afternoon 0.35"
    assert said(of((0, A, 3), (7, A, 3))) == "Much the same at all hours: energy 0.20"
    assert said(of((0, C, 9))) == sentences.NOTHING
    assert said(of((0, A, 0.1))) == sentences.TOO_LITTLE
    data = hours.hours(frame, days_of(frame, 0, 6), Measure.ENERGY)
    assert (data.values[0][12], data.values[0][14]) == (pytest.approx(0.2), None)


@pytest.mark.parametrize(("plays", "shown"), [(8, True), (7, False)])
def test_an_hour_of_the_week_is_shown_from_eight_plays_or_24_minutes_on(
    plays: int, shown: bool
) -> None:
    frame = of(*((n / 100, A, 0.05) for n in range(plays)))
    for by in By:
        data = hours.hours(frame, days_of(frame, 0, 6), Measure.ENERGY, by)
        assert (data.values[0][12] is not None) == shown


def test_genres_share_the_time_of_their_tracks_and_say_how_much_is_known() -> None:
    frame = of((0, A, 1), (1, B, 0.2), (2, C, 0.8))
    data = genres.stream(frame, days_of(frame, 0, 6))
    assert (data.step, data.names) == (Step.WEEK, ("folk", "EDM", "others", "unknown"))
    assert [row[0] for row in data.shares] == pytest.approx([0.35, 0.25, 0, 0.4])
    assert data.caption.coverage == "a genre is known for 60 % of the time"
    assert data.caption.takeaway == "Folk leads with 58 % of the time whose genre is known"
    assert data.caption.sources == "Share of the time heard, of three weeks round each."
    alone = of((0, A, 1))
    by_plays = genres.stream(alone, days_of(alone, 0, 6), By.PLAYS)
    assert by_plays.caption.takeaway.startswith("EDM leads with 50 %")
    assert [row[0] for row in by_plays.shares] == [None] * 4


@pytest.mark.parametrize(("long", "shown"), [(0.5, True), (0.49, False)])
def test_shares_are_shown_from_half_an_hour_on(long: float, shown: bool) -> None:
    frame = of((0, B, long))
    data = genres.stream(frame, days_of(frame, 0, 6))
    assert [row[0] for row in data.shares] == ([1, 0, 0] if shown else [None] * 3)


def test_the_stream_is_by_months_from_two_hundred_days_on_and_blank_in_gaps() -> None:
    frame = of((0, B, 1))
    steps = [genres.stream(frame, days_of(frame, 0, last)).step for last in (199, 200)]
    assert steps == [Step.WEEK, Step.MONTH]
    told = [Told(NOON + week * 7 * DAY, HOUR, B) for week in (0, 1, 3)]
    gap = Gap(NOON + 13 * DAY + DAY // 2, NOON + 20 * DAY + DAY // 2, "off")
    torn = History(told, KNOWN, "UTC", [gap]).frame
    shares = genres.stream(torn, days_of(torn, 0, 27)).shares[0]
    assert shares == (1, 1, None, 1)
    six = [PlayedTrack(n, "Song", ("X",), genres=(f"g{n}",)) for n in range(8)]
    crowd = History([Told(NOON + n, HOUR + n, n) for n in range(8)], six, "UTC").frame
    names = genres.stream(crowd, days_of(crowd, 0, 6)).names
    assert names == ("g7", "g6", "g5", "g4", "g3", "g2", "others", "unknown")


def test_release_years_tell_their_middle_and_what_is_new() -> None:
    frame = of((0, A, 1), (1, B, 1), (2, C, 2))
    span = days_of(frame, 0, 6)
    data = years.release_years(frame, span)
    assert (data.first, data.middle, data.amounts[0], data.amounts[-1]) == (1999, 1999, 1, 1)
    assert len(data.amounts) == 20
    assert data.caption.takeaway == (
        "Half of the time is music from 1999 or earlier; 50 % came out in the last two years"
    )
    assert data.caption.coverage == "release years for 50 % of the time"
    late = years.release_years(of((0, A, 1), (1, B, 1.01)), span)
    assert (late.first, late.middle) == (1999, 2018)
    nothing = years.release_years(of((0, C, 1)), span)
    assert (nothing.first, nothing.amounts, nothing.middle) == (0, (), None)
    assert nothing.caption.takeaway == "No release year is known yet for what was heard"


@pytest.mark.parametrize(("year", "part"), [(2016, "0 %"), (2017, "100 %"), (2018, "100 %")])
def test_new_is_what_came_out_in_the_year_or_the_one_before(year: int, part: str) -> None:
    track = PlayedTrack(A, "Air", ("X",), release_year=year)
    frame = History([Told(NOON, HOUR, A)], [track], "UTC").frame
    assert f"; {part} came out" in years.release_years(frame, days_of(frame, 0, 6)).caption.takeaway


def test_keys_are_told_by_the_one_that_leads_and_the_share_of_major_ones() -> None:
    frame = of((0, A, 1), (1, B, 1), (2, C, 2))
    data = years.keys(frame, days_of(frame, 0, 6))
    assert sorted(hour for hour in data.amounts if hour) == [1, 2]
    assert data.caption.takeaway == ("A minor leads with 67 % of the time; 33 % is in major keys")
    assert data.caption.coverage == "a key for 75 % of the time"


MAJOR = ("C", "D♭", "D", "E♭", "E", "F", "F♯", "G", "A♭", "A", "B♭", "B")
MINOR = ("C", "C♯", "D", "E♭", "E", "F", "F♯", "G", "G♯", "A", "B♭", "B")


@pytest.mark.parametrize(("mode", "kind", "tonics"), [(1, "major", MAJOR), (0, "minor", MINOR)])
def test_each_of_the_keys_can_lead(mode: int, kind: str, tonics: tuple[str, ...]) -> None:
    for key, name in enumerate(tonics):
        track = PlayedTrack(A, "Air", ("X",), key=key, mode=mode)
        frame = History([Told(NOON, HOUR, A)], [track], "UTC").frame
        data = years.keys(frame, days_of(frame, 0, 6))
        assert data.caption.takeaway == (
            f"{name} {kind} leads with 100 % of the time; {100 * mode} % is in major keys"
        )
        assert {n: h for n, h in zip(data.names, data.amounts, strict=True) if h} == {
            f"{name} {kind}": 1
        }
    nothing = years.keys(frame, days_of(frame, 7, 9)).caption.takeaway
    assert nothing == "No key is known yet for what was heard"


def ribbon(measure: Measure, now: float | None, before: float | None) -> Ribbon:
    return Ribbon(measure, (), (), now, before)


@pytest.mark.parametrize(
    ("ribbons", "words"),
    [
        ([(Measure.ENERGY, None, 0.2)], sentences.NOTHING),
        ([(Measure.ENERGY, 0.25, None)], "Now: energy 0.25"),
        ([(Measure.ENERGY, 0.52, 0.5)], "Now felt much like then"),
        (
            [(Measure.ENERGY, 0.53, 0.5)],
            "Now felt more intense than then: energy 0.53 against 0.50",
        ),
        ([(Measure.VALENCE, 0.2, 0.5)], "Now felt sadder than then: valence 0.20 against 0.50"),
        (
            [(Measure.ENERGY, 0.6, 0.5), (Measure.TEMPO, 100, 120)],
            "Now felt slower than then: tempo 100 BPM against 120 BPM",
        ),
    ],
)
def test_now_is_told_against_then_by_what_differs_most(
    ribbons: list[tuple[Measure, float | None, float | None]], words: str
) -> None:
    assert sentences.against([ribbon(*one) for one in ribbons], "now", "then") == words
    assert at(0) == date(2018, 10, 1)
