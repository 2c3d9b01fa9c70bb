"""The Spotify page's actions: the way to the consent page and back."""

import streamlit as st

from ttt.errors import RateLimited, SpotifyError, TooManyTries
from ttt.services.explain import clock
from ttt.services.person import Person
from ttt.services.spotify import spotify
from ttt.services.top import top_tracks
from ttt.ui.frame import browser, navigation, notices, process, reads
from ttt.ui.work import background

_ANSWER = {"code", "state", "error"}
_CONNECTED = "just connected"


def take_answer(person: Person) -> None:
    """When Spotify has just sent the person back: connect, or say in words why not."""
    answer = st.query_params.to_dict()
    if not _ANSWER & answer.keys():
        return
    st.query_params.clear()
    try:
        with notices.waiting("Connecting …"):
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
        st.session_state[_CONNECTED] = True
        # What they connected for; it is fetched there, and says so.
        st.switch_page(navigation.page("top-tracks"))


def welcome() -> None:
    """Say to who has just been connected that they are."""
    if st.session_state.pop(_CONNECTED, False):
        st.toast("Spotify is connected.", icon=":material/check:")


def connect_button(person: Person, label: str) -> None:
    """Open Spotify's consent page."""
    if st.button(label, type="primary", icon=":material/link:"):
        browser.go(spotify.begin(process.context(), person, browser.path()))


def section(person: Person) -> None:
    """How the person is connected, and the way in and out."""
    connection = reads.connection(person)
    if connection is None:
        st.write("Connect your Spotify to see what you play most and to look tracks up.")
        notices.what_is_asked()
        connect_button(person, "Connect Spotify")
        return
    notices.connection_state(connection)
    with st.container(horizontal=True):
        if not connection.complete:
            connect_button(person, "Reconnect Spotify")
        _disconnect(person)


def _disconnect(person: Person) -> None:
    """Delete the connection and what came from it, after saying what that costs."""
    with st.popover("Disconnect", icon=":material/link_off:"):
        st.write(
            f"This deletes {_cost(person)} from this server, and cannot be undone. "
            "Your trending list and the history of playlists that you sent stay."
        )
        if st.button("Yes, disconnect", icon=":material/link_off:"):
            spotify.disconnect(process.context(), person)
            st.rerun()


def _cost(person: Person) -> str:
    lists = top_tracks.kept(process.context(), person)
    if not lists.count:
        return "the connection"
    since = clock(lists.since, browser.zone()) if lists.since else ""
    counted = "1 list" if lists.count == 1 else f"{lists.count:,} lists"
    return f"the connection and {counted} of top tracks{f' since {since}' if since else ''}"
