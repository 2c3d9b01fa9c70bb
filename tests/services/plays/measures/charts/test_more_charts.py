"""The rest of what charts say: amounts, runs at number one, reigns of any time, races, plainly."""

from collections import Counter
from datetime import date, timedelta
from itertools import pairwise

import pytest

from tests.services.plays import plainly
from tests.services.plays.histories import History
from ttt.chartdata import By, Of, Step
from ttt.services.plays.frame import Frame, Span
from ttt.services.plays.measures.charts import chart, lines, race
from ttt.services.plays.measures.charts.ranking import PLACES


def earlier(start: date, step: Step) -> date:
    return plainly.step_of(start - timedelta(days=1), step)


@pytest.mark.parametrize("step", [Step.WEEK, Step.MONTH])
@pytest.mark.parametrize("of", [Of.TRACKS, Of.ARTISTS])
def test_each_row_has_its_plays_and_minutes(
    history: History, frame: Frame, of: Of, step: Step
) -> None:
    charts = plainly.chart(history, of, By.PLAYS, step)
    for start in sorted(charts)[::17]:
        told = [t for t in history.told if plainly.step_of(history.day(t), step) == start]
        plays, minutes = (plainly.totals(history, told, of, by) for by in By)
        rows = chart.chart(frame, start, of, By.PLAYS, step).rows
        for row, key in zip(rows, charts[start][:PLACES], strict=True):
            assert row.plays == plays[key]
            assert row.minutes == pytest.approx(minutes.get(key, 0))


def test_the_sentence_counts_what_is_new_back_up_and_down(history: History, frame: Frame) -> None:
    charts = plainly.chart(history, Of.ARTISTS, By.PLAYS, Step.WEEK)
    for start in sorted(charts)[::11]:
        now, before = (charts.get(s, [])[:PLACES] for s in (start, earlier(start, Step.WEEK)))
        ever = {key for s, ranks in charts.items() if s < start for key in ranks[:PLACES]}
        moves = Counter(
            ("back" if key in ever else "new")
            if key not in before
            else {1: "up", -1: "down", 0: ""}[(before.index(key) > n) - (before.index(key) < n)]
            for n, key in enumerate(now)
        )
        said = chart.chart(frame, start, Of.ARTISTS).caption.takeaway
        assert said.startswith(f"{now[0]} is number one")
        for word in ("new", "back", "up", "down"):
            assert (f"{moves[word]} {word}" in said) == bool(moves[word])


def test_a_run_at_number_one_is_counted_back_from_its_end(history: History, frame: Frame) -> None:
    charts = plainly.chart(history, Of.ARTISTS, By.PLAYS, Step.MONTH)
    runs = []
    for start in sorted(charts):
        leader, run, at = charts[start][0], 0, start
        while charts.get(at, [None])[0] == leader:
            run, at = run + 1, earlier(at, Step.MONTH)
        said = lines.lines(frame, start, Of.ARTISTS, step=Step.MONTH).caption.takeaway
        before = charts.get(earlier(start, Step.MONTH), [])
        ever = any(leader in ranks for s, ranks in charts.items() if s < start)
        if run > 1:
            expected = f"{leader} stays {run} months at number one"
        elif not ever:
            expected = f"{leader} is new at number one"
        else:
            up = leader in before
            expected = f"{leader} {'moves up to' if up else 'is back at'} number one"
        assert said == expected
        runs.append(run)
    assert max(runs) >= 2


@pytest.mark.parametrize("by", list(By))
@pytest.mark.parametrize("step", [Step.WEEK, Step.MONTH])
@pytest.mark.parametrize("places", [1, PLACES])
def test_reigns_of_any_time_count_only_its_steps(
    history: History, frame: Frame, span: Span, by: By, step: Step, places: int
) -> None:
    charts = plainly.chart(history, Of.ARTISTS, by, step)
    edges = plainly.step_of(span.first, step), plainly.step_of(span.last, step)
    inside = [ranks for start, ranks in charts.items() if edges[0] <= start <= edges[1]]
    held = Counter(key for ranks in inside for key in ranks[:places])
    measure = lines.number_ones if places == 1 else lines.longest

    data = measure(frame, span, Of.ARTISTS, by, step, most=100)

    assert {row.title: row.steps for row in data.rows} == held
    assert data.steps == sum(bool(ranks) for ranks in inside)


@pytest.mark.parametrize("by", list(By))
@pytest.mark.parametrize("of", [Of.ARTISTS, Of.TRACKS])
def test_every_frame_of_a_race_has_the_sums_so_far(
    history: History, frame: Frame, span: Span, of: Of, by: By
) -> None:
    data = race.race(frame, span, of, by)
    step = Step.WEEK if span.days <= 130 * 7 else Step.MONTH
    inside = plainly.within(history, span)
    leaders = []
    for start, shown in zip(data.starts, data.frames, strict=True):
        told = [t for t in inside if plainly.step_of(history.day(t), step) <= start]
        sums = plainly.totals(history, told, of, by)
        assert [a for _, a in shown] == pytest.approx(sorted(sums.values(), reverse=True)[:10])
        if of is Of.ARTISTS:
            for place, amount in shown:
                assert sums[data.titles[place]] == pytest.approx(amount)
        if shown:
            leaders.append(shown[0][0])
    changes = sum(a != b for a, b in pairwise(leaders))
    said = data.caption.takeaway
    assert said.startswith(f"{data.titles[leaders[-1]]} won")
    assert (f"changed {changes} time" in said) == bool(changes)
