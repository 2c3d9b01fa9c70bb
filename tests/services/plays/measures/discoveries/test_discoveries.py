"""First listens, stories and lives are what looking at each track's plays says."""

from collections import Counter
from datetime import date, timedelta
from itertools import pairwise

import pytest

from tests.services.plays import plainly
from tests.services.plays.histories import History, Told, days
from tests.services.plays.measures.conftest import TODAY
from ttt import words
from ttt.chartdata import By, Of, Step
from ttt.services.plays.frame import Frame, PlayedTrack, Span
from ttt.services.plays.frame.span import everything
from ttt.services.plays.measures import life, tops
from ttt.services.plays.measures.discoveries import stories
from ttt.services.plays.measures.discoveries.firsts import first_listens

ALL = everything(date(2016, 5, 20), TODAY)


def test_a_track_stayed_when_it_was_played_after_sixty_days(
    history: History, frame: Frame, span: Span
) -> None:
    newest = max(history.day(t) for t in history.told)
    counts: dict[str, Counter[date]] = {name: Counter() for name in ("stayed", "left", "open")}
    for told in plainly.lives(history).values():
        first, last = history.day(told[0]), history.day(told[-1])
        if span.first <= first <= span.last:
            stayed, open_ = (last - first).days > 60, (newest - first).days <= 60
            name = "stayed" if stayed else "open" if open_ else "left"
            counts[name][first.replace(day=1)] += 1

    data = first_listens(frame, span)

    for name, found in counts.items():
        shown = getattr(data, name)
        assert {s: n for s, n in zip(data.starts, shown, strict=True) if n} == found


def test_by_minutes_first_listens_are_the_time_that_their_tracks_got_since(
    history: History, frame: Frame, span: Span
) -> None:
    newest = max(history.day(t) for t in history.told)
    minutes = plainly.totals(history, history.told, Of.TRACKS, By.MINUTES)
    sums: dict[str, Counter[date]] = {name: Counter() for name in ("stayed", "left", "open")}
    tracks = 0
    for key, told in plainly.lives(history).items():
        first, last = history.day(told[0]), history.day(told[-1])
        if span.first <= first <= span.last:
            stayed, open_ = (last - first).days > 60, (newest - first).days <= 60
            name = "stayed" if stayed else "open" if open_ else "left"
            sums[name][first.replace(day=1)] += minutes[key]  # type: ignore[assignment]
            tracks += 1

    data = first_listens(frame, span, By.MINUTES)

    for name, found in sums.items():
        shown = getattr(data, name)
        known = {s: n for s, n in zip(data.starts, shown, strict=True) if n}
        assert known == {s: pytest.approx(n, abs=0.51) for s, n in found.items() if n > 0.5}
    kept, gone = (sum(sums[name].values()) for name in ("stayed", "left"))
    part = words.share(kept, kept + gone)
    heard = words.counted(tracks, "track") if tracks else "Nothing was"
    assert data.caption.takeaway == (
        f"{heard} heard for the first time"
        + (f"; about {part} of the minutes since went to those that stayed" if kept + gone else "")
    )


def test_a_favourite_is_forgotten_after_a_year(history: History, frame: Frame) -> None:
    later = TODAY + timedelta(days=365 - 40)
    expected = sorted(
        len(told)
        for told in plainly.lives(history).values()
        if len(told) >= 10 and (later - history.day(told[-1])).days >= 365
    )

    rows = stories.forgotten(frame, later, 100).rows

    assert expected
    assert sorted(int(row.number) for row in rows) == expected
    assert [row.number for row in rows] == sorted((r.number for r in rows), reverse=True)


def test_by_minutes_the_same_stories_are_told_by_their_minutes(
    history: History, frame: Frame
) -> None:
    later = TODAY + timedelta(days=365 - 40)
    ever = plainly.totals(history, history.told, Of.TRACKS, By.MINUTES)
    lives = plainly.lives(history)
    gone = [
        ever[key]
        for key, told in lives.items()
        if len(told) >= 10 and (later - history.day(told[-1])).days >= 365
    ]
    rows = stories.forgotten(frame, later, 100, by=By.MINUTES).rows
    assert [row.number for row in rows] == pytest.approx(sorted(gone, reverse=True))

    weeks = []
    for told in lives.values():
        windows = [
            [t for t in told if one.started <= t.started < one.started + 7 * 86_400] for one in told
        ]
        best = max(windows, key=len)
        if len(best) >= 15:
            weeks.append(sum(history.heard(t) for t in best) / 60_000)
    found = stories.obsessions(frame, 100, By.MINUTES)
    assert [r.number for r in found.rows] == pytest.approx(sorted(weeks, reverse=True))
    assert {r.key for r in found.rows} == {r.key for r in stories.obsessions(frame, 100).rows}
    assert (found.counted, found.unit) == ("minutes within 7 days", "minute")


def test_by_minutes_this_day_is_led_by_what_was_heard_longest(
    history: History, frame: Frame
) -> None:
    some = (date(2018, 6, 20), date(2018, 11, 20), date(2019, 3, 26))
    rows = [row for day in some for row in stories.on_this_day(frame, day, by=By.MINUTES).rows]
    assert rows
    for row in rows:
        told = [t for t in history.told if history.day(t) == row.first]
        minutes = plainly.totals(history, told, Of.TRACKS, By.MINUTES)
        assert row.number == pytest.approx(max(minutes.values()))
        total = words.counted(sum(history.heard(t) for t in told) / 60_000, "minute")
        assert row.words.removesuffix(" in all that day").endswith((total, f"about {total}"))


def test_on_this_day_looks_at_the_same_day_of_earlier_years(history: History, frame: Frame) -> None:
    for today in (date(2018, 6, 20), date(2018, 11, 20), date(2020, 2, 29)):
        years = {
            history.day(t).year
            for t in history.told
            if t.play
            and (history.day(t).month, history.day(t).day) == (today.month, today.day)
            and history.day(t).year < today.year
        }
        rows = stories.on_this_day(frame, today).rows
        assert [row.first.year for row in rows if row.first] == sorted(years, reverse=True)


def obsession(times: list[int]) -> History:
    told = [Told(1_540_000_000 + at, 60_000, 1) for at in times]
    return History(told, [PlayedTrack(1, "Song", ("Band",))], "UTC")


def test_an_obsession_is_fifteen_plays_within_a_week() -> None:
    day = 86_400
    close = [n * day * 6 // 14 for n in range(15)]

    assert [r.number for r in stories.obsessions(obsession(close).frame).rows] == [15]
    assert not stories.obsessions(obsession(close[:14]).frame).rows
    assert not stories.obsessions(obsession([n * day // 2 for n in range(15)]).frame).rows


def test_obsessions_are_the_most_plays_in_any_seven_days(history: History, frame: Frame) -> None:
    week = 7 * 86_400
    expected = []
    for told in plainly.lives(history).values():
        times = [t.started for t in told]
        most = max(sum(start <= at < start + week for at in times) for start in times)
        if most >= 15:
            expected.append(most)

    assert [r.number for r in stories.obsessions(frame).rows] == sorted(expected, reverse=True)


def test_a_comeback_counts_recorded_days_only(history: History, frame: Frame) -> None:
    expected = []
    for told in plainly.lives(history).values():
        for n in range(5, len(told) - 2):
            before, now, third = (history.day(told[m]) for m in (n - 1, n, n + 2))
            away = sum(plainly.recorded(history, d) for d in days(before + timedelta(1), now))
            if away >= 180 and (third - now).days <= 30:
                expected.append((now, away))

    rows = stories.comebacks(frame, 100).rows

    assert sorted((r.last, r.number) for r in rows if r.last) == sorted(expected)


def test_a_track_comes_back_after_half_a_year() -> None:
    day = 86_400
    before, after = [n * day for n in range(6)], [(190 + n) * day for n in range(3)]

    (row,) = stories.comebacks(obsession(before + after).frame).rows

    assert row.number == 185
    assert not stories.comebacks(obsession(before + after[:2]).frame).rows


@pytest.mark.parametrize("of", list(Of))
def test_a_life_has_every_play_of_one_thing(history: History, frame: Frame, of: Of) -> None:
    row = tops.tops(frame, ALL, of).rows[2]
    data = life.life(frame, of, row.key, TODAY)
    mine = [t for t in history.told if row.title in _names(history, t, of)]
    plays = [t for t in mine if t.play]
    if of is Of.ALBUMS:
        plays = [t for t in plays if history.track(t).artists[0] == row.subtitle]
        mine = [t for t in mine if history.track(t).artists[0] == row.subtitle]

    assert data.plays == len(plays)
    assert data.skips == len(mine) - len(plays)
    assert data.minutes == pytest.approx(sum(history.heard(t) for t in mine) / 60_000)
    assert (data.first, data.last) == (history.day(plays[0]), history.day(plays[-1]))
    at = [history.at(t) for t in plays]
    assert list(data.hours) == pytest.approx(
        [t.hour + t.minute / 60 + t.second / 3600 for t in at], abs=0.006
    )
    months = Counter(history.day(t).replace(day=1) for t in plays)
    assert {s: n for s, n in zip(data.starts, data.each, strict=True) if n} == months


def _names(history: History, told: Told, of: Of) -> set[object]:
    if of is Of.TRACKS:
        return set(plainly.titles(history)[history.recording(told)])
    return {k if isinstance(k, str) else k[0] for k in plainly.keys(history, told, of)}  # type: ignore[index]


def test_a_life_has_the_ranks_of_each_month(history: History, frame: Frame) -> None:
    charts = plainly.chart(history, Of.ARTISTS, By.PLAYS, Step.MONTH)
    row = tops.tops(frame, ALL, Of.ARTISTS).rows[1]

    data = life.life(frame, Of.ARTISTS, row.key, TODAY)

    ranks = {
        start: charts[start].index(row.title) + 1 for start in charts if row.title in charts[start]
    }
    assert {s: r for s, r in zip(data.starts, data.ranks, strict=True) if r} == ranks
    assert data.peak == (min(ranks.values()), list(ranks.values()).count(min(ranks.values())))


def test_what_follows_is_what_was_played_next_without_a_break(
    history: History, frame: Frame
) -> None:
    row = tops.tops(frame, ALL, Of.TRACKS).rows[0]
    titles = plainly.titles(history)
    plays = [t for t in history.told if t.play]
    follows = Counter[object]()
    for one, other in pairwise(plays):
        close = other.started - one.started - history.heard(one) // 1000 <= 30 * 60
        key, after = history.recording(one), history.recording(other)
        if close and row.title in titles[key] and key != after:
            follows[after] += 1

    rows = life.right_after(frame, row.key).rows

    assert [r.number for r in rows] == [n for _, n in follows.most_common(5)]


def test_every_chart_has_a_table_of_the_same(frame: Frame) -> None:
    key = tops.tops(frame, ALL, Of.TRACKS).rows[0].key
    for data in (
        first_listens(frame, ALL),
        stories.forgotten(frame, TODAY),
        stories.obsessions(frame),
        stories.comebacks(frame),
        life.life(frame, Of.TRACKS, key, TODAY),
        life.right_after(frame, key),
    ):
        table = data.table()
        assert {len(row) for row in table.rows} <= {len(table.columns)}
        assert len(set(table.columns)) == len(table.columns)


def test_ids_of_a_recording_are_the_tracks_that_count_as_it(history: History, frame: Frame) -> None:
    heard = Counter(t.track for t in history.told)
    plays = Counter(t.track for t in history.told if t.play)
    for key in range(frame.tracks.recordings):
        track_id, joined, others = life.ids(frame, key)
        by_id = {track.id: track for track in history.tracks}
        mine = by_id[track_id]
        same = [
            t.id
            for t in history.tracks
            if t.id == mine.id or (t.recording is not None and t.recording == mine.recording)
        ]
        assert {track_id, *joined} == set(same)
        assert plays[track_id] == max(plays[i] for i in same)
        expected = [
            t.id
            for t in history.tracks
            if t.artists[0] == mine.artists[0] and t.id not in same and heard[t.id]
        ]
        assert set(others) == set(expected)
        counts = [heard[i] for i in others]
        assert counts == sorted(counts, reverse=True)
        for i, name in (joined | others).items():
            album = by_id[i].album
            assert name == (f"{by_id[i].title} · {album}" if album else by_id[i].title)
