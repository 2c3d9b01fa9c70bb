"""What became of what a person added, said where they did it until they close it."""

import streamlit as st

from ttt.services.tables.receipt import Receipt
from ttt.ui.frame import notices
from ttt.ui.work import background, imports


def keep(place: str, receipt: Receipt) -> None:
    """Have the values of what was added looked up, and the receipt shown at its place."""
    told(place, receipt)
    background.look_up_added(receipt)


def told(place: str, receipt: Receipt) -> None:
    """Have the receipt shown at its place, unless it is one of those that are kept."""
    st.session_state[_name(place)] = receipt if receipt.import_id is None else None


def show(place: str) -> None:
    """Show the receipt of a place until it is closed."""
    receipt: Receipt | None = st.session_state.get(_name(place))
    if receipt is None:
        return
    with st.container(key=f"receipt-{place}"):
        notices.receipt(receipt)
        imports.refusals(receipt.reasons)
        with st.container(horizontal=True):
            _download(receipt, place)
            if st.button("Close", key=f"close {place}", type="tertiary", icon=":material/close:"):
                del st.session_state[_name(place)]
                st.rerun()


def _name(place: str) -> str:
    return f"receipt {place}"


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
