"""A file with tracks for a list: taken at once, or after the questions that it leaves open."""

from dataclasses import dataclass, field, replace

import streamlit as st

from ttt.errors import HistoryInstead, InvalidInput, StoreError
from ttt.found.letters import Guess
from ttt.services.lists import importing, imports
from ttt.services.lists.importing import Choices, Field, Table
from ttt.services.person import Person
from ttt.ui.frame import kept, navigation, notices, process
from ttt.ui.work import imports as receipts

FORM = "upload"
ENDINGS = ("csv", "tsv", "txt", "json", "m3u8", "m3u", "xspf", "zip")


@dataclass(frozen=True, slots=True)
class _Pending:
    """A file that waits for answers, and those that were given."""

    name: str
    content: bytes
    choices: Choices = field(default_factory=Choices)


def form(person: Person, list_id: int) -> None:
    """Take a file, and put its tracks on the list unless it leaves something open."""
    with st.form(FORM, clear_on_submit=True, border=False):
        file = st.file_uploader("Upload a list", type=ENDINGS)
        st.caption(
            "A table of any service, such as an Exportify export, or a list of this app: CSV, TSV,"
            " text, JSON, M3U8 or XSPF."
        )
        if st.form_submit_button("Import", icon=":material/upload:") and file is not None:
            st.session_state.pop(_place(list_id), None)
            _go_on(person, list_id, _Pending(file.name, file.getvalue()))


def questions(person: Person, list_id: int) -> None:
    """Ask what a file leaves open, wherever there is one."""
    pending: _Pending | None = st.session_state.get(_place(list_id))
    if pending is not None:
        with st.container(border=True, key="file to match"):
            _ask(person, list_id, pending)


def led_away(error: InvalidInput | StoreError) -> None:
    """Say why a file is not taken, and where it is, if it is a listening history."""
    notices.trouble(error)
    if isinstance(error, HistoryInstead):
        page = navigation.page("imports")
        st.page_link(page, label="Go to Imports", icon=":material/arrow_forward:")


def _place(list_id: int) -> str:
    """Where a file waits until it is told how to be read: it was meant for this list."""
    return f"file to match {list_id}"


def _go_on(person: Person, list_id: int, pending: _Pending) -> None:
    """Take the file if nothing is left to ask."""
    try:
        table = importing.look(pending.content, pending.choices)
        if not table.clear and pending.choices.fields is None:
            st.session_state[_place(list_id)] = pending
            _close()
        context = process.context()
        receipt = imports.take(
            context, person, pending.content, pending.name, pending.choices, list_id
        )
    except (InvalidInput, StoreError) as error:
        led_away(error)
        return
    st.session_state.pop(_place(list_id), None)
    receipts.taken(person, receipt)
    _close()


def _close() -> None:
    """Draw the page anew without what opened round the form: what came of it lies under that."""
    kept.taken(FORM)
    st.rerun()


def _ask(person: Person, list_id: int, pending: _Pending) -> None:
    try:
        table = importing.look(pending.content, pending.choices)
    except (InvalidInput, StoreError) as error:
        del st.session_state[_place(list_id)]
        led_away(error)
        return
    st.markdown(f"**{notices.plain(pending.name)}**")
    if table.guesses:
        _ask_for_letters(person, list_id, pending, table.guesses)
    else:
        _ask_for_columns(person, list_id, pending, table)


def _ask_for_letters(
    person: Person, list_id: int, pending: _Pending, guesses: tuple[Guess, ...]
) -> None:
    """Let the person see names as they would be read, and choose."""
    by_encoding = {guess.encoding: guess for guess in guesses}
    with st.form("letters", border=False):
        chosen = st.radio(
            "How are its letters to be read?",
            list(by_encoding),
            format_func=lambda encoding: _read_so(by_encoding[encoding]),
        )
        go = _buttons(list_id, "Read it so")
    if go:
        _go_on(person, list_id, replace(pending, choices=replace(pending.choices, encoding=chosen)))
        st.rerun()


def _read_so(guess: Guess) -> str:
    return notices.plain(f"{', '.join(guess.samples)} ({guess.label})")


def _ask_for_columns(person: Person, list_id: int, pending: _Pending, table: Table) -> None:
    st.markdown("**Which column is which?**")
    st.caption("Tracks are found by a column of links, or by artist and title.")
    if not table.header_sure or pending.choices.header is False:
        data = st.toggle("The first row is a track too", pending.choices.header is False)
        if data != (pending.choices.header is False):
            chosen = replace(pending.choices, header=False if data else None)
            st.session_state[_place(list_id)] = replace(pending, choices=chosen)
            st.rerun()
    with st.form("columns", border=False):
        with st.grid(4, min_column_width=200):
            fields = {one: _column(one, table) for one in Field}
        go = _buttons(list_id, "Import with these")
    if go:
        named = {one: column for one, column in fields.items() if column is not None}
        _go_on(person, list_id, replace(pending, choices=replace(pending.choices, fields=named)))


def _column(one: Field, table: Table) -> str | None:
    known = table.fields.get(one)
    place = None if known is None else table.columns.index(known)
    return st.selectbox(
        one.label, table.columns, place, placeholder="none", format_func=notices.line
    )


def _buttons(list_id: int, label: str) -> bool:
    """Whether the person goes on; leaving forgets the file."""
    with st.container(horizontal=True):
        go = st.form_submit_button(label, icon=":material/upload:")
        if st.form_submit_button("Leave it"):
            del st.session_state[_place(list_id)]
            st.rerun()
    return go
