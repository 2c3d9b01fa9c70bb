"""The button that takes an import back."""

import streamlit as st

from ttt.errors import NotFound, StoreError
from ttt.services.person import Person
from ttt.services.plays.bringing import importing
from ttt.ui.frame import notices, process


def button(person: Person, upload_id: int, label: str = "Undo this import") -> None:
    """Take an import back, whatever state it is in; its plays go, what it hid comes back."""
    if st.button(label, type="tertiary", icon=":material/undo:", key=f"undo-{upload_id}"):
        with notices.telling(NotFound, StoreError):
            with notices.waiting("Taking it back …"):
                importing.undo(process.context(), person, upload_id)
            st.rerun()
