"""Stories of tracks that were played so often that fingers suffice, on both sides of each bound."""

from collections.abc import Sequence
from datetime import date

import pytest

from tests.services.plays.histories import History, Told
from tests.services.plays.measures.test_small_histories import DAY, MONDAY, NOON, A, B, at, days_of
from ttt.chartdata import By
from ttt.services.plays.frame import Frame, Gap, PlayedTrack, Span
from ttt.services.plays.measures.discoveries import firsts, stories
from ttt.services.plays.measures.discoveries.lives import lives

KNOWN = [
    PlayedTrack(A, "Air", ("X",), "uri:a", cover_url="cover"),
    PlayedTrack(B, "Bell", ("Y",)),
    *(PlayedTrack(n, f"Song {n:02}", ("Z",)) for n in range(10, 40)),
]
LATER = at(1_000)


def of(*plays: tuple[float, int], ms: int | None = 60_000, gaps: Sequence[Gap] = ()) -> Frame:
    """Plays of tracks, so many days after noon of that Monday."""
    told = [Told(NOON + round(day * DAY), ms, track) for day, track in sorted(plays)]
    return History(told, KNOWN, "UTC", list(gaps)).frame


def times(count: int, track: int = A, first: float = 0) -> list[tuple[float, int]]:
    return [(first + n / 100, track) for n in range(count)]


@pytest.mark.parametrize(
    ("plays", "since", "rows"), [(10, 365, 1), (9, 365, 0), (10, 364, 0), (11, 366, 1)]
)
def test_what_was_played_ten_times_and_not_for_365_days_is_forgotten(
    plays: int, since: int, rows: int
) -> None:
    data = stories.forgotten(of(*times(plays)), at(since))
    assert len(data.rows) == rows
    assert data.caption.takeaway == (
        "1 track you played ten times or more, and not for a year"
        if rows
        else "No track you played ten times or more has gone a year without a play"
    )


def test_what_is_forgotten_comes_by_plays_or_minutes_and_of_a_time_by_its_last_day() -> None:
    long = [Told(NOON + DAY + 900 * n, 120_000, B) for n in range(10)]
    short = [Told(NOON + 900 * n, 60_000, A) for n in range(11)]
    frame = History(sorted(short + long), KNOWN, "UTC").frame
    by = {by: stories.forgotten(frame, LATER, by=by) for by in By}
    assert [(row.title, row.number) for row in by[By.PLAYS].rows] == [("Air", 11), ("Bell", 10)]
    assert [(row.title, row.number) for row in by[By.MINUTES].rows] == [("Bell", 20), ("Air", 11)]
    first = by[By.PLAYS].rows[0]
    assert (first.words, first.first, first.last) == (
        "not played since 1 Oct 2018",
        MONDAY,
        MONDAY,
    )
    assert (first.uri, first.cover_url, first.artists) == ("uri:a", "cover", "X")
    spans = {n: Span(at(n), at(n), "", "that week") for n in (-1, 0, 1, 2)}
    assert {
        n: [r.title for r in stories.forgotten(frame, LATER, span=s).rows] for n, s in spans.items()
    } == {
        -1: [],
        0: ["Air"],
        1: ["Bell"],
        2: [],
    }
    assert stories.forgotten(frame, LATER, span=spans[2]).caption.takeaway == (
        "No forgotten favourite was last played in that week"
    )


def test_twenty_stories_are_told_unless_more_are_asked_for_and_all_are_counted() -> None:
    frame = of(*(play for n in range(10, 35) for play in times(15, n)))
    assert len(stories.forgotten(frame, LATER).rows) == 20
    assert len(stories.forgotten(frame, LATER, 30).rows) == 25
    assert stories.forgotten(frame, LATER).caption.takeaway.startswith("25 tracks you played")
    assert len(stories.obsessions(frame).rows) == 20
    assert len(stories.obsessions(frame, 30).rows) == 25
    back = of(*(play for n in range(10, 35) for play in [*times(5, n), *times(3, n, 200)]))
    assert len(stories.comebacks(back).rows) == 20
    assert len(stories.comebacks(back, 30).rows) == 25


def test_this_day_is_told_by_what_led_it_in_each_earlier_year() -> None:
    ago = {years: (date(2018, 10, 1) - date(2018 - years, 10, 1)).days for years in (1, 2, 3)}
    frame = of(
        *((-ago[3], A), (-ago[2], B), (-ago[2] + 0.01, B), (-ago[2] + 0.02, A)),
        *((-ago[1] - 1, A), (-ago[1] + 1, A), (0, B)),
    )
    data = stories.on_this_day(frame, MONDAY)
    assert [(r.title, r.number, r.words, r.first) for r in data.rows] == [
        ("Bell", 2, "2 years ago, 3 plays in all that day", date(2016, 10, 1)),
        ("Air", 1, "3 years ago, 1 play in all that day", date(2015, 10, 1)),
    ]
    assert data.caption.takeaway == "1 October in 2 earlier years"
    assert (data.counted, data.unit) == ("plays that day", "play")
    assert len(stories.on_this_day(frame, MONDAY, 1).rows) == 1
    year = stories.on_this_day(of((-365, A)), MONDAY)
    assert year.rows[0].words == "a year ago, 1 play in all that day"
    minutes = stories.on_this_day(frame, MONDAY, by=By.MINUTES)
    assert minutes.rows[0].words == "2 years ago, 3 minutes in all that day"
    nothing = stories.on_this_day(frame, at(4))
    assert (nothing.rows, nothing.caption.takeaway) == (
        (),
        "Nothing was played on 5 October in earlier years",
    )
    leap = stories.on_this_day(of((-945, A), (-580, A)), date(2020, 2, 29))
    assert [row.first for row in leap.rows] == [date(2016, 2, 29)]
    assert stories.on_this_day(of(), MONDAY).rows == ()


@pytest.mark.parametrize(("last", "rows"), [(7 * DAY - 1, 1), (7 * DAY, 0)])
def test_fifteen_plays_in_less_than_seven_days_are_an_obsession(last: int, rows: int) -> None:
    told = [Told(NOON + n, 60_000, A) for n in [*range(0, 1_400, 100), last]]
    more = [Told(NOON + 30 * DAY + 60 * n, 60_000, B) for n in range(14)]
    frame = History(sorted(told + more), KNOWN, "UTC").frame
    data = stories.obsessions(frame)
    assert [(r.title, r.number) for r in data.rows] == [("Air", 15)][:rows]
    assert data.caption.takeaway == (
        "Air: 15 plays within a week" if rows else "No track was played fifteen times within a week"
    )


def test_an_obsession_is_told_by_its_fullest_week_and_the_most_come_first() -> None:
    plays = [*times(15, A), *times(17, A, 100), *times(2, A, 106), (107, A), *times(16, B, 50)]
    data = stories.obsessions(of(*plays))
    assert [(r.title, r.number, r.words, r.first, r.last) for r in data.rows] == [
        ("Air", 19, "9–15 Jan 2019", at(100), at(106)),
        ("Bell", 16, "20 Nov 2018", at(50), at(50)),
    ]
    minutes = stories.obsessions(of(*plays, ms=120_000), by=By.MINUTES)
    assert [(r.title, r.number) for r in minutes.rows] == [("Air", 38), ("Bell", 32)]
    assert minutes.caption.takeaway == "Air: 38 minutes within a week"
    same = stories.obsessions(of(*times(15, B), *times(15, A, 30)))
    assert [row.title for row in same.rows] == ["Bell", "Air"]


def back(
    before: int = 5, away: int = 180, plays: int = 3, within: int = 30, gaps: Sequence[Gap] = ()
) -> list[float]:
    """For how many days the track was away that was played so often, and then again."""
    again = [(away, A), *((away + within, A) for _ in range(plays - 1))]
    plays_ = [
        *((-n, A) for n in range(before)),
        *((day + n / 99, t) for n, (day, t) in enumerate(again)),
    ]
    other = [(400, B)]
    return [row.number for row in stories.comebacks(of(*plays_, *other, gaps=gaps)).rows]


def test_a_comeback_needs_five_plays_before_180_days_away_and_three_plays_in_thirty_days() -> None:
    assert back() == [180]
    assert back(before=4) == []
    assert back(away=179) == []
    assert back(plays=2) == []
    assert back(within=31) == []
    assert back(before=6, away=181, plays=4, within=29) == [181]
    off = Gap(NOON + 20 * DAY - DAY // 2, NOON + 21 * DAY - DAY // 2, "off")
    assert back(gaps=[off]) == []
    assert back(away=181, gaps=[off]) == [180]


def test_too_few_plays_at_the_very_end_are_no_comeback() -> None:
    counts = [len(stories.comebacks(of(*times(5), *times(n, A, 200))).rows) for n in range(5)]
    assert counts == [0, 0, 0, 1, 1]


def test_comebacks_come_the_latest_first_and_of_a_time_where_they_fall_in_it() -> None:
    plays = [*times(5, A), *times(3, A, 200), *times(5, B, 1), *times(3, B, 300)]
    frame = of(*plays, *times(9, 10, 400))
    data = stories.comebacks(frame)
    assert [(r.title, r.number, r.words, r.first, r.last) for r in data.rows] == [
        ("Bell", 299, "back on 28 Jul 2019", at(1), at(300)),
        ("Air", 200, "back on 19 Apr 2019", at(0), at(200)),
    ]
    assert data.caption.takeaway == "Bell came back after 299 days"
    for first, last, found in ((200, 200, ["Air"]), (201, 299, []), (199, 300, ["Bell", "Air"])):
        rows = stories.comebacks(frame, span=days_of(frame, first, last)).rows
        assert [row.title for row in rows] == found
    nothing = stories.comebacks(of())
    assert (nothing.rows, nothing.caption.takeaway) == (
        (),
        "No track came back after half a year away",
    )


@pytest.mark.parametrize(
    ("last", "stayed", "left", "open_"),
    [(61, 1, 0, 0), (60, 0, 0, 1), (0, 0, 0, 1)],
)
def test_a_track_stays_that_is_played_after_sixty_days(
    last: int, stayed: int, left: int, open_: int
) -> None:
    frame = of((0, A), (last, A))
    data = firsts.first_listens(frame, days_of(frame, 0, 0))
    assert (data.stayed, data.left, data.open) == ((stayed,), (left,), (open_,))


def test_first_listens_are_of_the_days_of_the_time_and_minutes_of_all_since() -> None:
    frame = of((0, A), (1, B), (100, A), (100.1, A))
    for first, last, counts in ((0, 0, (1, 0)), (1, 1, (0, 1)), (0, 1, (1, 1)), (2, 9, (0, 0))):
        data = firsts.first_listens(frame, days_of(frame, first, last))
        assert (sum(data.stayed), sum(data.left)) == counts  # type: ignore[arg-type]
    minutes = firsts.first_listens(frame, days_of(frame, 0, 1), By.MINUTES)
    assert (minutes.stayed, minutes.left) == ((3,), (1,))
    assert minutes.caption.takeaway == (
        "2 tracks heard for the first time; 75 % of the minutes since went to those that stayed"
    )
    guess = of((0, A), (100, A), ms=None)
    assert firsts.first_listens(guess, days_of(guess, 0, 1), By.MINUTES).caption.takeaway == (
        "1 track heard for the first time"
    )


def test_lives_lie_in_one_piece_each() -> None:
    found = lives(of((0, B), (1, A), (2, B), (3, A), (4, B)))
    assert (found.songs.tolist(), found.begins.tolist(), found.counts.tolist()) == (
        *([0, 1], [0, 2]),
        [2, 3],
    )
    assert (found.ends.tolist(), found.order.tolist()) == ([2, 5], [1, 3, 0, 2, 4])
