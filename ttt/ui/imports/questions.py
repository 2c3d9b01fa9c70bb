"""What an import asks before it goes on; nothing is asked that the file says itself."""

from collections.abc import Callable, Mapping
from typing import Any
from zoneinfo import available_timezones

import streamlit as st

from ttt.errors import HistoryRefused, InvalidInput, NotFound, StoreError
from ttt.jobs import plays as jobs
from ttt.services.person import Person
from ttt.services.plays.bringing import asking, importing
from ttt.services.plays.bringing.asking import Asked, Column, Guess, Order
from ttt.services.plays.bringing.imports import Import
from ttt.services.plays.bringing.uploads import Upload
from ttt.ui.frame import browser, notices, process
from ttt.ui.frame.listing import sections
from ttt.ui.imports import undoing

_TITLES = {
    Asked.ZONE: "In which time zone was the clock?",
    Asked.COLUMNS: "What does each column hold?",
    Asked.WHOSE: "Whose history is it?",
    Asked.DATES: "Does the day or the month come first?",
    Asked.OWNER: "Is this your own history?",
}
_WHY = {
    Asked.ZONE: "For some of its times this file does not say the time zone, or only by a name "
    "that several zones share, such as CST. Choose the zone of the clock that wrote it.",
    Asked.COLUMNS: "Plays need a time, and a title with its artist or a Spotify link. Columns that "
    "hold nothing of the kind are left out.",
    Asked.WHOSE: "It holds several folders or users, of several people or of several exports of "
    "one. Choose those that are yours.",
    Asked.DATES: "Its dates are numbers, and none of them is above 12: 03/04/2024 can be in April "
    "or in March.",
    Asked.OWNER: "It looks like another account's: of the plays that were recorded here in its "
    "time, fewer than half are in it. Nothing of it counts yet.",
}
_ORDERS = {
    Order.DAY: "the day comes first, as in 31/12/2024",
    Order.MONTH: "the month comes first, as in 12/31/2024",
}
_COLUMNS = {
    Column.TIME: "Time of the play",
    Column.CLOCK: "Time of day, where the date stands apart",
    Column.TITLE: "Title",
    Column.ARTIST: "Artist",
    Column.ALBUM: "Album",
    Column.MS_PLAYED: "Milliseconds played",
    Column.SECONDS_PLAYED: "Seconds played",
    Column.LENGTH_MS: "Length of the track in milliseconds",
    Column.LENGTH_SECONDS: "Length of the track in seconds",
    Column.SPOTIFY_ID: "Spotify link or id",
    Column.ISRC: "ISRC",
    Column.MBID: "MusicBrainz id",
    Column.MEDIA: "Music, film or episode",
}


def ask(person: Person, one: Import) -> None:
    """Ask what an import wants to know, with a way to leave it."""
    upload, asked = one.upload, Asked(one.upload.question or Asked.OWNER)
    with sections.panel(f"question-{upload.id}"):
        sections.heading(f"A question · {upload.name}", _TITLES[asked])
        sections.small(_WHY[asked])
        with notices.telling(HistoryRefused):
            _FORMS[asked](person, upload)
        undoing.button(person, upload.id, "Leave it")


def _zone(person: Person, upload: Upload) -> None:
    with st.form(f"zone-{upload.id}", border=False):
        zone = _zone_field()
        if st.form_submit_button("Go on", type="primary"):
            _answer(person, upload, zone=zone)


def _columns(person: Person, upload: Upload) -> None:
    table = asking.table(process.context(), person, upload.id)
    st.dataframe([dict(zip(table.header, row, strict=False)) for row in table.rows[:3]])
    with st.form(f"columns-{upload.id}", border=False):
        with st.grid(3, min_column_width=200):
            chosen = {name: _column(name, table) for name in table.header}
        zone = _zone_field() if table.lacks_zone else None
        if st.form_submit_button("Go on", type="primary"):
            columns = {name: column for name, column in chosen.items() if column}
            _answer(person, upload, columns=columns, zone=zone)


def _column(name: str, table: Guess) -> Column | None:
    guessed = table.columns.get(name)
    return st.selectbox(
        notices.plain(name),
        list(Column),
        None if guessed is None else list(Column).index(guessed),
        format_func=_COLUMNS.__getitem__,
        placeholder="nothing of this",
    )


def _whose(person: Person, upload: Upload) -> None:
    folders = asking.folders(process.context(), person, upload.id)
    with st.form(f"whose-{upload.id}", border=False):
        mine = [f for f in folders if st.checkbox(notices.plain(f or "not in a folder"))]
        if st.form_submit_button("Read these", type="primary"):
            if mine:
                _answer(person, upload, folders=mine)
            else:
                st.warning("Choose at least one.", icon=":material/info:")


def _dates(person: Person, upload: Upload) -> None:
    with st.form(f"dates-{upload.id}", border=False):
        order = st.radio("In its dates", list(Order), format_func=_ORDERS.__getitem__)
        if st.form_submit_button("Go on", type="primary"):
            _answer(person, upload, order=order)


def _owner(person: Person, upload: Upload) -> None:
    if st.button("It is mine: let it count", type="primary", key=f"mine-{upload.id}"):
        _answer(person, upload, mine=True)


_FORMS: Mapping[Asked, Callable[[Person, Upload], None]] = {
    Asked.ZONE: _zone,
    Asked.COLUMNS: _columns,
    Asked.WHOSE: _whose,
    Asked.DATES: _dates,
    Asked.OWNER: _owner,
}


def _zone_field() -> str:
    zones, here = sorted(available_timezones()), str(browser.zone() or "UTC")
    place = zones.index(here) if here in zones else zones.index("UTC")
    return str(st.selectbox("Time zone", zones, place))


def _answer(person: Person, upload: Upload, **answers: Any) -> None:
    context = process.context()
    with notices.telling(InvalidInput, NotFound, StoreError):
        importing.answer(context, person, upload.id, **answers)
        jobs.start(context, person, upload.id)
        st.rerun()
