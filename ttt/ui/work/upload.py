"""A file with tracks for a list."""

from functools import partial

import streamlit as st

from ttt.services.lists import importing, imports
from ttt.services.person import Person
from ttt.ui.frame import process
from ttt.ui.work import asking, file_date
from ttt.ui.work import imports as receipts
from ttt.ui.work.asking import Pending, Taking

FORM = "upload"
ENDINGS = (
    *("csv", "tsv", "txt", "json", "jspf", "m3u8", "m3u", "xspf", "pls", "cue", "wpl", "xml"),
    *("nml", "html", "htm", "zip"),
)
_TRACKS = "Tracks are found by a column of links, or by artist and title."


def form(person: Person, list_id: int) -> None:
    """Take a file, and put its tracks on the list unless it leaves something open."""
    taking = _taking(person, list_id)
    with st.form(FORM, clear_on_submit=True, border=False):
        st.file_uploader("Upload a list", type=ENDINGS, key=asking.file_key(taking))
        st.caption(
            "A table of any service, such as an Exportify export, or a list of this app: CSV, TSV,"
            " text, JSON, a playlist or library of a player, or a saved web page."
        )
        file_date.listen(FORM)
        asking.button(taking, "Import")


def questions(person: Person, list_id: int) -> None:
    """Ask what a file leaves open, wherever there is one."""
    asking.questions(_taking(person, list_id))


def _taking(person: Person, list_id: int) -> Taking:
    # A file waits at the list that it was meant for.
    take = partial(_take, person, list_id)
    return Taking(FORM, _place(list_id), _TRACKS, importing.look, take)


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
    receipts.taken(person, receipt)
