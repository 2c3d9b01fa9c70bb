"""How far the values of what somebody played are looked up: the most heard tracks come first."""

from datetime import timedelta

import streamlit as st

from ttt.services.person import Person
from ttt.services.plays import heard
from ttt.ui.accounts import session
from ttt.ui.frame import process
from ttt.ui.frame.listing import sections
from ttt.ui.work import background

_EVERY = timedelta(seconds=20)
_ALL = "all heard looked up"


def show(person: Person) -> None:
    """Say how far the look-ups are, as long as there is anything to look up."""
    if st.session_state.get(_ALL) != person.revision and background.anybody_to_ask():
        _progress(person)


@st.fragment(run_every=_EVERY)
def _progress(person: Person) -> None:
    session.recheck()
    found = heard.progress(process.context(), person)
    if not found.waiting:
        st.session_state[_ALL] = person.revision
        return
    done = found.total - found.waiting
    sections.small(
        f"{done:,} of the {found.total:,} tracks you heard most are looked up, "
        f"{found.waiting:,} on the way."
    )
