"""A file with tracks for a list."""

from functools import partial

import streamlit as st

from ttt.errors import NotAllowed, NotFound, StoreError
from ttt.services.lists import importing, imports, waiting
from ttt.services.lists.importing import Field
from ttt.services.person import Person
from ttt.services.tables.receipt import Receipt
from ttt.ui.frame import notices, process
from ttt.ui.work import asking, file_date
from ttt.ui.work.asking import Pending, Taking
from ttt.ui.work.imports import taken

FORM = "upload"
ENDINGS = (
    *("csv", "tsv", "txt", "json", "jspf", "m3u8", "m3u", "xspf", "pls", "cue", "wpl", "xml"),
    *("nml", "html", "htm", "zip", "xlsx", "xlsm", "ods"),
)
_TRACKS = "Tracks are found by a column of links, or by artist and title."


def form(person: Person, list_id: int) -> None:
    """Take a file, and put its tracks on the list unless it leaves something open."""
    taking = _taking(person, list_id)
    with st.form(FORM, clear_on_submit=True, border=False):
        st.file_uploader("Upload a list", type=ENDINGS, key=asking.file_key(taking))
        st.caption(
            "A table of any service, such as an Exportify export, or a list of this app: CSV, TSV,"
            " text, a workbook, JSON, a playlist or library of a player, or a saved web page."
        )
        file_date.listen(FORM)
        asking.button(taking, "Import")


def questions(person: Person, list_id: int) -> None:
    """Ask what a file leaves open, wherever there is one; say what was read by a guess."""
    asking.questions(_taking(person, list_id))
    _say_guess(person, list_id)


def _taking(person: Person, list_id: int) -> Taking:
    # A file waits at the list that it was meant for.
    take = partial(_take, person, list_id)
    guess = partial(importing.guess, process.context())
    return Taking(FORM, _place(list_id), _TRACKS, importing.look, take, guess)


def move(gone: str, list_id: int) -> None:
    """Ask at another list about a file that waits at one that is gone."""
    asking.move(_place(gone), _place(list_id))


def _place(list_id: int | str) -> str:
    return f"file to match {list_id}"


def _take(person: Person, list_id: int, file: Pending) -> None:
    context = process.context()
    receipt = imports.take(
        context, person, file.content, file.name, file.choices, list_id, file.dated
    )
    taken(person, receipt)
    if file.guessed and file.choices.fields == file.guessed:
        st.session_state[f"guessed {list_id}"] = file, receipt


def _say_guess(person: Person, list_id: int) -> None:
    """Say by which columns a file was read until its receipt is closed; offer to choose others."""
    told: tuple[Pending, Receipt] | None = st.session_state.get(f"guessed {list_id}")
    if told is None:
        return
    file, receipt = told
    context = process.context()
    try:
        kept = imports.find(context, person, receipt.import_id or 0).open
    except NotFound:
        kept = False
    if not kept:
        del st.session_state[f"guessed {list_id}"]
        return
    fields = file.guessed or {}
    title, artist = (notices.plain(fields[one]) for one in (Field.TITLE, Field.ARTIST))
    with st.container(horizontal=True, vertical_alignment="center", key="guessed-columns"):
        st.caption(
            f"Titles are read from “{title}” and artists from “{artist}”, by which most are known.",
            width="content",
        )
        if st.button("Other columns", type="tertiary", icon=":material/view_column:"):
            with notices.telling(NotFound, NotAllowed, StoreError):
                waiting.take_back(context, person, receipt, list_id)
                asking.ask_again(_taking(person, list_id), file)
                st.rerun()
