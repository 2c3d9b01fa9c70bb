"""What can be done with tracks outside of this app: play them, or make a playlist of them."""

from collections.abc import Sequence

import streamlit as st

from ttt.services.person import Person
from ttt.services.tracks.rows import TrackRow
from ttt.ui.accounts import session
from ttt.ui.spotify import player, playlists


def offer(person: Person, selected: Sequence[str], rows: Sequence[TrackRow], key: str) -> None:
    """Offer it for the selected tracks, or for all rows while none is selected."""
    uris = list(selected) or [row.uri for row in rows]
    with st.container(horizontal=True, width="content", key=f"out-{key}"):
        player.controls(person, uris, key)
        playlists.send(person, uris, key)


# Fragments: nothing else on a page depends on it, and opening a part asks Spotify.
@st.fragment
def alone(person: Person, rows: Sequence[TrackRow], key: str) -> None:
    """The same on a page that is not drawn anew for it."""
    session.recheck()
    offer(person, [], rows, key)


@st.fragment
def folds(person: Person, uris: Sequence[str], key: str) -> None:
    """The same within something that opens."""
    session.recheck()
    player.fold(person, uris, key)
    playlists.fold(person, uris, key)
