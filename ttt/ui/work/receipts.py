"""What became of what a person added, said for a while: look-ups run the page again and again."""

from datetime import datetime, timedelta

import streamlit as st

from ttt.services.tables.receipt import Receipt
from ttt.ui.frame import notices, process
from ttt.ui.work import background

_SHOWN_FOR = timedelta(seconds=20)


def keep(place: str, receipt: Receipt) -> None:
    """Have the values of what was added looked up, and the receipt shown at its place."""
    st.session_state[f"receipt {place}"] = receipt, process.context().now()
    background.look_up_added(receipt)


def count(receipt: Receipt) -> None:
    """Have the values of what was added looked up; the page says itself what became of it."""
    background.look_up_added(receipt)


def show(place: str) -> None:
    """Show the receipt of a place while it is new."""
    kept: tuple[Receipt, datetime] | None = st.session_state.get(f"receipt {place}")
    if kept is not None and process.context().now() - kept[1] < _SHOWN_FOR:
        notices.receipt(kept[0])
        _download(kept[0], place)


def _download(receipt: Receipt, place: str) -> None:
    """Offer what became of each row, where there are several."""
    if len(receipt.taken) + len(receipt.refused) > 1:
        st.download_button(
            "Receipt",
            receipt.as_csv,
            "receipt.csv",
            "text/csv",
            icon=":material/receipt_long:",
            on_click="ignore",
            key=f"receipt of {place}",
        )
