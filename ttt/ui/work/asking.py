"""Files that people bring: taken at once, after the questions that they leave open, or again."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

import streamlit as st

from ttt.errors import HistoryInstead, InvalidInput, NotFound, StoreError
from ttt.found.letters import Guess
from ttt.services.lists.importing import Choices, Field, Fields, Table
from ttt.ui.frame import kept, navigation, notices
from ttt.ui.work import file_date


@dataclass(frozen=True, slots=True)
class Pending:
    """A file that was brought, its own date where the browser told it, and answers about it.

    `trouble` is why it could not be saved; `moved` that what it was meant for is gone. `guessed`
    are the columns by which it was read without asking.
    """

    name: str
    content: bytes
    dated: datetime | None = None
    choices: Choices = field(default_factory=Choices)
    trouble: StoreError | None = None
    moved: bool = False
    guessed: Fields | None = None


@dataclass(frozen=True, slots=True)
class Taking:
    """Where files go: the form that they come in by, and how they are read and taken.

    `tracks` says by what tracks are found; `place` is where a file waits until it is taken. What
    the file does not tell itself may be told by a `guess`.
    """

    form: str
    place: str
    tracks: str
    look: Callable[[bytes, Choices], Table]
    take: Callable[[Pending], None]
    guess: Callable[[bytes, Choices], Choices | None] | None = None


def file_key(taking: Taking) -> str:
    """Key of the field for a file in the form of this taking."""
    return f"{taking.form} file"


def button(taking: Taking, label: str) -> None:
    """The button under the field for a file: takes the file unless it leaves something open."""
    chosen = st.session_state.get(file_key(taking))
    pressed = st.form_submit_button(
        label, icon=":material/upload:", on_click=_bring, args=(taking,)
    )
    pending: Pending | None = st.session_state.get(taking.place)
    if pressed and chosen is not None and pending is not None and not pending.moved:
        _go_on(taking, pending)


def _bring(taking: Taking) -> None:
    """Put a file at hand before the page runs: a page that cannot be shown must not lose it."""
    file = st.session_state.get(file_key(taking))
    if file is not None:
        dated = file_date.of(taking.form, file.name, file.size)
        st.session_state[taking.place] = Pending(file.name, file.getvalue(), dated)


def questions(taking: Taking) -> None:
    """Ask what a file leaves open, wherever there is one."""
    pending: Pending | None = st.session_state.get(taking.place)
    if pending is not None:
        with st.container(border=True, key="file to match"):
            _ask(taking, pending)


def move(before: str, now: str) -> None:
    """Let a file wait at another place, as the one that it was meant for is gone."""
    pending: Pending | None = st.session_state.pop(before, None)
    if pending is not None:
        st.session_state[now] = replace(pending, moved=True)


def _go_on(taking: Taking, pending: Pending) -> None:
    """Take the file if nothing is left to ask; one that cannot be saved now stays at hand."""
    try:
        table = taking.look(pending.content, pending.choices)
        if not table.clear and pending.guessed is None:
            pending = _guessed(taking, pending)
        if not (table.clear or pending.choices.told):
            st.session_state[taking.place] = pending
            _close(taking)
        taking.take(pending)
    except NotFound:
        _close(taking)  # the page says itself what is gone, and asks about the file
    except (InvalidInput, StoreError) as error:
        if isinstance(error, StoreError):
            st.session_state[taking.place] = replace(pending, trouble=error)
            _close(taking)
        st.session_state.pop(taking.place, None)
        _led_away(error)
        return
    st.session_state.pop(taking.place, None)
    _close(taking)


def _guessed(taking: Taking, pending: Pending) -> Pending:
    """The file with what nobody has to be asked about, where its tracks tell it."""
    if taking.guess is None or pending.choices.told:
        return pending
    choices = taking.guess(pending.content, pending.choices)
    return replace(pending, choices=choices, guessed=choices.fields) if choices else pending


def ask_again(taking: Taking, pending: Pending) -> None:
    """Ask about the columns of a file that was read by a guess."""
    choices = replace(pending.choices, fields=None)
    st.session_state[taking.place] = replace(pending, choices=choices)


def _led_away(error: InvalidInput | StoreError) -> None:
    """Say why a file is not taken, and where it is, if it is a listening history."""
    notices.trouble(error)
    if isinstance(error, HistoryInstead):
        page = navigation.page("imports")
        st.page_link(page, label="Go to Imports", icon=":material/arrow_forward:")


def _close(taking: Taking) -> None:
    """Draw the page anew without what opened round the form: what came of it lies under that."""
    kept.taken(taking.form)
    st.rerun()


def _ask(taking: Taking, pending: Pending) -> None:
    try:
        table = taking.look(pending.content, pending.choices)
    except (InvalidInput, StoreError) as error:
        del st.session_state[taking.place]
        _led_away(error)
        return
    st.markdown(f"**{notices.plain(pending.name)}**")
    if pending.trouble is not None:
        notices.trouble(pending.trouble)
    if pending.moved:
        st.caption("It was meant for a list that is gone. It can go on this one.")
    if table.guesses:
        _ask_for_letters(taking, pending, table.guesses)
    elif pending.choices.parting or (table.told and pending.choices.fields is None):
        _ask_again(taking, pending)
    else:
        _ask_for_columns(taking, pending, table)


def _ask_again(taking: Taking, pending: Pending) -> None:
    if not pending.moved:
        st.caption("This file could not be saved before. It is still here.")
    with st.form("again", border=False):
        go = _buttons(taking, "Import it here" if pending.moved else "Import it again")
    if go:
        _go_on(taking, pending)


def _ask_for_letters(taking: Taking, pending: Pending, guesses: tuple[Guess, ...]) -> None:
    """Let the person see names as they would be read, and choose."""
    by_encoding = {guess.encoding: guess for guess in guesses}
    with st.form("letters", border=False):
        chosen = st.radio(
            "How are its letters to be read?",
            list(by_encoding),
            format_func=lambda encoding: _read_so(by_encoding[encoding]),
        )
        go = _buttons(taking, "Read it so")
    if go:
        _go_on(taking, replace(pending, choices=replace(pending.choices, encoding=chosen)))


def _read_so(guess: Guess) -> str:
    # Apart, as names from right to left would turn round what stands in one text with them.
    return f"{notices.plain(', '.join(guess.samples))} · {notices.plain(guess.label)}"


def _ask_for_columns(taking: Taking, pending: Pending, table: Table) -> None:
    st.markdown("**Which column is which?**")
    st.caption(taking.tracks)
    if not table.header_sure or pending.choices.header is False:
        data = st.toggle("The first row is a track too", pending.choices.header is False)
        if data != (pending.choices.header is False):
            chosen = replace(pending.choices, header=False if data else None)
            st.session_state[taking.place] = replace(pending, choices=chosen)
            st.rerun()
    with st.form("columns", border=False):
        with st.grid(4, min_column_width=200):
            known = {**(pending.guessed or {}), **table.fields}
            fields = {one: _column(one, table, known) or "" for one in table.asked}
        go = _buttons(taking, "Import with these")
    if go:
        _go_on(taking, replace(pending, choices=replace(pending.choices, fields=fields)))


def _column(one: Field, table: Table, fields: Fields) -> str | None:
    known = fields.get(one)
    place = table.columns.index(known) if known in table.columns else None
    return st.selectbox(
        one.label, table.columns, place, placeholder="none", format_func=notices.line
    )


def _buttons(taking: Taking, label: str) -> bool:
    """Whether the person goes on; leaving forgets the file."""
    with st.container(horizontal=True):
        go = st.form_submit_button(label, icon=":material/upload:")
        if st.form_submit_button("Leave it"):
            del st.session_state[taking.place]
            st.rerun()
    return go
