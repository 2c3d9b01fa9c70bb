"""All imports that ended: one with its receipt, the others as rows."""

from collections.abc import Sequence

import streamlit as st

from ttt.services.person import Person
from ttt.services.plays.bringing.imports import Import
from ttt.services.plays.bringing.uploads import State
from ttt.ui.frame import address, notices
from ttt.ui.frame.listing import sections
from ttt.ui.imports import receipts, undoing

_NAME = "import"
_AT_FIRST = 8
_ALL = "all imports shown"


def show(person: Person, past: Sequence[Import]) -> None:
    """The receipt of the newest, or of the one that was chosen, over the list of all others."""
    if not past:
        return
    chosen = address.of_page([_NAME]).get(_NAME)
    looked_at = next((one for one in past if str(one.upload.id) == chosen), past[0])
    receipts.show(person, looked_at)
    others = [one for one in past if one is not looked_at]
    if others:
        _list(person, others)


def _list(person: Person, others: Sequence[Import]) -> None:
    words = "One more import" if len(others) == 1 else f"{len(others):,} more imports"
    sections.heading("All imports", words)
    shown = others if st.session_state.get(_ALL) else others[:_AT_FIRST]
    with st.container(gap=None, key="past"):
        for one in shown:
            _row(person, one)
    if len(shown) < len(others):
        st.button("Show all", type="tertiary", on_click=_show_all)


def _row(person: Person, one: Import) -> None:
    upload = one.upload
    added = f"{one.receipt.added:,}" if upload.state is State.DONE and one.receipt else ""
    with sections.row(f"import-{upload.id}", upload.name, _words(one), added):
        st.button(
            notices.about("Receipt", upload.name),
            type="tertiary",
            key=f"look-{upload.id}",
            on_click=_look,
            args=(upload.id,),
        )
        if upload.state is State.DONE:
            undoing.button(person, upload.id, notices.about("Undo", upload.name))


def _words(one: Import) -> str:
    match one.upload.state:
        case State.REFUSED:
            return f"{receipts.when(one)} · not imported"
        case State.UNDONE:
            return f"{receipts.when(one)} · taken back"
    span = ""
    if one.upload.first_at and one.upload.last_at:
        first, last = one.upload.first_at.year, one.upload.last_at.year
        span = f" · {first}" if first == last else f" · {first} to {last}"
    return f"{receipts.when(one)} · {one.upload.format or ''}{span}"


def _look(upload_id: int) -> None:
    address.keep({_NAME: str(upload_id)})


def _show_all() -> None:
    st.session_state[_ALL] = True
