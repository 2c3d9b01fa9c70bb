"""Whether rows or charts are shown, or tables, which have every column; kept in the address."""

import streamlit as st

from ttt.ui.frame import address

_PART, _TABLE = "view", "table"


def chosen() -> bool:
    """Whether the table was chosen."""
    return address.of_page([_PART]).get(_PART) == _TABLE


def switch(other: str = "List", sign: str = ":material/format_list_bulleted:") -> None:
    """Offer the table, or in its place the `other` with its sign."""
    label, icon, value = (other, sign, "") if chosen() else ("Table", ":material/table:", _TABLE)
    st.button(
        label,
        icon=icon,
        type="tertiary",
        key="as-table",
        on_click=lambda: address.keep({_PART: value}, [_PART]),
    )
