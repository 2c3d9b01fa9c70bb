"""Looking around with the demo beside a real Spotify: the way in, its mark, and the way out."""

import streamlit as st

from ttt.services.person import Person
from ttt.services.spotify import connecting, looking
from ttt.ui.frame import browser, navigation, process


def offer(person: Person) -> None:
    """Before somebody connects: the demo first, where that is allowed."""
    context = process.context()
    if looking.offered(context) and st.button("Look around first", icon=":material/science:"):
        browser.go(connecting.begin(context, person, browser.path(), look_around=True))


def show(person: Person, path: str) -> None:
    """Mark every page while the person looks around, with the way out."""
    if not _around(person, person.id, person.revision):
        return
    with st.container(key="looking"):
        st.info(
            "You are looking around: what is shown from Spotify is of a made-up listener. None of "
            "it is recorded, and it goes when you leave or connect your own.",
            icon=":material/science:",
        )
        with st.container(horizontal=True, vertical_alignment="center"):
            if st.button("Leave the demo", icon=":material/logout:"):
                looking.leave(process.context(), person)
                st.rerun()
            if path != "spotify":
                st.page_link(
                    navigation.page("spotify"),
                    label="Connect your own",
                    icon=":material/arrow_forward:",
                )


# Whoever comes or leaves raises the revision; what an admin decides is seen within a minute.
@st.cache_resource(ttl=60, max_entries=1_000, show_spinner=False)
def _around(_person: Person, person_id: int, revision: int) -> bool:  # noqa: ARG001
    return looking.around(process.context(), _person)
