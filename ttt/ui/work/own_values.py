"""A person's own file of values: brought, told about, and taken back."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from ttt import words
from ttt.services.lists import own_imports, own_values
from ttt.services.lists.own_imports import PastImport
from ttt.services.person import Person
from ttt.services.tables.receipt import told_lost, told_values
from ttt.ui.frame import notices, process
from ttt.ui.frame.listing import times
from ttt.ui.work import asking, file_date, imports, upload
from ttt.ui.work.asking import Pending, Taking

_FORM = "own values"
_TRACKS = (
    "Tracks are found by a column of links or ISRCs, or by artist and title; at least one other"
    " column has to hold values."
)


def section(person: Person) -> None:
    """Bring values in a file, see what became of each row, and take all of them back."""
    with st.container():
        _section(person)


def _section(person: Person) -> None:
    st.header("Your own values", anchor=False)
    st.caption(
        "A table or list (CSV, TSV, text, JSON) with a Spotify link, id or ISRC in each row, or "
        "artist and title, and columns such as energy, valence, tempo, key, mode, popularity, "
        "genres, release date or length: an Exportify export, or a data set you have. Its values "
        "are shown to you alone, before those of all sources."
    )
    taking = Taking(_FORM, "values to match", _TRACKS, own_values.look, partial(_take, person))
    with st.form(_FORM, clear_on_submit=True, border=False):
        st.file_uploader("File with values", type=upload.ENDINGS, key=asking.file_key(taking))
        file_date.listen(_FORM)
        asking.button(taking, "Import values")
    asking.questions(taking)
    past = own_imports.listed(process.context(), person)
    _show(person, past)
    _kept(person)
    imports.folded("Files with values", "past values", past, partial(_tell, at=True))


def _take(person: Person, file: Pending) -> None:
    context = process.context()
    own_imports.take(context, person, file.content, file.name, file.choices, file.dated)


def _show(person: Person, past: Sequence[PastImport]) -> None:
    """The receipts that were not closed yet, the newest first."""
    for one in past:
        if one.open:
            with st.container(border=True, key=f"import-values-{one.id}"):
                _tell(one)
                end = partial(own_imports.close, process.context(), person, one.id)
                imports.close(f"values {one.id}", end)


def _tell(one: PastImport, *, at: bool = False) -> None:
    when = f", {times.at(one.at)}" if at else ""
    st.markdown(f"**{notices.plain(one.name)}**{when}: {counted(one)}")
    if one.values:
        st.caption(f"Taken as your own values: {told_values(one.values)}.")
    if one.lost_letters:
        st.caption(told_lost(one.lost_letters))
    imports.refusals(one.reasons)
    if one.partly:
        st.caption("Taken but for some cells:")
        imports.refusals(one.parts)


def counted(one: PastImport) -> str:
    """Rows by what became of them: "2 rows taken, of 1 track · 1 refused"."""
    rows, tracks = words.counted(one.taken, "row"), words.counted(one.tracks, "track")
    refused = [f"{one.refused_rows:,} refused"] if one.refused_rows else []
    return " · ".join([f"{rows} taken, of {tracks}", *refused])


def _kept(person: Person) -> None:
    context = process.context()
    kept = own_values.kept(context, person)
    if kept.newest is None:
        return
    since, tracks = times.day(kept.newest), words.counted(kept.tracks, "track")
    st.markdown(f"Values of {tracks} are kept of your file, the newest of {since}.")
    cost = f"This deletes your file's values of {tracks}. It cannot be undone."
    if notices.asked("Forget my file", cost, "Yes, forget it", icon=":material/delete:"):
        with notices.in_words("Your file's values are gone."):
            own_values.forget(context, person)
