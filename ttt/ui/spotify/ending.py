"""That the connection to Spotify ends soon or has ended, said above every page."""

import streamlit as st

from ttt.services.person import Person
from ttt.services.recorders import endings
from ttt.services.recorders.endings import Ending
from ttt.ui.frame import browser, navigation, process, reads

# What these say themselves when it has ended.
_SAY_IT = ("", "home", "top-tracks")


def show(person: Person, path: str) -> None:
    """Say it, with a link to where it is set right; nothing while there is nothing to say.

    `path` is the page that it stands above: what a page says itself is not said twice.
    """
    ending = _ending(person, person.id, person.revision)
    if ending is None or path == "spotify" or (ending.ended and path in _SAY_IT):
        return
    say = st.warning if ending.urgent else st.info
    with st.container(key="ending"):
        say(ending.words(browser.zone()), icon=":material/schedule:")
        st.page_link(
            navigation.page("spotify"), label="Go to Spotify", icon=":material/arrow_forward:"
        )


# Told at once when they connect, as that raises the revision; that it ended within a minute.
@st.cache_resource(ttl=60, max_entries=1_000, show_spinner=False)
def _ending(_person: Person, person_id: int, revision: int) -> Ending | None:  # noqa: ARG001
    return endings.of(reads.connection(_person), process.context().now())
