"""Connect, reconnect and disconnect Spotify; also where Spotify sends people back to."""

import streamlit as st

from ttt.ui.accounts import session
from ttt.ui.frame import layout, notices, reads
from ttt.ui.spotify import connecting, playlists

person = session.require_user()
connecting.take_answer(person)
connection = reads.connection(person)
layout.head("Spotify", notices.with_demo("What this app may read and do there", connection))

if connection is None:
    st.write("Connect your Spotify to see what you play most and to look tracks up.")
    notices.what_is_asked()
    connecting.connect_button(person, "Connect Spotify")
    st.stop()

notices.connection_state(connection)
with st.container(horizontal=True):
    if not connection.complete:
        connecting.connect_button(person, "Reconnect Spotify")
    connecting.disconnect_button(person)
st.caption(
    "Disconnecting deletes the token and your top tracks from this server. "
    "Your trending list and the history of playlists that you sent stay."
)
playlists.history(person)
