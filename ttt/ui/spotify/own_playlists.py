"""Taking the tracks of one's own playlists from Spotify."""

import streamlit as st

from ttt import words
from ttt.errors import SpotifyError, StoreError
from ttt.found import FoundPlaylist
from ttt.services.person import Person
from ttt.services.playlists import own as service
from ttt.ui.frame import kept, labels, notices, process, reads
from ttt.ui.spotify import connected
from ttt.ui.work import receipts

_OWN = "own playlists"


def pick(person: Person, list_id: int | None = None) -> None:
    """Put all tracks of one of the person's own playlists on a list."""
    place = st.popover(
        "From a Spotify playlist",
        icon=":material/queue_music:",
        key=kept.around(_OWN),
        on_change="rerun",
    )
    if place.open:
        with place:
            if connected.permitted(reads.connection(person), "playlists"):
                _pick(person, list_id)


def _pick(person: Person, list_id: int | None) -> None:
    try:
        with notices.waiting("Asking Spotify for your playlists …"):
            own = reads.own_playlists(person)
    except SpotifyError as error:
        notices.trouble(error)
        return
    notices.unread(own.unread, "playlist")
    if not own.playlists:
        st.caption("You own no playlist at Spotify yet.")
        return
    names = labels.apart({playlist: _label(playlist) for playlist in own.playlists})
    # One below the other: beside the button a phone has no room for how many tracks there are.
    playlist = kept.choice(
        *("Playlist", own.playlists, "own playlist", "own playlist"),
        name=names.__getitem__,
        known_by=lambda playlist: playlist.spotify_id,
    )
    if st.button("Add all its tracks", icon=":material/add:", key=f"add all {list_id}"):
        _add_all(person, playlist, list_id)
    receipts.show("playlist")


def _add_all(person: Person, playlist: FoundPlaylist, list_id: int | None) -> None:
    try:
        with notices.waiting("Reading the playlist …"):
            name = playlist.name or "Playlist"
            taken = service.add_all(process.context(), person, playlist.spotify_id, list_id, name)
    except (SpotifyError, StoreError) as error:
        notices.trouble(error)
        return
    receipts.keep("playlist", taken.receipt)
    if taken.receipt.import_id is not None:
        kept.taken(_OWN)  # its receipt lies under what opened
    if taken.unread:
        most = service.MOST_READ
        st.toast(f"Only its first {most:,} rows were read; {taken.unread:,} were left out.")
    st.rerun()


def _label(playlist: FoundPlaylist) -> str:
    name = notices.line(playlist.name) or "without a name"
    length = playlist.length
    return name if length is None else f"{name} · {words.counted(length, 'track')}"
