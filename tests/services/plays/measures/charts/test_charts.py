"""Charts of weeks and months, their lines and reigns are what sorting the plays says."""

import random
from collections import Counter
from datetime import date

import numpy as np
import pytest

from tests.services.plays import plainly
from tests.services.plays.histories import History, Told
from tests.services.plays.measures.conftest import TODAY
from ttt.chartdata import By, Of, Step
from ttt.services.plays.frame import Frame, PlayedTrack
from ttt.services.plays.frame.span import everything
from ttt.services.plays.measures import counting
from ttt.services.plays.measures.charts import chart, lines, race
from ttt.services.plays.measures.charts.ranking import PLACES, ranking

ALL = everything(date(2016, 5, 20), TODAY)
DAYS = (date(2016, 5, 25), date(2016, 12, 15), date(2017, 6, 1), date(2018, 11, 20))


@pytest.mark.parametrize("by", list(By))
@pytest.mark.parametrize("step", [Step.WEEK, Step.MONTH])
@pytest.mark.parametrize("day", DAYS)
def test_ranks_peaks_and_steps_are_those_of_all_charts_so_far(
    history: History, frame: Frame, by: By, step: Step, day: date
) -> None:
    charts = plainly.chart(history, Of.TRACKS, by, step)
    begin = plainly.step_of(day, step)
    so_far = [charts[start][:PLACES] for start in sorted(charts) if start <= begin]
    now = charts.get(begin, [])[:PLACES]
    told = [t for t in history.told if plainly.step_of(history.day(t), step) == begin]
    amounts = plainly.totals(history, told, Of.TRACKS, by)
    titles = plainly.titles(history)
    before = charts.get(_before(begin, step), [])[:PLACES]

    rows = chart.chart(frame, day, Of.TRACKS, by, step).rows

    assert len(rows) == len(now)
    for row, key in zip(rows, now, strict=True):
        assert row.title in titles[key]
        assert row.share == pytest.approx(amounts[key] / sum(amounts.values()))
        assert row.last == (before.index(key) + 1 if key in before else None)
        assert row.peak == min(c.index(key) + 1 for c in so_far if key in c)
        assert row.steps == sum(key in c for c in so_far)
        ever = any(key in c for c in so_far[:-1])
        assert row.note == ("" if key in before else "back" if ever else "new")


def _before(begin: date, step: Step) -> date:
    return plainly.step_of(date.fromordinal(begin.toordinal() - 1), step)


@pytest.mark.parametrize("of", [Of.ARTISTS, Of.ALBUMS])
def test_artists_and_albums_are_ranked_likewise(history: History, frame: Frame, of: Of) -> None:
    charts = plainly.chart(history, of, By.MINUTES, Step.MONTH)
    for begin in sorted(charts)[::5]:
        rows = chart.chart(frame, begin, of, By.MINUTES, Step.MONTH).rows
        names = [key if isinstance(key, str) else key[0] for key in charts[begin]]  # type: ignore[index]
        assert [row.title for row in rows] == names[:PLACES]


def test_a_week_that_was_not_recorded_says_so(history: History, frame: Frame) -> None:
    blank = date(2016, 12, 12)

    assert not plainly.recorded(history, blank)
    assert "not recorded" in chart.chart(frame, blank, Of.TRACKS).caption.coverage
    recorded = chart.chart(frame, date(2018, 6, 5), Of.TRACKS).caption.coverage
    assert "week fully recorded" in recorded


@pytest.mark.parametrize("places", [1, PLACES])
def test_reigns_count_the_steps_that_something_held(
    history: History, frame: Frame, places: int
) -> None:
    charts = plainly.chart(history, Of.ARTISTS, By.PLAYS, Step.WEEK)
    held = Counter(key for ranks in charts.values() for key in ranks[:places])
    measure = lines.number_ones if places == 1 else lines.longest

    data = measure(frame, ALL, Of.ARTISTS, most=100)

    assert {row.title: row.steps for row in data.rows} == held
    assert data.steps == sum(bool(ranks) for ranks in charts.values())


def test_lines_follow_the_ranks(history: History, frame: Frame) -> None:
    day = date(2018, 11, 20)
    charts = plainly.chart(history, Of.ARTISTS, By.PLAYS, Step.WEEK)

    data = lines.lines(frame, day, Of.ARTISTS, count=20)

    assert data.starts[-1] == plainly.step_of(day, Step.WEEK)
    assert len(data.starts) == 20
    for line in data.lines:
        expected = [
            charts[start].index(line.title) + 1 if line.title in charts.get(start, []) else None
            for start in data.starts
        ]
        assert list(line.ranks) == expected


def test_ties_go_to_the_minutes_and_then_to_what_was_heard_first() -> None:
    monday = 1_540_166_400
    told = [
        Told(monday + 100, 60_000, 2),
        Told(monday + 200, 60_000, 1),
        Told(monday + 300, 50_000, 3),
    ]
    tracks = [PlayedTrack(n, f"Song {n}", ("Band",)) for n in (1, 2, 3)]
    frame = History(told, tracks, "UTC").frame

    rows = chart.chart(frame, date(2018, 10, 22), Of.TRACKS).rows

    assert [row.title for row in rows] == ["Song 2", "Song 1", "Song 3"]


def test_a_race_sums_from_the_beginning(history: History, frame: Frame) -> None:
    data = race.race(frame, ALL, Of.ARTISTS)
    for start, frame_ in list(zip(data.starts, data.frames, strict=True))[::20]:
        step = Step.WEEK if len(data.starts) > 40 else Step.MONTH
        told = [t for t in history.told if plainly.step_of(history.day(t), step) <= start]
        sums = plainly.totals(history, told, Of.ARTISTS, By.PLAYS)
        assert {data.titles[n]: amount for n, amount in frame_} == {
            key: sums[key] for key in sorted(sums, key=lambda k: -sums[k])[:10]
        } or [a for _, a in frame_] == sorted(sums.values(), reverse=True)[:10]


def test_ranks_are_made_once(frame: Frame) -> None:
    first = ranking(frame, Of.TRACKS, By.PLAYS, Step.WEEK)

    assert ranking(frame, Of.TRACKS, By.PLAYS, Step.WEEK) is first


def test_every_chart_has_a_table_of_the_same(frame: Frame) -> None:
    day = date(2018, 11, 20)
    for data in (
        chart.chart(frame, day, Of.TRACKS),
        lines.lines(frame, day, Of.TRACKS),
        lines.number_ones(frame, ALL, Of.TRACKS),
        race.race(frame, ALL, Of.ARTISTS),
    ):
        table = data.table()
        assert table.rows
        assert {len(row) for row in table.rows} == {len(table.columns)}


@pytest.mark.parametrize("largest", [9, 2**40])
def test_what_is_too_large_for_one_number_comes_in_the_same_order(largest: int) -> None:
    random_ = random.Random(3)
    rows = [tuple(random_.choice((0, 1, largest)) for _ in range(3)) for _ in range(200)]
    columns = [np.array(column) for column in zip(*rows, strict=True)]

    order = counting.ordered(columns).tolist()

    assert order == sorted(range(200), key=lambda n: (rows[n], n))
