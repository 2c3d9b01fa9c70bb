"""The parts of the page of discoveries."""

from collections.abc import Callable

from ttt.chartdata import Stories
from ttt.charts.plays import firsts as firsts_figure
from ttt.services.person import Person
from ttt.services.plays.frame import Frame, Span
from ttt.services.plays.measures.discoveries import stories
from ttt.services.plays.measures.discoveries.firsts import first_listens
from ttt.ui.plays import make, panel, rows
from ttt.ui.plays.history import History

_SHOWN = 6


def first_heard(history: History, span: Span) -> None:
    """First listens by month, and what became of them."""
    panel.show(
        "Heard for the first time",
        (history.stamp, span.key),
        lambda: first_listens(history.frame, span),
        firsts_figure.figure,
    )


def forgotten(person: Person, history: History) -> None:
    """Favourites that were not played for a year."""
    _list(person, history, "Forgotten favourites", lambda f: stories.forgotten(f, history.today))


def on_this_day(person: Person, history: History) -> None:
    """The same day of earlier years."""
    _list(person, history, "On this day", lambda f: stories.on_this_day(f, history.today))


def obsessions(person: Person, history: History) -> None:
    """Tracks played over and over within days."""
    _list(person, history, "Obsessions", stories.obsessions)


def comebacks(person: Person, history: History) -> None:
    """Tracks that came back."""
    _list(person, history, "Comebacks", stories.comebacks)


def _list(person: Person, history: History, name: str, measure: Callable[[Frame], Stories]) -> None:
    data = panel.measured((name, history.stamp), lambda: measure(history.frame))
    panel.heading(name, data.caption)
    rows.show(rows.stories(data.rows[:_SHOWN], history.frame.tracks), "Nothing to show yet")
    panel.under(data.caption)
    panel.as_table(name, data)
    make.offer(person, [row.uri for row in data.rows], name, name)
