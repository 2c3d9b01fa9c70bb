"""The chart of one week or month."""

from datetime import date

import numpy as np
from numpy.typing import NDArray

from ttt import words
from ttt.chartdata import By, Caption, Of, Step
from ttt.chartdata.ranks import Chart, ChartRow
from ttt.services.plays.frame import Frame, Span, zone
from ttt.services.plays.measures import coverage, days, steps, tops
from ttt.services.plays.measures.charts.ranking import PLACES, Ranking, ranking, rule


def chart(frame: Frame, day: date, of: Of, by: By = By.PLAYS, step: Step = Step.WEEK) -> Chart:
    """The chart of the week or month that the day is in; a shorter one counts what there is."""
    ranks = ranking(frame, of, by, step)
    place = steps.number(zone.number(day), step) - ranks.first
    begin = steps.begin(ranks.first + place, step)
    end = steps.begin(ranks.first + place + 1, step)
    rows = _rows(frame, ranks, place, of, by)
    known = days.recorded(frame, begin, end)
    return Chart(
        of,
        step,
        rows,
        Caption(
            _takeaway(rows, step),
            words.facts(_coverage(known, step), _guessed(frame, begin, end, by)),
            rule(by, step),
        ),
    )


def steps_with_charts(frame: Frame, step: Step) -> list[date]:
    """First days of all weeks or months in which something was heard, the latest first."""
    return frame.keep(("steps with charts", step), lambda: _with_charts(frame, step))


def _with_charts(frame: Frame, step: Step) -> list[date]:
    if not len(frame):
        return []
    numbers = steps.of_rows(frame, step)
    first = int(numbers.min())
    heard = np.flatnonzero(np.bincount(numbers - first)) + first
    return [zone.day(steps.begin(int(n), step)) for n in heard[::-1]]


def _rows(frame: Frame, ranks: Ranking, place: int, of: Of, by: By) -> tuple[ChartRow, ...]:
    rows = ranks.rows(place)
    keys = ranks.key[rows][:PLACES]
    amounts = (ranks.plays if by is By.PLAYS else ranks.minutes)[rows]
    last, peak, weeks, ever = _past(ranks, place, keys)
    found = []
    for n, key in enumerate(map(int, keys)):
        title, subtitle, face = tops.named(frame, of, key)
        before = int(last[n]) or None
        found.append(
            ChartRow(
                rank=n + 1,
                key=key,
                title=title,
                subtitle=subtitle,
                plays=float(ranks.plays[rows][n]),
                minutes=float(ranks.minutes[rows][n]),
                share=float(amounts[n] / amounts.sum()),
                last=before,
                peak=int(peak[n]),
                steps=int(weeks[n]),
                note="" if before else "back" if ever[n] else "new",
                uri=frame.tracks.uri[face] if of is Of.TRACKS else None,
                cover_url=frame.tracks.cover_url[face] if face >= 0 else None,
            )
        )
    return tuple(found)


def _past(ranks: Ranking, place: int, keys: NDArray[np.int64]) -> tuple[NDArray[np.int64], ...]:
    """For each key: rank the step before (0 off the chart), best rank, steps on it, and before."""
    size = int(ranks.key.max()) + 1 if len(ranks.key) else 0
    charted = (ranks.rank <= PLACES) & (ranks.at <= place)
    at, key, rank = ranks.at[charted], ranks.key[charted], ranks.rank[charted]
    last = np.zeros(size, np.int64)
    last[key[at == place - 1]] = rank[at == place - 1]
    peak = np.full(size, PLACES + 1)
    np.minimum.at(peak, key, rank)
    weeks = np.bincount(key, minlength=size)
    ever = np.bincount(key[at < place], minlength=size)
    return last[keys], peak[keys], weeks[keys], ever[keys]


def _takeaway(rows: tuple[ChartRow, ...], step: Step) -> str:
    if not rows:
        return f"Nothing was played in this {step}"
    new = sum(row.note == "new" for row in rows)
    back = sum(row.note == "back" for row in rows)
    up = sum(row.last is not None and row.last > row.rank for row in rows)
    down = sum(row.last is not None and row.last < row.rank for row in rows)
    parts = [
        f"{n} {word}" for n, word in ((new, "new"), (back, "back"), (up, "up"), (down, "down"))
    ]
    return (
        f"{rows[0].title} is number one; {words.listed([p for p in parts if p[0] != '0'])}".rstrip(
            "; "
        )
    )


def _guessed(frame: Frame, begin: int, end: int, by: By) -> str:
    plays = frame.within(Span(zone.day(begin), zone.day(end - 1), "", ""))
    return coverage.guessed(plays, by)


def _coverage(known: NDArray[np.bool_], step: Step) -> str:
    missing = int((~known).sum())
    if not missing:
        return f"{step} fully recorded"
    return f"{missing} of {words.counted(len(known), 'day')} not recorded"
