"""The Spotify page's actions: the way to the consent page and back."""

import streamlit as st

from ttt.errors import RateLimited, SpotifyError, TooManyTries
from ttt.services.person import Person
from ttt.services.spotify import spotify
from ttt.ui.frame import browser, notices, process, reads
from ttt.ui.work import background

_ANSWER = {"code", "state", "error"}


def take_answer(person: Person) -> None:
    """When Spotify has just sent the person back: connect, or say in words why not."""
    answer = st.query_params.to_dict()
    if not _ANSWER & answer.keys():
        return
    st.query_params.clear()
    try:
        with st.spinner("Connecting …"):
            next_path = spotify.finish(process.context(), person, answer)
    except (SpotifyError, TooManyTries) as error:
        if isinstance(error, RateLimited) and error.connecting == "kept":
            st.query_params.from_dict(answer)  # good until the page is loaded again
        notices.trouble(error)
    else:
        # What is on the lists already may be known to the sources that this connection opens.
        background.look_up(person, [row.uri for row in reads.trending_list(person)])
        if next_path not in {"/", "/spotify"}:
            browser.go(next_path)
        st.success("Spotify is connected.", icon=":material/check:")


def connect_button(person: Person, label: str) -> None:
    """Open Spotify's consent page."""
    if st.button(label, type="primary", icon=":material/link:"):
        browser.go(spotify.begin(process.context(), person, browser.path()))


def disconnect_button(person: Person) -> None:
    """Delete the connection and what came from it."""
    if st.button("Disconnect", icon=":material/link_off:"):
        spotify.disconnect(process.context(), person)
        st.rerun()
