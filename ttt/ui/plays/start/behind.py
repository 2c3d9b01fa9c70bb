"""What is behind the ranks of a top list: plays and minutes, and how the places came about."""

from collections.abc import Callable, Mapping
from dataclasses import replace

import streamlit as st

from ttt.chartdata import Behind, BehindRanks
from ttt.music import Period
from ttt.services.person import Person
from ttt.services.plays.frame.span import latest
from ttt.services.plays.measures.start import behind as measure
from ttt.services.top import lines
from ttt.services.top.lines import Lines
from ttt.services.top.top_tracks import TopList
from ttt.services.tracks.rows import TrackRow
from ttt.ui.frame import browser, process
from ttt.ui.frame.listing.ranked.shape import Cell, Column, Line
from ttt.ui.plays import history, panel
from ttt.ui.plays.history import History
from ttt.ui.tracks import leading
from ttt.ui.tracks.extra import Extra
from ttt.ui.tracks.leading import Heard
from ttt.ui.tracks.of_tracks import Told

_SPANS = {Period.SHORT_TERM: "4w", Period.MEDIUM_TERM: "6m", Period.LONG_TERM: "1y"}


def of(plays: History, top: TopList) -> BehindRanks:
    """Plays and minutes in the time that a list is of, up to the day on which it was taken."""
    taken = plays.today
    if top.taken_at is not None:
        taken = min(taken, top.taken_at.astimezone(browser.zone()).date())
    span = latest(_SPANS[top.period], taken)
    # Other rows come with another revision of the person, which the stamp tells.
    return panel.measured(
        ("behind", plays.stamp, span.key, str(top.taken_at)),
        lambda: measure.behind(plays.frame, span, [row.uri for row in top.rows]),
    )


def columns(person: Person, top: TopList) -> Extra:
    """What a top list has beside what every list has, as far as it is known."""
    plays = history.if_any(person)
    known = None if plays is None else of(plays, top)
    kept = _lines(person, person.id, person.revision)[top.period]
    parts = [_places(kept)] if kept.name else []
    if plays is None or known is None:
        return _together(*parts)
    note = known.said if known.of else ""
    shown = [_plays(known), *parts] if known.of else parts
    return replace(_together(*shown, _pages(plays), note=note), heard=heard(plays))


def pages(person: Person) -> Extra:
    """What any list has: names of what was heard lead to their pages."""
    plays = history.if_any(person)
    return Extra() if plays is None else replace(_pages(plays), heard=heard(plays))


def heard(plays: History | None) -> Heard:
    """What of a history has a page of its own."""
    if plays is None:
        return Heard()
    tracks = plays.frame.tracks
    return Heard(tracks.places, tracks.artist_places)


def _pages(plays: History) -> Extra:
    """In the table the page of each track that was heard: its cells hold one link each."""
    places = plays.frame.tracks.places
    return Extra(
        cells={"Page": lambda row: leading.track(row.uri) if row.uri in places else None},
        columns={
            "Page": st.column_config.LinkColumn(
                width=58, display_text="Open", help="Everything about this track and you"
            )
        },
    )


def _together(*parts: Extra, note: str = "") -> Extra:
    told = tuple(each for part in parts for each in part.told)
    cells = {name: cell for part in parts for name, cell in part.cells.items()}
    columns = {name: column for part in parts for name, column in part.columns.items()}
    return Extra(told, cells, columns, note)


def _plays(known: BehindRanks) -> Extra:
    def tell(row: TrackRow) -> Cell:
        found = known.of.get(row.uri)
        return None if found is None else (f"{found.plays:,}", _time(found, known))

    def number(row: TrackRow, of: Callable[[Behind], int]) -> int | None:
        found = known.of.get(row.uri)
        return None if found is None else of(found)

    column = Column("Plays", "stack", "62px", least=460, phone="under", unit=("play", "plays"))
    whole = st.column_config.NumberColumn
    return Extra(
        (Told(column, tell),),
        {
            "Plays": lambda row: number(row, lambda found: found.plays),
            "Minutes": lambda row: number(row, lambda found: round(found.minutes)),
        },
        {
            "Plays": whole(width=58, help=known.said),
            "Minutes": whole(width=68, help=known.said),
        },
    )


def _time(found: Behind, known: BehindRanks) -> str:
    return f"{'~' if known.about else ''}{found.minutes:,.0f} min"


def _places(kept: Lines) -> Extra:
    def tell(row: TrackRow) -> Cell:
        line = kept.of.get(row.uri)
        return None if line is None else Line(line, lines.words(line))

    def places(row: TrackRow) -> list[str]:
        return ["–" if place is None else str(place) for place in kept.of.get(row.uri, ())]

    name, told = f"Places, {kept.name}", "On each kept list, the oldest first; – = not on it"
    return Extra(
        (Told(Column(kept.name, "line", "52px", least=730, phone="none"), tell),),
        {name: places},
        {name: st.column_config.ListColumn(width=110, help=told)},
    )


@st.cache_resource(ttl=3600, max_entries=200, show_spinner=False)
def _lines(_person: Person, person_id: int, revision: int) -> Mapping[Period, Lines]:  # noqa: ARG001
    return lines.read(process.context(), _person)
