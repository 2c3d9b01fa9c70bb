"""What each card and each row in common says, once more and plainly."""

from collections import Counter, defaultdict
from datetime import date
from itertools import chain

import pytest

from tests.services.plays import plainly
from tests.services.plays.histories import History, Told, days, made_up
from tests.services.plays.measures.conftest import TODAY
from tests.services.plays.measures.listening.test_listening import streaks
from tests.services.plays.measures.listening.test_more_numbers import ranks, sittings
from ttt import words
from ttt.chartdata import By, Of, Recap, Spread, Step
from ttt.services.plays.frame import Frame, Span
from ttt.services.plays.frame.span import everything, of_month, of_year
from ttt.services.plays.measures.mood import genres
from ttt.services.plays.measures.mood.spread import MEASURES
from ttt.services.plays.measures.recap import recap
from ttt.services.plays.measures.together import together

SPANS = [of_year(2017, TODAY), of_year(2018, TODAY), of_month(2018, 3, TODAY)]
HOUR = 3_600_000


@pytest.fixture(params=SPANS, ids=lambda span: span.key)
def time(request: pytest.FixtureRequest) -> Span:
    found: Span = request.param
    return found


@pytest.fixture
def data(frame: Frame, time: Span) -> Recap:
    return recap(frame, time)


def test_a_card_of_the_days_has_each_day(history: History, data: Recap, time: Span) -> None:
    counts = Counter(history.day(t) for t in plainly.within(history, time) if t.play)
    assert list(data.daily) == [
        counts[day] if counts[day] or plainly.recorded(history, day) else None
        for day in days(time.first, time.last)
    ]
    assert data.streak == streaks(history, time)[1]


@pytest.mark.parametrize("by", By)
def test_the_lists_of_a_recap_are_the_sums_in_order(
    history: History, frame: Frame, time: Span, by: By
) -> None:
    told, data = plainly.within(history, time), recap(frame, time, by)
    for of, rows in (
        (Of.TRACKS, data.tracks),
        (Of.ARTISTS, data.artists),
        (Of.ALBUMS, data.albums),
    ):
        sums = sorted(plainly.totals(history, told, of, by).values(), reverse=True)[:5]
        assert [row.value for row in rows] == pytest.approx(sums)
    assert data.favourite is not None
    assert data.favourite.row == data.tracks[0]
    artists = plainly.totals(history, told, Of.ARTISTS, by)
    for row in data.newcomers:
        assert row.value == pytest.approx(artists[row.title])
    guess = "~" if by is By.MINUTES and data.minutes_about else ""
    assert data.written(data.tracks[0]) == f"{guess}{data.tracks[0].value:,.0f}"


def test_the_favourite_has_its_weeks_at_one_its_hours_and_its_dots(
    history: History, data: Recap, time: Span
) -> None:
    titles = plainly.titles(history)
    told = plainly.within(history, time)
    found = data.favourite
    assert found is not None
    counts = plainly.totals(history, told, Of.TRACKS, By.PLAYS)
    key = next(
        k for k, n in counts.items() if n == found.row.value and found.row.title in titles[k]
    )
    mine = [t for t in told if history.recording(t) == key]
    charts = plainly.chart(history, Of.TRACKS, By.PLAYS, Step.WEEK)
    edges = (plainly.step_of(day, Step.WEEK) for day in (time.first, time.last))
    first, last = edges
    assert found.weeks_at_one == sum(
        bool(held) and held[0] == key for start, held in charts.items() if first <= start <= last
    )
    assert found.hours == pytest.approx(sum(history.heard(t) for t in mine) / HOUR)
    at = [history.at(t) for t in mine if t.play]
    assert [y for _, y in found.dots] == pytest.approx(
        [t.hour + t.minute / 60 + t.second / 3600 for t in at], abs=0.006
    )
    assert [x for x, _ in found.dots] == pytest.approx(
        [((t.date() - time.first).days + t.hour / 24) / time.days for t in at], abs=0.05 / 24
    )


def test_new_artists_and_climbers_are_counted(
    history: History, frame: Frame, data: Recap, time: Span
) -> None:
    first: dict[str, date] = {}
    for told in history.told:
        if told.play:
            first.setdefault(history.track(told).artists[0], history.day(told))
    new = {artist for artist, day in first.items() if time.first <= day <= time.last}
    assert data.new_artists == len(new)
    assert {row.title for row in data.newcomers} == new

    assert time.before is not None
    now, before = (
        [key for key, *_ in ranks(history, plainly.within(history, part), Of.ARTISTS, By.PLAYS)]
        for part in (time, time.before)
    )
    climbed = sorted(
        (before.index(key) - n for n, key in enumerate(now) if key in before), reverse=True
    )
    assert [row.climbed for row in data.climbers] == [n for n in climbed if n > 0][:5]


def test_the_cards_of_moods_genres_and_the_sitting_say_what_the_plays_say(
    history: History, frame: Frame, data: Recap, time: Span
) -> None:
    by_month: dict[date, list[Told]] = defaultdict(list)
    for told in plainly.within(history, time):
        by_month[plainly.step_of(history.day(told), Step.MONTH)].append(told)
    assert [moods.measure for moods in data.moods] == list(MEASURES)
    for moods in data.moods:
        for start, shown in zip(data.starts, moods.spreads, strict=True):
            values = plainly.values(history, by_month[start], moods.measure)
            found = plainly.quartiles(values)
            enough = found and sum(weight for _, weight in values) > HOUR
            same = Spread(*map(pytest.approx, found or ()))  # type: ignore[arg-type]
            assert shown == (same if enough else None)
    assert data.genre_shares == genres.stream(frame, time).shares

    def length(told: list[Told]) -> int:
        return max(t.started + history.heard(t) // 1_000 for t in told) - told[0].started

    assert data.sitting is not None
    assert data.sitting.seconds == max(map(length, sittings(history, time)))


def test_values_known_for_a_recap_are_said_by_their_time(
    history: History, data: Recap, time: Span
) -> None:
    told = plainly.within(history, time)
    known = sum(history.heard(t) for t in told if history.track(t).energy is not None)
    part = words.share(known, sum(history.heard(t) for t in told))
    assert data.known.startswith(f"values for {part} of the time")


def test_a_blend_is_what_both_hear_most_and_then_each_in_turn(
    history: History, frame: Frame
) -> None:
    """Where both know the same ids, names and recordings, songs are told by them alone."""
    other = made_up(seed=0, zone="Asia/Kolkata", plays=700)
    theirs = History(other.told, history.tracks, other.zone, other.gaps)
    span = everything(date(2016, 5, 20), TODAY)

    def shares(one: History) -> dict[object, float]:
        heard = plainly.totals(one, one.told, Of.TRACKS, By.MINUTES)
        return {key: part / sum(heard.values()) for key, part in heard.items()}

    mine, yours = shares(history), shares(theirs)
    both = sorted(mine.keys() & yours.keys(), key=lambda k: -min(mine[k], yours[k]))[:20]
    by_title = {t: k for k, names in plainly.titles(history).items() for t in names}
    data = together(frame, theirs.frame, span, "Bob")

    assert [by_title[row.title] for row in data.tracks] == both
    uri_of = {track.uri: track for track in history.tracks}

    def key_of(uri: str) -> object:
        track = uri_of[uri]
        return track.id if track.recording is None else ("joined", track.recording)

    begin = sum(row.uri is not None for row in data.tracks)
    assert [key_of(uri) for uri in data.blend[:begin]] == [
        by_title[row.title] for row in data.tracks if row.uri
    ]
    orders = [
        [key for key, *_ in ranks(one, one.told, Of.TRACKS, By.PLAYS) if key not in both]
        for one in (history, theirs)
    ]
    rest = [key_of(uri) for uri in data.blend[begin:]]
    assert set(rest) <= set(chain(*orders))
    assert len(set(map(key_of, data.blend))) == len(data.blend)
