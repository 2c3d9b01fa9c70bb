"""Links to the page of imports, from where somebody looks for their plays."""

import streamlit as st

from ttt.services.person import Person
from ttt.services.plays import imports
from ttt.services.recorders import state
from ttt.ui.frame import navigation, process


def to_imports(label: str = "Bring a listening history") -> None:
    """A link, saying what for."""
    st.page_link(navigation.page("imports"), label=label, icon=":material/history:")


def to_demo_history(person: Person) -> None:
    """To whoever is connected to the demo and has brought nothing yet: ten years in one step."""
    context = process.context()
    if state.demo_history_url(context, person) and not imports.has_any(context, person):
        to_imports("Try it: bring ten years of made-up plays, in one step")
