"""Whether a list is shown as rows or as a table, which has every column; kept in the address."""

import streamlit as st

from ttt.ui.frame import address

_PART, _TABLE = "view", "table"


def chosen() -> bool:
    """Whether the table was chosen."""
    return address.of_page([_PART]).get(_PART) == _TABLE


def switch() -> None:
    """Offer the other of the two."""
    label, icon, value = (
        ("List", ":material/format_list_bulleted:", "")
        if chosen()
        else ("Table", ":material/table:", _TABLE)
    )
    st.button(
        label, icon=icon, type="tertiary", on_click=lambda: address.keep({_PART: value}, [_PART])
    )
