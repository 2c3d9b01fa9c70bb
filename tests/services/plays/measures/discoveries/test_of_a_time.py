"""Lives and stories of a time that was chosen, against plain counting over the told plays."""

from collections import defaultdict
from datetime import date, timedelta

import pytest

from tests.services.plays import plainly
from tests.services.plays.histories import History, Told
from tests.services.plays.measures.conftest import SPANS, TODAY
from ttt.chartdata import By, Of, Step
from ttt.services.plays.frame import Frame, Span
from ttt.services.plays.measures import life, tops
from ttt.services.plays.measures.discoveries import stories

ALL = SPANS[3]


def by_artist(history: History, name: str) -> list[Told]:
    return [t for t in history.told if history.track(t).artists[0] == name]


@pytest.mark.parametrize("by", list(By))
def test_a_life_of_a_time_counts_its_plays_and_those_before(
    history: History, frame: Frame, span: Span, by: By
) -> None:
    row = tops.tops(frame, ALL, Of.ARTISTS).rows[1]
    data = life.life(frame, Of.ARTISTS, row.key, TODAY, span, by)
    ever = by_artist(history, row.title)
    mine = [t for t in plainly.within(history, span) if t in ever]
    plays = [t for t in mine if t.play]

    assert (data.plays, data.skips) == (len(plays), len(mine) - len(plays))
    assert data.minutes == pytest.approx(sum(history.heard(t) for t in mine) / 60_000)
    assert data.span == (span.first, span.last)
    played = [history.day(t) for t in ever if t.play]
    assert (data.first, data.last) == (played[0], played[-1])
    sums: dict[date, float] = defaultdict(float)
    for told in mine:
        sums[plainly.step_of(history.day(told), data.step)] += plainly.amount(history, told, by)
    each = {s: n for s, n in zip(data.starts, data.each, strict=True) if n}
    assert each == {s: round(n) for s, n in sums.items() if round(n)}
    assert data.step is (Step.WEEK if span.days <= 200 else Step.MONTH)
    assert data.plays_before == _before(history, ever, span)


def _before(history: History, ever: list[Told], span: Span) -> int | None:
    """Plays of the time before; None without one of which at least a day was recorded."""
    if span.before is None:
        return None
    days = (span.before.last - span.before.first).days + 1
    known = [span.before.first + timedelta(n) for n in range(days)]
    if not any(plainly.recorded(history, day) for day in known):
        return None
    return sum(t.play and span.before.first <= history.day(t) <= span.before.last for t in ever)


@pytest.mark.parametrize("by", list(By))
def test_a_life_of_a_time_has_the_places_of_its_own_steps(
    history: History, frame: Frame, span: Span, by: By
) -> None:
    row = tops.tops(frame, ALL, Of.ARTISTS).rows[1]
    data = life.life(frame, Of.ARTISTS, row.key, TODAY, span, by)
    charts = plainly.chart(history, Of.ARTISTS, by, data.step)

    for start, rank in zip(data.starts, data.ranks, strict=True):
        names = charts.get(start, [])
        assert rank == (names.index(row.title) + 1 if row.title in names[:40] else None)


@pytest.mark.parametrize("by", list(By))
def test_a_genre_has_its_place_among_the_genres_of_each_step(
    history: History, frame: Frame, span: Span, by: By
) -> None:
    row = tops.tops(frame, ALL, Of.GENRES).rows[1]
    data = life.life(frame, Of.GENRES, row.key, TODAY, span, by)
    steps: dict[date, list[Told]] = defaultdict(list)
    for told in history.told:
        steps[plainly.step_of(history.day(told), data.step)].append(told)
    assert any(data.ranks)
    for start, rank in zip(data.starts, data.ranks, strict=True):
        amounts = plainly.totals(history, steps[start], Of.GENRES, by)
        if row.title not in amounts:
            assert rank is None
            continue
        # Genres of the same tracks may be heard alike, so the amount at its place is its own.
        falling = sorted(amounts.values(), reverse=True)
        assert rank is not None
        assert falling[rank - 1] == pytest.approx(amounts[row.title])


def test_stories_of_a_time_are_those_that_happened_in_it(frame: Frame, span: Span) -> None:
    late = date(2019, 11, 1)
    every = {row.key: row for row in stories.forgotten(frame, late, 500).rows}
    found = stories.forgotten(frame, late, 500, span).rows
    assert {row.key for row in found} == {
        key for key, row in every.items() if row.last and span.first <= row.last <= span.last
    }
    back = stories.comebacks(frame, 500).rows
    assert stories.comebacks(frame, 500, span).rows == tuple(
        row for row in back if row.last and span.first <= row.last <= span.last
    )
