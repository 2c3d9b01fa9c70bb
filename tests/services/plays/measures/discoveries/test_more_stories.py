"""Discoveries and lives once more: sums, days and sentences, by looking at each track's plays."""

from collections import Counter
from datetime import date

import pytest

from tests.services.plays import plainly
from tests.services.plays.histories import History, days
from tests.services.plays.measures.conftest import TODAY
from ttt import words
from ttt.chartdata import By, Of, Step
from ttt.services.plays.frame import Frame
from ttt.services.plays.frame.span import everything
from ttt.services.plays.measures import life, tops
from ttt.services.plays.measures.discoveries import stories
from ttt.services.plays.measures.discoveries.firsts import first_listens

ALL = everything(date(2016, 5, 20), TODAY)


def months(first: date, last: date) -> list[date]:
    return sorted({day.replace(day=1) for day in days(first, last)})


def test_a_month_that_was_not_recorded_has_no_first_listens(history: History, frame: Frame) -> None:
    span = everything(date(2016, 1, 10), TODAY)
    data = first_listens(frame, span)
    blank = [
        month
        for month in months(span.first, span.last)
        if not any(
            plainly.recorded(history, day)
            for day in days(month, TODAY)
            if day.replace(day=1) == month
        )
    ]
    assert [s for s, n in zip(data.starts, data.stayed, strict=True) if n is None] == blank
    assert len(blank) == 4
    totals = [sum(n or 0 for n in getattr(data, kind)) for kind in ("stayed", "left", "open")]
    assert data.caption.takeaway == (
        f"{sum(totals)} tracks heard for the first time; "
        f"{words.share(totals[0], totals[0] + totals[1])} stayed"
    )


@pytest.mark.parametrize("today", [date(2018, 6, 20), date(2018, 11, 20), date(2019, 3, 26)])
def test_a_day_of_earlier_years_is_told_by_its_leader_and_its_plays(
    history: History, frame: Frame, today: date
) -> None:
    titles = plainly.titles(history)
    for row in stories.on_this_day(frame, today, 100).rows:
        assert row.first is not None
        told = [t for t in history.told if t.play and history.day(t) == row.first]
        counts = plainly.totals(history, told, Of.TRACKS, By.PLAYS)
        assert row.number == max(counts.values())
        assert any(row.title in titles[k] for k, n in counts.items() if n == row.number)
        years = today.year - row.first.year
        ago = "a year ago" if years == 1 else f"{years} years ago"
        assert row.words == f"{ago}, {words.counted(len(told), 'play')} in all that day"


def test_a_forgotten_favourite_and_an_obsession_tell_their_days(
    history: History, frame: Frame
) -> None:
    lives = plainly.lives(history)
    titles = plainly.titles(history)
    for row in stories.forgotten(frame, date(2019, 11, 1), 100).rows:
        told = next(t for k, t in lives.items() if row.title in titles[k])
        assert (row.first, row.last) == (history.day(told[0]), history.day(told[-1]))
    for row in stories.obsessions(frame).rows:
        told = next(t for k, t in lives.items() if row.title in titles[k])
        assert row.first is not None
        assert row.last is not None
        within = [t for t in told if row.first <= history.day(t) <= row.last]
        assert len(within) >= row.number
        assert (row.last - row.first).days <= 7


@pytest.mark.parametrize("of", list(Of))
def test_a_month_of_a_life_is_blank_where_it_was_not_recorded(
    history: History, frame: Frame, of: Of
) -> None:
    row = tops.tops(frame, ALL, of).rows[1]
    data = life.life(frame, of, row.key, TODAY)
    titles, counts = plainly.titles(history), Counter[date]()
    for told in history.told:
        keys = plainly.keys(history, told, of)
        names = (
            titles[keys[0]]
            if of is Of.TRACKS
            else {k if isinstance(k, str) else k[0] for k in keys}  # type: ignore[index]
        )
        mine = row.title in names and (
            of is not Of.ALBUMS or history.track(told).artists[0] == row.subtitle
        )
        if told.play and mine:
            counts[history.day(told).replace(day=1)] += 1
    known = {day.replace(day=1) for day in days(*data.span) if plainly.recorded(history, day)}
    assert list(data.starts) == months(*data.span)
    assert list(data.each) == [counts[m] if m in known or counts[m] else None for m in data.starts]
    blank = {d for hole in data.holes for d in days(hole.first, hole.last)}
    assert blank == {d for d in days(*data.span) if not plainly.recorded(history, d)}


@pytest.mark.parametrize("of", [Of.TRACKS, Of.ALBUMS])
def test_a_life_has_the_best_place_of_all_its_months(
    history: History, frame: Frame, of: Of
) -> None:
    charts = plainly.chart(history, of, By.PLAYS, Step.MONTH)
    titles = plainly.titles(history)
    for row in tops.tops(frame, ALL, of).rows[:5]:
        key = next(
            key
            for key in {k for ranks in charts.values() for k in ranks}
            if (row.title in titles[key] if of is Of.TRACKS else key == (row.title, row.subtitle))
        )
        places = [
            place
            for ranks in charts.values()
            if key in ranks and (place := ranks.index(key) + 1) <= 40
        ]
        data = life.life(frame, of, row.key, TODAY)
        assert data.peak == (min(places), places.count(min(places)))
        assert sorted(r for r in data.ranks if r) == sorted(places)


def test_a_life_tells_how_its_plays_lie_in_time(history: History, frame: Frame) -> None:
    for row in tops.tops(frame, ALL, Of.ARTISTS).rows:
        told = [t for t in history.told if t.play and history.track(t).artists[0] == row.title]
        on = [history.day(t) for t in told]
        early = (on[(len(on) - 1) // 2] - on[0]).days * 4 < (on[-1] - on[0]).days
        said = life.life(frame, Of.ARTISTS, row.key, TODAY).caption.takeaway
        assert said.startswith(
            f"Half of its {len(on):,} plays" if early else words.counted(len(on), "play")
        )
