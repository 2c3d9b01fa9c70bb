"""The form that adds tracks to a list: by link, by searching, from a playlist."""

import streamlit as st

from ttt.errors import StoreError
from ttt.found import FoundTrack
from ttt.services.lists import entries
from ttt.services.person import Person
from ttt.services.spotify.search import SearchResult
from ttt.services.spotify.spotify import Connection
from ttt.services.tracks.rows import TrackRow
from ttt.ui.accounts import session
from ttt.ui.frame import kept, labels, notices, process, reads
from ttt.ui.spotify import playlists
from ttt.ui.tracks import cards
from ttt.ui.work import receipts

# Each pause is a request to Spotify.
_PAUSE_IN_TYPING = "600ms"
_SHORTEST = 3


def form(person: Person, connection: Connection | None, list_id: int) -> None:
    """Paste links at the left, search at the right, choose a playlist below."""
    left, right = st.columns(2, gap="large")
    with left, st.form("add links", border=False):
        links = st.text_area(
            "Link, URI or ID",
            height=96,
            placeholder="https://open.spotify.com/track/…   or “artist - title”, a line each",
            key=kept.key("links"),
        )
        if st.form_submit_button("Add", type="primary", icon=":material/add:"):
            _add(person, links, list_id)
    with left:
        receipts.show("links")
    with right:
        _search(person, connection, list_id)
    playlists.pick(person, list_id)


def _add(person: Person, links: str, list_id: int) -> None:
    try:
        receipt = entries.add(process.context(), person, links.splitlines(), list_id)
    except StoreError as error:
        notices.trouble(error)
    else:
        receipts.keep("links", receipt)
        kept.taken("links")
        st.rerun()


# A fragment: nothing else on the page changes while somebody types.
@st.fragment
def _search(person: Person, connection: Connection | None, list_id: int) -> None:
    session.recheck()
    query = st.text_input(
        "Search", placeholder="title and artist", key="search", live=_PAUSE_IN_TYPING
    )
    if len(query.strip()) >= _SHORTEST:
        _pick(person, reads.found(person, connection, query), list_id)
    receipts.show("search")


def _pick(person: Person, result: SearchResult, list_id: int) -> None:
    if result.trouble is not None:
        notices.trouble(result.trouble)
    notices.unread(result.unread, "results")
    if not result.tracks:
        st.caption("Nothing found. Check the spelling, or paste a link.")
        return
    rows = [_row(track) for track in result.tracks]
    cards.found(rows)
    names = labels.apart({track: notices.line(track.label) for track in result.tracks})
    picked = st.multiselect(
        "Found",
        result.tracks,
        format_func=names.__getitem__,
        placeholder="pick one or more",
    )
    st.caption(f"{len(rows)} found in: {result.source.label}")
    if st.button("Add picked", icon=":material/add:", disabled=not picked):
        context, source = process.context(), result.source
        receipts.keep("search", entries.add_found(context, person, picked, source, list_id))
        st.rerun()


def _row(track: FoundTrack) -> TrackRow:
    names = tuple(artist.name for artist in track.artists)
    return TrackRow(track.uri, track.title, names, cover_url=track.cover_url)
