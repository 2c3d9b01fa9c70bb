"""A person's own file of values: brought, told about, and taken back."""

from functools import partial

import streamlit as st

from ttt.services.lists import own_values
from ttt.services.lists.own_values import Receipt
from ttt.services.person import Person
from ttt.services.tables.receipt import told_values
from ttt.ui.frame import notices, process
from ttt.ui.frame.listing import times
from ttt.ui.work import asking, file_date, imports, upload
from ttt.ui.work.asking import Pending, Taking

_FORM = "own values"
_RECEIPT = "own values receipt"
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
        file = st.file_uploader("File with values", type=upload.ENDINGS)
        dates = file_date.of_files(_FORM)
        if st.form_submit_button("Import values", icon=":material/upload:") and file is not None:
            asking.begin(
                taking, Pending(file.name, file.getvalue(), dates.of(file.name, file.size))
            )
    asking.questions(taking)
    _show()
    _kept(person)


def _take(person: Person, file: Pending) -> None:
    context = process.context()
    receipt = own_values.import_(context, person, file.content, file.choices, file.dated)
    st.session_state[_RECEIPT] = file.name, receipt


def _show() -> None:
    """The receipt of the file that was brought last, until it is closed."""
    told: tuple[str, Receipt] | None = st.session_state.get(_RECEIPT)
    if told is None:
        return
    name, receipt = told
    with st.container(border=True, key="import-values"):
        st.markdown(f"**{notices.plain(name)}**: {counted(receipt)}")
        if receipt.values:
            st.caption(f"Taken as your own values: {told_values(receipt.values)}.")
        imports.refusals(receipt.reasons)
        if receipt.partly:
            st.caption("Taken but for some cells:")
            imports.refusals(receipt.parts)
        if st.button("Close", key="close values", type="tertiary", icon=":material/close:"):
            del st.session_state[_RECEIPT]
            st.rerun()


def counted(receipt: Receipt) -> str:
    """Rows by what became of them: "2 rows taken, of 1 track · 1 refused"."""
    rows, tracks = _count(receipt.taken, "row"), _count(receipt.tracks, "track")
    refused = [f"{len(receipt.refused):,} refused"] if receipt.refused else []
    return " · ".join([f"{rows} taken, of {tracks}", *refused])


def _count(number: int, what: str) -> str:
    return f"1 {what}" if number == 1 else f"{number:,} {what}s"


def _kept(person: Person) -> None:
    context = process.context()
    kept = own_values.kept(context, person)
    if kept.newest is None:
        return
    since, tracks = times.day(kept.newest), _count(kept.tracks, "track")
    st.markdown(f"Values of {tracks} are kept of your file, the newest of {since}.")
    if st.button("Forget my file", icon=":material/delete:"):
        own_values.forget(context, person)
        st.session_state.pop(_RECEIPT, None)
        st.toast("Your file's values are gone.", icon=":material/check:")
        st.rerun()
