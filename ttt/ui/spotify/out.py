"""What can be done with tracks outside of this app: play them, or make a playlist of them."""

from collections.abc import Sequence

import streamlit as st

from ttt.services.person import Person
from ttt.services.tracks.rows import TrackRow
from ttt.ui.accounts import session
from ttt.ui.spotify import player, playlists


def offer(
    person: Person, selected: Sequence[str], rows: Sequence[TrackRow], key: str, of: str = ""
) -> None:
    """Offer it for the selected tracks, or for all rows while none is selected.

    What the tracks are `of` tells one such offer on a page from another.
    """
    uris = list(selected) or [row.uri for row in rows]
    with st.container(horizontal=True, width="content", key=f"out-{key}"):
        player.controls(person, uris, key, of)
        playlists.send(person, uris, key, of)


# A fragment: nothing else on a page depends on it, and opening a part asks Spotify.
@st.fragment
def alone(
    person: Person, selected: Sequence[str], rows: Sequence[TrackRow], key: str, of: str = ""
) -> None:
    """The same on a page that is not drawn anew for it."""
    session.recheck()
    offer(person, selected, rows, key, of)
