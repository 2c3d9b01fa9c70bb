"""The Spotify page's actions: the way to the consent page and back."""

import streamlit as st

from ttt.errors import NoSeatLeft, NotSetUp, RateLimited, SpotifyError, TooManyTries
from ttt.services.person import Person
from ttt.services.plays import undoing
from ttt.services.spotify import clients, connecting, spotify
from ttt.ui.frame import browser, navigation, notices, process, reads
from ttt.ui.spotify import connected, cost, looking, seats
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
            next_path = connecting.finish(process.context(), person, answer)
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
        with notices.telling(NoSeatLeft, NotSetUp):
            consent = connecting.begin(process.context(), person, browser.path())
            browser.go(consent)


def section(person: Person) -> None:
    """How the person is connected, and the way in and out."""
    connection = reads.connection(person)
    if connection is None:
        st.write("Connect your Spotify to see what you play most and to look tracks up.")
        connected.what_is_asked()
        with st.container(horizontal=True):
            connect_button(person, "Connect Spotify")
            looking.offer(person)
        seats.mine(person)
        return
    if connection.demo and clients.real(process.context()):
        _beside_the_real(person, usable=connection.usable)
        return
    connected.show(connection)
    with st.container(horizontal=True):
        if not connection.complete:
            connect_button(person, "Reconnect Spotify")
        _disconnect(person)
    if not connection.usable:
        seats.mine(person)


def _beside_the_real(person: Person, *, usable: bool) -> None:
    """Who still sees the demo where the real Spotify is."""
    if not usable:  # or every page says so above
        st.write(
            "This server has the real Spotify now. What you see so far is of the demo's made-up "
            "listener, and goes when you connect your own."
        )
    with st.container(horizontal=True):
        connect_button(person, "Connect Spotify")
        if not usable:
            _disconnect(person)
    seats.mine(person)


def _disconnect(person: Person) -> None:
    """Delete the connection and what came from it, after saying what that costs."""
    with st.popover("Disconnect", icon=":material/link_off:"):
        st.write(
            f"This deletes {cost.of(person)} from this server, and cannot be undone. "
            "Your trending list, the history of playlists that you sent and what you brought in "
            "files stay. A seat that you have here is free for somebody else."
        )
        plays_too = _plays_too(person)
        if st.button("Yes, disconnect", icon=":material/link_off:"):
            spotify.disconnect(process.context(), person)
            if plays_too:
                undoing.forget_recorded(process.context(), person)
            st.rerun()


def _plays_too(person: Person) -> bool:
    """Whether the plays that were recorded go with the connection, as Spotify's terms want it."""
    plays = reads.recorded_plays(person)
    if not plays:
        return False
    counted = "the play that was" if plays == 1 else f"the {plays:,} plays that were"
    return st.checkbox(
        f"Delete {counted} recorded from Spotify too",
        value=True,
        key="recorded plays too",
        help="Imports takes them out as a file first. If they stay, they can be deleted there.",
    )
