"""Numbers, bars, days, hours, tops and sittings are what a plain count of the plays says."""

from collections import Counter, defaultdict
from datetime import date, timedelta
from statistics import median

import pytest

from tests.services.plays import plainly
from tests.services.plays.histories import History, Told, days, made_up
from tests.services.plays.measures.conftest import TODAY
from ttt import words
from ttt.chartdata import By, Of, Step
from ttt.services.plays.frame import Frame, Gap, PlayedTrack, Span
from ttt.services.plays.frame.span import between, everything, latest
from ttt.services.plays.measures import days as measured_days
from ttt.services.plays.measures import tops
from ttt.services.plays.measures.listening import activity, clock, numbers, sessions

BYS = list(By)


def number(frame: Frame, span: Span, name: str) -> tuple[float | None, ...]:
    found = next(n for n in numbers.numbers(frame, span).numbers if n.name == name)
    return found.value, found.compared, found.before


def test_a_day_is_recorded_unless_half_of_it_is_missing(history: History, frame: Frame) -> None:
    span = everything(date(2016, 5, 1), TODAY)
    expected = [plainly.recorded(history, day) for day in days(span.first, span.last)]

    assert measured_days.of_span(frame, span).tolist() == expected
    assert not all(expected[30:])


def test_holes_are_the_days_that_were_not_recorded(history: History, frame: Frame) -> None:
    span = everything(date(2016, 5, 1), TODAY)
    blank = {
        day for hole in measured_days.holes(frame, span) for day in days(hole.first, hole.last)
    }

    assert blank == {d for d in days(span.first, TODAY) if not plainly.recorded(history, d)}
    assert [hole.reason for hole in measured_days.holes(frame, span)] == [
        "before your history begins",
        "token ended",
        "off",
    ]


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("Plays", lambda h, told: sum(t.play for t in told)),
        ("Hours", lambda h, told: pytest.approx(sum(h.heard(t) for t in told) / 3_600_000)),
        ("Different tracks", lambda h, told: len({h.recording(t) for t in told if t.play})),
        ("Different artists", lambda h, told: len({h.track(t).artists[0] for t in told if t.play})),
    ],
)
def test_counts_are_compared_on_days_recorded_both_times(
    history: History, frame: Frame, span: Span, name: str, count: object
) -> None:
    assert callable(count)
    now = count(history, plainly.within(history, span))
    if span.before is None:
        assert number(frame, span, name) == (now, None, None)
        return
    late, early, compared = plainly.alike(history, span)
    expected = (now, count(history, late), count(history, early)) if compared else (now, None, None)

    assert number(frame, span, name) == expected


@pytest.mark.parametrize(("name", "of"), [("New tracks", Of.TRACKS), ("New artists", Of.ARTISTS)])
def test_new_is_what_was_never_played_earlier(
    history: History, frame: Frame, span: Span, name: str, of: Of
) -> None:
    first: dict[object, Told] = {}
    for told in history.told:
        if told.play:
            first.setdefault(plainly.keys(history, told, of)[0], told)
    inside = plainly.within(history, span)

    assert number(frame, span, name)[0] == sum(told in inside for told in first.values())


def test_skips_are_a_share_of_what_was_begun(history: History, frame: Frame, span: Span) -> None:
    told = plainly.within(history, span)
    skipped = sum(not t.play for t in told) / len(told)

    assert number(frame, span, "Skipped")[0] == pytest.approx(skipped)


def streaks(history: History, span: Span) -> tuple[int, int]:
    """Day by day."""
    heard = {history.day(t) for t in history.told if t.play}
    run = longest = 0
    for day in days(span.first, span.last):
        if not plainly.recorded(history, day) or (
            day == span.last and span.current and day not in heard
        ):
            continue
        run = run + 1 if day in heard else 0
        longest = max(longest, run)
    return run, longest


def test_streaks_pass_over_days_that_were_not_recorded(
    history: History, frame: Frame, span: Span
) -> None:
    assert numbers.streaks(frame, span) == streaks(history, span)


def daily(gap: list[Gap], *left_out: int) -> History:
    """A play at noon of each of forty days."""
    noon = 1_540_000_000 // 86_400 * 86_400 + 43_200
    told = [Told(noon + n * 86_400, 60_000, 1) for n in range(40) if n not in left_out]
    return History(told, [PlayedTrack(1, "Song", ("Band",))], "UTC", gap)


def test_a_gap_does_not_end_a_streak_but_a_silent_day_does() -> None:
    noon = daily([]).told[0].started
    gap = [Gap(noon + 10 * 86_400 - 43_200, noon + 12 * 86_400 - 43_200)]
    first = daily([]).day(daily([]).told[0])
    span = everything(first, first + timedelta(days=39))

    assert numbers.streaks(daily([]).frame, span) == (40, 40)
    assert numbers.streaks(daily(gap, 10, 11).frame, span) == (38, 38)
    assert numbers.streaks(daily([], 10, 11).frame, span) == (28, 28)


@pytest.mark.parametrize(("since", "now"), [(20, 40), (21, 0), (200, 0)])
def test_whose_plays_stopped_three_weeks_ago_is_in_no_streak(since: int, now: int) -> None:
    last = daily([]).told[-1].started
    gap = [Gap(last + 43_200, last + 43_200 + since * 86_400)]
    history = daily(gap)
    first = history.day(history.told[0])
    span = everything(first, first + timedelta(days=39 + since))

    assert numbers.streaks(history.frame, span) == (now, 40)


def test_today_ends_no_streak_before_it_is_over() -> None:
    history = daily([])
    first = history.day(history.told[0])

    assert numbers.streaks(history.frame, everything(first, first + timedelta(days=40)))[0] == 40
    assert numbers.streaks(history.frame, everything(first, first + timedelta(days=41)))[0] == 0


def test_a_gap_is_no_fall() -> None:
    noon = daily([]).told[0].started
    gap = [Gap(noon + 30 * 86_400 - 43_200, noon + 35 * 86_400 - 43_200)]
    history = daily(gap, *range(30, 35))
    last = history.day(history.told[-1])
    span = between(last - timedelta(days=13), last, last)

    assert number(history.frame, span, "Plays") == (9, 9, 9)


@pytest.mark.parametrize("by", BYS)
@pytest.mark.parametrize("step", list(Step))
def test_bars_hold_what_each_step_holds(
    history: History, frame: Frame, span: Span, by: By, step: Step
) -> None:
    sums: dict[date, float] = defaultdict(float)
    known: set[date] = set()
    for day in days(span.first, span.last):
        if plainly.recorded(history, day):
            known.add(plainly.step_of(day, step))
    for told in plainly.within(history, span):
        sums[plainly.step_of(history.day(told), step)] += plainly.amount(history, told, by)
        known |= {b for b in [plainly.step_of(history.day(told), step)] if sums[b]}
    begins = sorted({plainly.step_of(day, step) for day in days(span.first, span.last)})

    bars = activity.activity(frame, span, by, step).bars

    assert [bar.start for bar in bars] == begins
    assert [bar.value for bar in bars] == [
        pytest.approx(sums[b]) if b in known else None for b in begins
    ]


def test_the_bars_before_hold_the_same_days_one_span_earlier(
    history: History, frame: Frame, span: Span
) -> None:
    if span.before is None:
        assert {bar.before for bar in activity.activity(frame, span).bars} == {None}
        return
    data = activity.activity(frame, span, By.PLAYS, Step.WEEK)
    shift = span.first - span.before.first
    sums, known, all_days = Counter[date](), Counter[date](), Counter[date]()
    for day in days(span.first, span.last):
        week = plainly.step_of(day, Step.WEEK)
        all_days[week] += 1
        known[week] += day - shift <= span.before.last and plainly.recorded(history, day - shift)
    for told in plainly.within(history, span.before):
        day = history.day(told) + shift
        if told.play and day <= span.last:
            sums[plainly.step_of(day, Step.WEEK)] += 1

    assert [bar.before for bar in data.bars] == [
        sums[b.start] if known[b.start] * 2 >= all_days[b.start] and known[b.start] else None
        for b in data.bars
    ]


def test_only_steps_that_reach_over_the_edge_are_cut() -> None:
    frame = daily([]).frame
    first = date(2018, 10, 20)
    bars = activity.activity(
        frame, between(first, first + timedelta(days=15), TODAY), By.PLAYS, Step.WEEK
    ).bars

    assert [bar.cut for bar in bars] == [True, False, False]


@pytest.mark.parametrize("by", BYS)
def test_the_calendar_has_each_day(history: History, frame: Frame, span: Span, by: By) -> None:
    sums: dict[date, float] = defaultdict(float)
    for told in plainly.within(history, span):
        sums[history.day(told)] += plainly.amount(history, told, by)

    assert list(activity.calendar(frame, span, by).values) == [
        pytest.approx(sums[day]) if sums[day] or plainly.recorded(history, day) else None
        for day in days(span.first, span.last)
    ]


@pytest.mark.parametrize("by", BYS)
def test_the_clock_counts_hours_of_the_week(
    history: History, frame: Frame, span: Span, by: By
) -> None:
    cells = [[0.0] * 24 for _ in range(7)]
    for told in plainly.within(history, span):
        at = history.at(told)
        cells[at.weekday()][at.hour] += plainly.amount(history, told, by)

    data = clock.clock(frame, span, by)

    assert [list(row) for row in data.cells] == [pytest.approx(row) for row in cells]
    assert data.best is not None
    assert cells[data.best[0]][data.best[1]] == pytest.approx(max(map(max, cells)))


@pytest.mark.parametrize("by", BYS)
@pytest.mark.parametrize("of", list(Of))
def test_tops_are_the_sums_in_order(
    history: History, frame: Frame, span: Span, of: Of, by: By
) -> None:
    told = plainly.within(history, span)
    expected = sorted(plainly.totals(history, told, of, by).values(), reverse=True)
    whole = sum(plainly.amount(history, t, by) for t in told)

    rows = tops.tops(frame, span, of, by, 100).rows

    assert [row.value for row in rows] == pytest.approx(expected)
    assert [row.share for row in rows] == pytest.approx([value / whole for value in expected])
    assert [row.rank for row in rows] == list(range(1, len(expected) + 1))


def test_tops_name_what_they_count(history: History, frame: Frame, span: Span) -> None:
    told = plainly.within(history, span)
    counts = plainly.totals(history, told, Of.TRACKS, By.PLAYS)
    titles = plainly.titles(history)

    for row in tops.tops(frame, span, Of.TRACKS).rows:
        assert any(row.title in titles[key] and count == row.value for key, count in counts.items())


def test_movement_is_against_the_stretch_before(history: History, frame: Frame, span: Span) -> None:
    def ranks(told: list[Told]) -> list[object]:
        plays = plainly.totals(history, told, Of.ARTISTS, By.PLAYS)
        minutes = plainly.totals(history, told, Of.ARTISTS, By.MINUTES)
        order = [track.artists[0] for track in history.tracks]
        return sorted(plays, key=lambda k: (-plays[k], -round(minutes[k], 6), order.index(str(k))))

    before = ranks(plainly.within(history, span.before)) if span.before else []
    if span.before and not any(
        plainly.recorded(history, d) for d in days(span.before.first, span.before.last)
    ):
        before = []
    ever = {
        history.track(t).artists[0] for t in history.told if t.play and history.day(t) < span.first
    }

    for row in tops.tops(frame, span, Of.ARTISTS).rows:
        if row.title in before:
            assert (row.climbed, row.note) == (before.index(row.title) + 1 - row.rank, "")
        elif not ever:
            assert (row.climbed, row.note) == (None, "")
        else:
            assert (row.climbed, row.note) == (None, "back" if row.title in ever else "new")


def test_sittings_end_with_half_an_hour_of_silence(
    history: History, frame: Frame, span: Span
) -> None:
    sittings: list[list[Told]] = []
    end = 0
    for told in plainly.within(history, span):
        if not sittings or told.started - end > 30 * 60:
            sittings.append([])
        sittings[-1].append(told)
        end = max(end, told.started + history.heard(told) // 1000)
    lengths = [
        max(t.started + history.heard(t) // 1000 for t in s) - s[0].started for s in sittings
    ]

    data = sessions.sittings(frame, span)

    assert data.caption.takeaway.startswith(words.counted(len(sittings), "sitting"))
    assert f"{words.length(median(lengths))}; the longest" in data.caption.takeaway
    assert [s.seconds for s in data.longest] == sorted(lengths, reverse=True)[:5]
    longest = sittings[lengths.index(max(lengths))]
    assert data.longest[0].began == history.at(longest[0])
    assert data.longest[0].plays == sum(t.play for t in longest)


def test_minutes_say_that_they_are_a_guess_where_they_are() -> None:
    told = [Told(1_540_000_000, None, 1), Told(1_540_100_000, 60_000, 1)]
    tracks = [PlayedTrack(1, "Song", ("Band",), duration_ms=200_000)]
    guessed = History(told, tracks, "UTC").frame
    span = latest("1y", TODAY)

    assert (
        "about right: for 50 % of plays"
        in activity.activity(guessed, span, By.MINUTES).caption.coverage
    )
    assert "about" not in activity.activity(guessed, span, By.PLAYS).caption.coverage
    hours = next(n for n in numbers.numbers(guessed, span).numbers if n.name == "Hours")
    assert hours.about


def test_every_chart_has_a_table_of_the_same(frame: Frame, span: Span) -> None:
    charts = [
        numbers.numbers(frame, span),
        activity.activity(frame, span),
        activity.calendar(frame, span),
        clock.clock(frame, span),
        tops.tops(frame, span, Of.GENRES),
        sessions.sittings(frame, span),
    ]
    for chart in charts:
        table = chart.table()
        assert table.rows
        assert {len(row) for row in table.rows} == {len(table.columns)}
        assert len(set(table.columns)) == len(table.columns)


def test_nothing_played_is_said() -> None:
    history = made_up(plays=50)
    long_ago = between(date(2001, 1, 1), date(2001, 2, 1), TODAY)
    frame = history.frame

    for chart in (
        activity.activity(frame, long_ago),
        activity.calendar(frame, long_ago),
        clock.clock(frame, long_ago),
        tops.tops(frame, long_ago, Of.TRACKS),
        sessions.sittings(frame, long_ago),
        numbers.numbers(frame, long_ago),
    ):
        assert chart.caption.takeaway == "Nothing was played in this time"
