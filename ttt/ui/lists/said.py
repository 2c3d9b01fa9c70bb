"""What became of what people did with a list, said where they did it and with its undo.

It stands in the bar over the list, or in the row that was pressed: in room that is there before,
so nothing moves. It goes after a while, or with the next thing that is done.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import streamlit as st

from ttt.services.tables.receipt import Receipt
from ttt.ui.frame import notices, process
from ttt.ui.frame.listing.ranked import shape
from ttt.ui.work import background

_SHOWN_FOR = timedelta(seconds=20)


@dataclass(frozen=True, slots=True)
class _Said:
    text: str
    at: datetime
    undo: Callable[[], None] | None = None
    row: str | None = None


def say(key: str, text: str, undo: Callable[[], None] | None = None) -> None:
    """Say something in the bar of a list."""
    st.session_state[_place(key)] = _Said(text, process.context().now(), undo)


def say_in_row(key: str, row: str, text: str, undo: Callable[[], None]) -> None:
    """Say something in a row of a list."""
    st.session_state[_place(key)] = _Said(text, process.context().now(), undo, row)


def added(key: str, receipt: Receipt, undo: Callable[[], None] | None = None) -> None:
    """Say in the bar what was added and what was there."""
    background.look_up_added(receipt)
    parts = [f"{receipt.added:,} added"] if receipt.added else []
    parts += [f"{receipt.already_there:,} already in your list"] if receipt.already_there else []
    say(key, " · ".join(parts), undo if receipt.added else None)


def in_row(key: str) -> shape.Receipt | None:
    """What is to be said in a row."""
    said = _lately(key)
    if said is None or said.row is None:
        return None
    return shape.Receipt(said.row, said.text, said.undo is not None)


def take_back(key: str) -> None:
    """Undo what was done last."""
    said: _Said | None = st.session_state.pop(_place(key), None)
    if said is not None and said.undo is not None:
        with notices.told():
            said.undo()


def show(key: str) -> None:
    """Say in the bar what is to be said there."""
    said = _lately(key)
    if said is None or said.row is not None or not said.text:
        return
    with st.container(horizontal=True, vertical_alignment="center", width="content", key="said"):
        st.html(f'<p class="ttt-count ok" role="status">{said.text}</p>', width="content")
        if said.undo is not None and st.button(
            "Undo",
            icon=":material/undo:",
            type="tertiary",
            key=f"undo {key}",
        ):
            take_back(key)
            # The whole page: numbers and charts follow the list.
            st.rerun()


def _lately(key: str) -> _Said | None:
    said: _Said | None = st.session_state.get(_place(key))
    if said is None or process.context().now() - said.at >= _SHOWN_FOR:
        return None
    return said


def _place(key: str) -> str:
    return f"said of {key}"
