"""Links to the page of imports, from where somebody looks for their plays."""

import streamlit as st

from ttt.services.person import Person
from ttt.services.plays.bringing import imports
from ttt.services.recorders import state
from ttt.ui.frame import navigation, process


def to_imports(label: str = "Bring a listening history") -> None:
    """A link, saying what for."""
    st.page_link(navigation.page("imports"), label=label, icon=":material/history:")


def to_demo_history(person: Person) -> None:
    """To whoever is connected to the demo and has brought nothing yet: ten years in one step."""
    if _may_try(person):
        to_imports("Try it: bring ten years of made-up plays, in one step")


def from_home(person: Person) -> None:
    """To whoever has no plays: the same where it can be tried, else a history of their own."""
    to_demo_history(person)
    if not _may_try(person):
        to_imports()


def _may_try(person: Person) -> bool:
    context = process.context()
    has_demo = state.demo_history_url(context, person) is not None
    return has_demo and not imports.has_any(context, person)
