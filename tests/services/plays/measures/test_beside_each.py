"""Each chart says what is known, how sure its minutes are, and what the time before was like."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from tests.services.plays.histories import History
from tests.services.plays.measures.conftest import TODAY
from ttt.chartdata import By, Of, Step
from ttt.music import Measure
from ttt.services.plays.frame import Frame, Span
from ttt.services.plays.frame.span import between, latest
from ttt.services.plays.measures import life, tops
from ttt.services.plays.measures.charts import chart, lines, race
from ttt.services.plays.measures.discoveries.firsts import first_listens
from ttt.services.plays.measures.listening import activity, clock, numbers, sessions
from ttt.services.plays.measures.mood import genres, hours, river, seasons, stripes, years

Made = Callable[[Frame, Span], Any]
# Those that say it in words, for the time before shows nowhere else in them.
IN_WORDS: dict[str, Made] = {
    "calendar": activity.calendar,
    "clock": clock.clock,
    "sittings": sessions.sittings,
    "hours": lambda f, s: hours.hours(f, s, Measure.ENERGY),
    "stream": genres.stream,
    "years": years.release_years,
    "keys": years.keys,
    "firsts": first_listens,
}
# Those that show it: a line or a column of the time before, all of the time, or every step of it.
SHOWN: dict[str, Made] = {
    "numbers": numbers.numbers,
    "activity": activity.activity,
    "tops": lambda f, s: tops.tops(f, s, Of.TRACKS),
    "river": river.river,
    "seasons": seasons.seasons,
    "stripes": lambda f, s: stripes.stripes(f, s, Measure.ENERGY),
    "chart": lambda f, s: chart.chart(f, s.last - WEEK, Of.TRACKS),
    "lines": lambda f, s: lines.lines(f, s.last, Of.TRACKS),
    "race": lambda f, s: race.race(f, s, Of.TRACKS),
    "life": lambda f, s: life.life(f, Of.ARTISTS, 0, s.last),
}
BY_TIME = ("hours", "stream", "years", "keys", "river", "seasons", "stripes", "sittings")
YEAR = latest("1y", TODAY)
WEEK = timedelta(days=7)


@pytest.mark.parametrize("name", IN_WORDS)
def test_the_time_before_is_said_with_its_own_sentence(frame: Frame, name: str) -> None:
    measure = IN_WORDS[name]
    assert YEAR.before is not None
    here, earlier = measure(frame, YEAR), measure(frame, YEAR.before)

    assert here.caption.before == f"the year before: {earlier.caption.takeaway}"
    assert earlier.caption.before == ""


@pytest.mark.parametrize("name", IN_WORDS)
def test_a_time_before_that_was_not_recorded_is_said_to_be(frame: Frame, name: str) -> None:
    first = between(date(2016, 5, 20), date(2016, 8, 20), TODAY)

    assert IN_WORDS[name](frame, first).caption.before == "the 93 days before: not recorded"


def test_the_others_show_the_time_before(frame: Frame) -> None:
    made = {name: measure(frame, YEAR) for name, measure in SHOWN.items()}

    assert any(number.before for number in made["numbers"].numbers)
    assert any(bar.before for bar in made["activity"].bars)
    assert any(row.climbed for row in made["tops"].rows)
    assert all(ribbon.before for ribbon in made["river"].ribbons)
    assert len(made["stripes"].years) == 2
    assert any(row.last for row in made["chart"].rows)
    assert len(made["lines"].starts) > 1


@pytest.mark.parametrize("name", BY_TIME)
def test_what_is_weighed_by_minutes_says_how_sure_they_are(
    history: History, frame: Frame, name: str
) -> None:
    measure = (IN_WORDS | SHOWN)[name]
    sure = [t for t in history.told if t.ms is not None]
    known = History(sure, history.tracks, history.zone, history.gaps).frame

    assert "minutes are about right" in measure(frame, YEAR).caption.coverage
    assert "about" not in measure(known, YEAR).caption.coverage


@pytest.mark.parametrize("name", [*IN_WORDS, *SHOWN])
def test_each_has_a_sentence_and_a_table(frame: Frame, name: str) -> None:
    data = (IN_WORDS | SHOWN)[name](frame, YEAR)
    table = data.table()

    assert data.caption.takeaway
    assert table.rows
    assert {len(row) for row in table.rows} == {len(table.columns)}


COVERED = [name for name in (*IN_WORDS, *SHOWN) if name not in {"lines", "race"}]


@pytest.mark.parametrize("name", COVERED)
def test_each_says_how_much_is_known(frame: Frame, name: str) -> None:
    said = (IN_WORDS | SHOWN)[name](frame, YEAR).caption.coverage
    assert "recorded" in said or " of the time" in said


@pytest.mark.parametrize("step", [Step.WEEK, Step.MONTH])
@pytest.mark.parametrize("by", list(By))
def test_lines_break_where_nothing_was_recorded(frame: Frame, by: By, step: Step) -> None:
    data = lines.lines(frame, date(2016, 12, 28), Of.TRACKS, by, step)
    assert any(data.blank) == (step is Step.WEEK)
