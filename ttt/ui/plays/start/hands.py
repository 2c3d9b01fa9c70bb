"""What needs a hand, in a row each, with a link to where it is set right."""

from datetime import UTC, datetime

import streamlit as st

from ttt.services.person import Person
from ttt.services.top import needs
from ttt.services.top.needs import Need
from ttt.ui.frame import browser, navigation, notices, process
from ttt.ui.plays.history import History

_MOST = 2


def show(person: Person, plays: History) -> None:
    """The most pressing of them; all stand on the page of imports."""
    found = _needs(_person=person, _plays=plays, stamp=repr(plays.stamp))[:_MOST]
    if not found:
        return
    with st.container(key="needs", gap=None):
        for number, need in enumerate(found):
            _row(number, need)


def _row(number: int, need: Need) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key=f"need-{number}"):
        st.markdown(notices.plain(need.words), width="stretch")
        page = navigation.page("imports")
        st.page_link(page, label=need.label, icon=":material/arrow_forward:")


# An import that begins to ask raises no revision.
@st.cache_resource(ttl=15, max_entries=200, show_spinner=False)
def _needs(_person: Person, _plays: History, stamp: str) -> tuple[Need, ...]:  # noqa: ARG001
    newest = datetime.fromtimestamp(int(_plays.whole.started[-1]), UTC)
    return needs.of(process.context(), _person, newest, browser.zone())
