"""The parts of the page of discoveries."""

from collections.abc import Callable

from ttt.chartdata import By, Firsts, Stories
from ttt.charts.plays import firsts as firsts_figure
from ttt.services.person import Person
from ttt.services.plays.frame import Frame, Span
from ttt.services.plays.measures import coverage
from ttt.services.plays.measures.discoveries import stories
from ttt.services.plays.measures.discoveries.firsts import first_listens
from ttt.ui.plays import listening, make, panel, rows
from ttt.ui.plays.history import History
from ttt.ui.plays.panel import Panel

_SHOWN = 6
_THIS_DAY = "On this day"
# Of all plays, or of those of a span.
_Measure = Callable[[Frame, Span | None], Stories]


def line(history: History, span: Span) -> str:
    """What the page is about, and how much of it was recorded."""
    return f"What was new to you, and what became of it · {listening.recorded(history, span)}"


def first_heard(history: History, span: Span, by: By) -> Panel[Firsts]:
    """First listens by month, and what became of them."""
    return panel.chart(
        "Heard for the first time",
        (history.stamp, span.key, by),
        lambda: first_listens(history.frame, span, by),
        firsts_figure.figure,
        above=listening.recorded(history, span),
    )


def forgotten(person: Person, history: History, span: Span, by: By) -> None:
    """Favourites that were not played for a year."""

    def measure(frame: Frame, inside: Span | None) -> Stories:
        return stories.forgotten(frame, history.today, span=inside, by=by)

    _list(person, history, span, "Forgotten favourites", measure, by)


def on_this_day(person: Person, history: History, span: Span, by: By) -> None:
    """The same day of earlier years."""

    def measure(frame: Frame, inside: Span | None) -> Stories:
        return stories.on_this_day(_part(frame, inside), history.today, by=by)

    _list(person, history, span, _THIS_DAY, measure, by)


def obsessions(person: Person, history: History, span: Span, by: By) -> None:
    """Tracks played over and over within days."""

    def measure(frame: Frame, inside: Span | None) -> Stories:
        return stories.obsessions(_part(frame, inside), by=by)

    _list(person, history, span, "Obsessions", measure, by)


def comebacks(person: Person, history: History, span: Span) -> None:
    """Tracks that came back, which are told by days whatever is counted."""

    def measure(frame: Frame, inside: Span | None) -> Stories:
        return stories.comebacks(frame, span=inside)

    _list(person, history, span, "Comebacks", measure)


def _part(frame: Frame, span: Span | None) -> Frame:
    return frame if span is None else frame.within(span)


def _list(
    person: Person,
    history: History,
    span: Span,
    name: str,
    measure: _Measure,
    by: By = By.PLAYS,
) -> None:
    inside = None if span.key == "all" else span
    # Home asks for those of all time under the same name.
    key = (name, history.stamp, by, span.key) if inside else (name, history.stamp, by)
    data = panel.measured(key, lambda: measure(history.frame, inside))
    tracks = history.frame.tracks
    shown = rows.stories(data, tracks, _SHOWN, by_year=name == _THIS_DAY)
    above, known = listening.recorded(history, span), coverage.of_time(history.frame, span, by)
    panel.show(panel.listed(name, data, shown, known=known, above=above, tracks=tracks))
    make.offer(person, [row.uri for row in data.rows], name, name)
