"""Histories that can be counted on fingers: the sentences and edges of what is measured."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest

from tests.services.plays.histories import History, Told
from ttt.chartdata import Of, Step
from ttt.music import Measure
from ttt.services.plays.frame import Frame, Gap, PlayedTrack, Span
from ttt.services.plays.frame.span import between, everything
from ttt.services.plays.measures import coverage, life, recap, steps, tops
from ttt.services.plays.measures.charts import lines
from ttt.services.plays.measures.discoveries import lives, stories
from ttt.services.plays.measures.discoveries.firsts import first_listens
from ttt.services.plays.measures.listening import activity, numbers
from ttt.services.plays.measures.mood import genres, hours, river, seasons, years
from ttt.services.plays.measures.start import behind, latest

MONDAY = date(2018, 10, 1)
NOON = int(datetime(2018, 10, 1, 12, tzinfo=UTC).timestamp())
DAY = 86_400
A, B, C = 1, 2, 3
TRACKS = [
    PlayedTrack(A, "Air", ("X",), "spotify:track:a", energy=0.2, genres=("rock",)),
    PlayedTrack(B, "Bell", ("Y",), "spotify:track:b", energy=0.8, genres=("folk",)),
    PlayedTrack(C, "Cave", ("Z",), "spotify:track:c"),
]


def heard(*plays: tuple[float, int], ms: int | None = 60_000, gaps: Sequence[Gap] = ()) -> Frame:
    """Plays of tracks, so many days after noon of that Monday."""
    told = [Told(NOON + round(day * DAY), ms, track) for day, track in sorted(plays)]
    return History(told, TRACKS, "UTC", list(gaps)).frame


def days_of(frame: Frame, first: int, last: int) -> Span:
    return between(at(first), at(last), at(last))


def at(day: int) -> date:
    return MONDAY + timedelta(days=day)


def test_the_fullest_day_is_set_against_the_usual_one_where_there_are_three_or_more() -> None:
    frame = heard(*((day + n / 99, A) for day in range(7) for n in range(8 if day == 3 else 2)))

    def said(last: int) -> str:
        data = activity.activity(frame, days_of(frame, 2, last), step=Step.DAY)
        return data.caption.takeaway

    assert said(6) == "4 October was the fullest day: 8 plays, usually 2"
    assert said(3) == "4 October was the fullest day: 8 plays"


def test_a_play_of_unknown_length_stands_behind_its_rank() -> None:
    frame = heard((0, A), ms=None)
    found = behind.behind(frame, days_of(frame, 0, 6), ["spotify:track:a"]).of
    assert (found["spotify:track:a"].plays, found["spotify:track:a"].minutes) == (1, 0)


def test_all_days_recorded_are_said_to_be_every_one() -> None:
    gap = Gap(NOON + 2 * DAY - DAY // 2, NOON + 3 * DAY + DAY // 2, "off")
    whole, torn = heard((0, A), (6, A)), heard((0, A), (6, A), gaps=[gap])
    assert coverage.recorded(whole, days_of(whole, 0, 6)) == "every day recorded"
    assert coverage.recorded(torn, days_of(torn, 0, 6)) == "5 of 7 days recorded"


@pytest.mark.parametrize(
    ("gaps", "said"),
    [
        ([(1.5, 1.8), (1.6, 1.9)], "every day recorded"),
        ([(1.5, 1.8), (1.8, 2.1)], "6 of 7 days recorded"),
        ([(1.5, 2.1), (1.6, 1.7)], "6 of 7 days recorded"),
        ([(1.5, 1.9), (1.5, 1.9), (1.5, 1.9)], "every day recorded"),
    ],
)
def test_a_time_of_which_two_gaps_tell_is_missing_once(
    gaps: list[tuple[float, float]], said: str
) -> None:
    told = [Gap(NOON + round(a * DAY), NOON + round(b * DAY), "off") for a, b in gaps]
    frame = heard((0, A), (6, A), gaps=told)
    assert coverage.recorded(frame, days_of(frame, 0, 6)) == said


def weekly(*leaders: Sequence[int]) -> Frame:
    """Weeks with the tracks that were heard in each, the first of them twice."""
    return heard(
        *(
            (7 * week + n / 9, track)
            for week, tracks in enumerate(leaders)
            for n, track in enumerate([*tracks[:1], *tracks])
        )
    )


@pytest.mark.parametrize(
    ("leaders", "said"),
    [
        ([[A], [A], [A]], "Air stays 3 weeks at number one"),
        ([[B], [A], [A]], "Air stays 2 weeks at number one"),
        ([[B], [B], [A]], "Air is new at number one"),
        ([[B], [B, A], [A]], "Air moves up to number one"),
        ([[A], [B], [A]], "Air is back at number one"),
    ],
)
def test_how_the_first_place_was_reached_is_said(leaders: list[list[int]], said: str) -> None:
    assert lines.lines(weekly(*leaders), at(14), Of.TRACKS).caption.takeaway == said


def test_a_week_after_the_last_play_has_no_chart() -> None:
    data = lines.lines(weekly([A], [A]), at(14), Of.TRACKS)
    assert (data.lines, data.caption.takeaway) == ((), "Nothing was played in this week")


def test_who_was_on_the_chart_longest_is_said() -> None:
    frame = weekly([A], [B, A], [B, A])
    data = lines.longest(frame, days_of(frame, 0, 20), Of.TRACKS)
    assert data.caption.takeaway == "Air: 3 of 3 weeks"


def test_what_stayed_is_said_as_a_part_of_what_had_the_time_to() -> None:
    frame = heard((0, A), (90, A), (1, B), (90, C))
    said = first_listens(frame, days_of(frame, 0, 90)).caption.takeaway
    assert said == "3 tracks heard for the first time; 50 % stayed"
    new = first_listens(heard((0, A)), days_of(frame, 0, 3)).caption.takeaway
    assert new == "1 track heard for the first time"


def away(back: int, third: int) -> Sequence[tuple[date | None, date | None]]:
    """Comebacks of a track that was played five times, and then on these days."""
    frame = heard(*((n, A) for n in range(5)), (back, A), (back, A), (third, A))
    return [(row.first, row.last) for row in stories.comebacks(frame).rows]


def test_a_comeback_is_three_plays_within_thirty_days_after_five_before() -> None:
    assert away(200, 230) == [(at(4), at(200))]
    assert away(200, 231) == []


def test_the_share_of_the_time_whose_genre_is_known_is_said() -> None:
    frame = heard((0, A), (0.1, A), (1, B), (2, C))
    found = genres.stream(frame, days_of(frame, 0, 6)).caption
    assert found.coverage == "a genre is known for 75 % of the time"


def test_home_shows_the_six_latest_plays() -> None:
    assert len(latest.latest(heard(*((n, A) for n in range(9))))) == 6


def test_a_life_goes_on_where_nothing_was_heard_since() -> None:
    gap = Gap(NOON + 31 * DAY - DAY // 2, NOON + 61 * DAY - DAY // 2, "off")
    data = life.life(heard((0, A), gaps=[gap]), Of.TRACKS, 0, date(2019, 3, 1))
    assert data.each == (1, None, 0, 0, 0, 0)
    assert data.ranks == (1, None, None, None, None, None)


def test_a_life_of_thousands_of_plays_shows_fifteen_hundred_dots_with_the_first_and_the_last() -> (
    None
):
    plays = [(n / 1_000, A) for n in range(3_001)]
    data = life.life(heard(*plays), Of.TRACKS, 0, at(4))
    assert (data.plays, len(data.days)) == (3_001, 1_500)
    assert data.days[-1] - data.days[0] == pytest.approx(3)
    assert data.caption.sources == "1,500 of 3,001 plays, evenly taken."
    few = life.life(heard(*plays[:1_500]), Of.TRACKS, 0, at(4))
    assert (len(few.days), few.caption.sources) == (1_500, "Each dot is a play.")


def test_a_life_of_a_time_says_how_often_it_was_played_in_it() -> None:
    frame = heard((0, A), (1, A), (20, A))

    def said(first: int, last: int) -> str:
        span = Span(at(first), at(last), "", "the last week")
        return life.life(frame, Of.TRACKS, 0, at(21), span).caption.takeaway

    assert said(0, 6) == "2 plays in the last week"
    assert said(7, 13) == "No play in the last week"


def test_moods_of_the_day_are_told_by_its_four_parts() -> None:
    # From noon to six in the evening B, in the evening A; half an hour each.
    plays = [(hour / 24, B if hour < 6 else A) for hour in range(12)]
    frame = heard(*plays, ms=1_800_000)
    said = hours.hours(frame, days_of(frame, 0, 6), Measure.ENERGY).caption.takeaway
    assert said == "Most intense in the afternoon: energy 0.80; in the evening 0.20"


LIVELY = [
    PlayedTrack(A, "Air", ("X",), energy=0.2, valence=0.5, tempo=100),
    PlayedTrack(B, "Bell", ("Y",), energy=0.8, valence=0.5, tempo=100),
]


def moods(days: int, until: int, last: int = 1) -> Frame:
    """A track a day for an hour, the last time for some, and another one from a day on."""
    long = {until - 1: last * 3_600_000}
    told = [
        Told(NOON + n * DAY, long.get(n, 3_600_000), A if n < until else B) for n in range(days)
    ]
    return History(told, LIVELY, "UTC").frame


def test_now_is_told_by_what_differs_most_from_before() -> None:
    frame = moods(28, 14)
    span = between(at(14), at(27), at(27))
    data = river.river(frame, span)
    assert data.before_name == "the 14 days before"
    assert data.caption.takeaway == (
        "15 October 2018 to 28 October 2018 felt more intense than the 14 days before: "
        "energy 0.80 against 0.20"
    )
    same = river.river(moods(28, 28), span).caption.takeaway
    assert same == "15 October 2018 to 28 October 2018 felt much like the 14 days before"


def test_a_sentence_about_a_time_begins_with_a_capital() -> None:
    span = Span(at(0), at(6), "", "the last week")
    said = river.river(moods(7, 7), span).caption.takeaway
    assert said == "The last week: energy 0.20, valence 0.50 and tempo 100 BPM"


def test_of_many_years_the_last_is_told_against_the_one_before() -> None:
    days = 800
    # The day before the last year outweighs all of it.
    frame = moods(days, days - 365, 400)
    span = everything(at(0), at(days - 1))
    data = river.river(frame, span)
    energy = data.ribbons[0]
    assert (data.now_name, data.before_name) == ("the last year", "the year before")
    assert (energy.now, energy.before) == (pytest.approx(0.8), pytest.approx(0.2))


def test_nothing_heard_has_no_moods() -> None:
    assert not any(river.river(heard(), Span(at(0), at(6), "", "the last week")).ribbons[0].spreads)


def test_a_summer_without_plays_is_no_year_of_the_comparison() -> None:
    start = datetime(2014, 1, 1, 9, tzinfo=UTC)
    told = []
    for n in range(4 * 365):
        day = start + timedelta(days=n)
        if (day.year, 6 <= day.month <= 8) == (2016, True):
            continue
        track = A if 5 <= day.month <= 10 else B
        told += [Told(int(day.timestamp()) + m * 600, 200_000, track) for m in range(3)]
    frame = History(told, LIVELY, "UTC").frame
    span = everything(date(2014, 1, 1), date(2017, 12, 30))
    assert seasons.takeaway(frame, span) == (
        "June to August is calmer than December to February in all 3 years: "
        "energy 0.20 against 0.80"
    )


def test_what_was_only_skipped_is_no_track() -> None:
    skip = Told(NOON, 2_000, A, False)
    frame = History([skip], TRACKS, "UTC").frame
    said = numbers.numbers(frame, days_of(frame, 0, 6)).caption.takeaway
    assert said == "0 tracks by 0 artists"


def test_the_whole_history_is_beside_nothing() -> None:
    frame = heard((0, A), (6, A))
    whole, week = everything(at(0), at(6)), days_of(frame, 0, 6)
    assert recap.recap(frame, whole).before_name == ""
    assert recap.recap(frame, week).before_name == "the 7 days before"
    assert [
        number.note for number in numbers.numbers(frame, whole).numbers if "in " in number.note
    ] == []


@pytest.mark.parametrize(
    ("days", "step"),
    [(62, Step.DAY), (63, Step.WEEK), (1_098, Step.WEEK), (1_099, Step.MONTH)],
)
def test_bars_are_days_weeks_or_months_as_fits(days: int, step: Step) -> None:
    assert steps.fitting(Span(at(0), at(days - 1), "", "")) is step


def test_tracks_of_a_top_list_can_be_played_and_artists_cannot() -> None:
    frame = heard((0, A))
    span = days_of(frame, 0, 6)
    assert [tops.tops(frame, span, of).rows[0].uri for of in (Of.TRACKS, Of.ARTISTS)] == [
        "spotify:track:a",
        None,
    ]


def test_a_key_without_its_mode_is_not_known() -> None:
    tracks = [PlayedTrack(A, "Air", ("X",), key=5), PlayedTrack(B, "Bell", ("Y",), key=0, mode=1)]
    told = [Told(NOON, 60_000, A), Told(NOON + DAY, 60_000, B)]
    frame = History(told, tracks, "UTC").frame
    data = years.keys(frame, days_of(frame, 0, 6))
    assert data.caption.coverage == "a key for 50 % of the time"
    assert data.caption.takeaway == "C major leads with 100 % of the time; 100 % is in major keys"


def test_a_number_is_told_with_what_it_was_before() -> None:
    frame = heard(*((n, A) for n in range(14)), (7.1, A))
    plays = numbers.numbers(frame, days_of(frame, 7, 13)).numbers[0]
    assert plays.note == "+14 % · 7 in the 7 days before"


def test_the_lives_of_more_than_65536_recordings_are_told_apart() -> None:
    frame = heard((0, A), (1, B), (2, A))
    many = replace(frame.tracks, recording=np.array([0, 65_536, 1], np.int32))
    found = lives.lives(replace(frame, tracks=many))
    assert (found.songs.tolist(), found.counts.tolist()) == ([0, 65_536], [2, 1])


def test_names_are_written_as_they_are_and_genres_begin_a_sentence() -> None:
    track = PlayedTrack(9, "iSpy", ("deadmau5",), "spotify:track:i", genres=("deep house",))
    frame = History([Told(NOON, 60_000, 9)], [track], "UTC", []).frame

    def said(of: Of) -> str:
        return tops.tops(frame, days_of(frame, 0, 6), of).caption.takeaway

    assert said(Of.TRACKS) == "iSpy alone: 1 play"
    assert said(Of.ARTISTS) == "deadmau5 alone: 1 play"
    assert said(Of.GENRES) == "Deep house alone: 1 play"


def test_where_something_was_heard_and_no_genre_is_known_that_is_said() -> None:
    frame = heard((0, C))
    unknown = tops.tops(frame, days_of(frame, 0, 6), Of.GENRES).caption.takeaway
    assert unknown == "No genre is known yet for what was heard"
    nothing = tops.tops(frame, days_of(frame, 1, 6), Of.GENRES).caption.takeaway
    assert nothing == "Nothing was played in this time"


@pytest.mark.parametrize(("plays", "hours"), [(3, "0.1"), (570, "9.5"), (630, "10")])
def test_few_hours_are_told_by_tenths(plays: int, hours: str) -> None:
    frame = heard(*((n / 700, A) for n in range(plays)))
    told = {
        number.name: number.text for number in numbers.numbers(frame, days_of(frame, 0, 6)).numbers
    }
    assert told["Hours"] == hours
