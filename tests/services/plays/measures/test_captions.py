"""What stands round a chart: how much was recorded or known, and how sure its minutes are."""

from collections.abc import Callable
from datetime import date

import pytest

from tests.services.plays.histories import made_up
from ttt.chartdata import By, Caption, Of, Step
from ttt.music import Measure
from ttt.services.plays.frame import Frame, Span, zone
from ttt.services.plays.frame.span import read
from ttt.services.plays.measures import life, tops
from ttt.services.plays.measures.charts import chart, lines, race
from ttt.services.plays.measures.discoveries import firsts
from ttt.services.plays.measures.listening import activity, clock, numbers, sessions
from ttt.services.plays.measures.mood import genres, hours, river, seasons, stripes, years

Say = Callable[[Frame, Span, By], Caption]
_DAY = date(2018, 3, 21)
COUNTED: dict[str, Say] = {
    "over time": lambda f, s, by: activity.activity(f, s, by).caption,
    "day by day": lambda f, s, by: activity.calendar(f, s, by).caption,
    "round the clock": lambda f, s, by: clock.clock(f, s, by).caption,
    **{f"top {of}": lambda f, s, by, of=of: tops.tops(f, s, of, by).caption for of in Of},  # type: ignore[misc]
    "chart": lambda f, _, by: chart.chart(f, _DAY, Of.TRACKS, by, Step.WEEK).caption,
    "lines": lambda f, _, by: lines.lines(f, _DAY, Of.TRACKS, by, Step.WEEK).caption,
    "number ones": lambda f, s, by: lines.number_ones(f, s, Of.TRACKS, by).caption,
    "longest": lambda f, s, by: lines.longest(f, s, Of.TRACKS, by).caption,
    "race": lambda f, s, by: race.race(f, s, Of.TRACKS, by).caption,
    "first heard": lambda f, s, by: firsts.first_listens(f, s, by).caption,
    "life": lambda f, s, by: life.life(f, Of.TRACKS, 3, s.last, s, by).caption,
}
WEIGHED: dict[str, Say] = {
    "river": lambda f, s, by: river.river(f, s, Step.MONTH, by=by).caption,
    "stripes": lambda f, s, by: stripes.stripes(f, s, Measure.VALENCE, by).caption,
    "hours": lambda f, s, by: hours.hours(f, s, Measure.VALENCE, by).caption,
    "seasons": lambda f, s, by: seasons.seasons(f, s, Measure.VALENCE, by).caption,
    "genres": lambda f, s, by: genres.stream(f, s, by).caption,
    "released": lambda f, s, by: years.release_years(f, s, by).caption,
    "keys": lambda f, s, by: years.keys(f, s, by).caption,
}
LISTED: dict[str, Say] = {
    "sittings": lambda f, s, _: sessions.sittings(f, s).caption,
    "numbers": lambda f, s, _: numbers.numbers(f, s).caption,
}


@pytest.fixture(scope="module")
def frame() -> Frame:
    return made_up(3).frame


@pytest.fixture(scope="module")
def span(frame: Frame) -> Span:
    first, last = (zone.day(int(frame.day[n])) for n in (0, -1))
    return read("2018", first, last)


@pytest.mark.parametrize("name", COUNTED | LISTED)
def test_every_chart_says_how_much_was_recorded(name: str, frame: Frame, span: Span) -> None:
    said = (COUNTED | LISTED)[name](frame, span, By.PLAYS)
    assert said.takeaway
    assert "recorded" in said.coverage
    assert "minutes" not in said.coverage or name == "sittings"


@pytest.mark.parametrize("name", COUNTED | WEIGHED)
def test_every_chart_of_minutes_says_for_how_many_they_are_a_guess(
    name: str, frame: Frame, span: Span
) -> None:
    said = (COUNTED | WEIGHED)[name](frame, span, By.MINUTES)
    assert "minutes are about right: for" in said.coverage
    if "minutes" in said.takeaway:
        assert "about" in said.takeaway


@pytest.mark.parametrize("by", list(By))
@pytest.mark.parametrize("name", WEIGHED)
def test_every_chart_of_values_says_for_how_much_they_are_known(
    name: str, frame: Frame, span: Span, by: By
) -> None:
    said = WEIGHED[name](frame, span, by)
    assert f" % of {by.whole}" in said.coverage
    words = f"{said.takeaway} {said.coverage} {said.sources}"
    assert by is By.MINUTES or not {"time", "minutes", "hour"} & set(words.split())
