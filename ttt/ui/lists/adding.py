"""The form that adds tracks to a list: by link, by searching, from a playlist."""

from collections.abc import Collection, Sequence

import streamlit as st

from ttt.errors import NotFound, StoreError
from ttt.found import FoundTrack
from ttt.services.lists import describing, entries, imports
from ttt.services.lists.imports import PastImport
from ttt.services.person import Person
from ttt.services.spotify.search import SearchResult
from ttt.services.spotify.spotify import Connection
from ttt.ui.accounts import session
from ttt.ui.frame import kept, layout, notices, process, reads
from ttt.ui.frame.listing.ranked import element
from ttt.ui.frame.listing.ranked.element import Doing, Style
from ttt.ui.frame.listing.ranked.shape import Action, Column, Row
from ttt.ui.lists import lists
from ttt.ui.spotify import own_playlists
from ttt.ui.work import background, receipts, upload
from ttt.ui.work import imports as brought

# Each pause is a request to Spotify.
_PAUSE_IN_TYPING = "600ms"
_SHORTEST = 3
_FIELD = "Search"
# In UTF-8 never more than a message over the WebSocket may have; longer lists are files.
_MOST_LETTERS = 1_000_000
_CHANGED = "list changed by search"
_NOT_FOUND = "Nothing found. Check the spelling, or paste a link."
_NOT_THERE_EITHER = "There is nothing of that name in the catalogue either."


def form(
    person: Person, connection: Connection | None, list_id: int, past: Sequence[PastImport]
) -> None:
    """One row: search, paste links, bring a file or a playlist; what came of it hangs below."""
    _ways(person, connection, list_id)
    with st.container(key="told"):
        upload.questions(person, list_id)
        receipts.show("links")
        brought.show(person, list_id, past)
        if past:
            brought.waiting(person, list_id, connection)


# A fragment: nothing else on the page changes while somebody types, or opens one of them.
@st.fragment
def _ways(person: Person, connection: Connection | None, list_id: int) -> None:
    session.recheck()
    if st.session_state.pop(_CHANGED, False):
        st.rerun()
    with st.container(horizontal=True, vertical_alignment="center", key="adding"):
        with st.container(key="searching"):
            _search(person, connection, list_id)
        links = layout.popover("Paste links", ":material/link:", kept.around("links"))
        if links is not None:
            with links:
                _links(person, list_id)
        file = layout.popover("Upload a file", ":material/upload:", kept.around(upload.FORM))
        if file is not None:
            with file:
                upload.form(person, list_id)
        own_playlists.pick(person, list_id)


def _links(person: Person, list_id: int) -> None:
    with st.form(f"add links {list_id}", border=False):
        links = st.text_area(
            "Link, URI or ID",
            height=128,
            placeholder="https://open.spotify.com/track/…   or “artist - title”, a line each",
            max_chars=_MOST_LETTERS,
            key=kept.key("links"),
        )
        if st.form_submit_button("Add", type="primary", icon=":material/add:"):
            _add(person, links, list_id)


def _add(person: Person, links: str, list_id: int) -> None:
    try:
        receipt = imports.add(process.context(), person, links.splitlines(), list_id)
    except (NotFound, StoreError) as error:
        notices.trouble(error)
    else:
        brought.taken(person, receipt)
        if len(receipt.taken) <= describing.LOOKUPS:  # or not all of them were asked about yet
            lists.describe_again(list_id)
        receipts.told("links", receipt)
        kept.taken("links", "\n".join(refusal.text for refusal in receipt.refused))
        st.rerun()


def _search(person: Person, connection: Connection | None, list_id: int) -> None:
    query = st.text_input(
        _FIELD,
        placeholder="Search by title and artist",
        label_visibility="collapsed",
        icon=":material/search:",
        key="search",
        live=_PAUSE_IN_TYPING,
    )
    if len(query.strip()) >= _SHORTEST:
        with st.container(key="found"), notices.waiting("Searching …"):
            _found(person, reads.found(person, connection, query), list_id)


def _found(person: Person, result: SearchResult, list_id: int) -> None:
    if result.trouble is not None:
        notices.trouble(result.trouble)
    notices.unread(result.unread, "result")
    if not result.tracks:
        elsewhere = result.trouble is not None
        st.caption(_NOT_THERE_EITHER if elsewhere else _NOT_FOUND)
        return
    on_it = {row.uri for row in entries.listed(process.context(), person, list_id)}
    element.show(
        [_row(track, on_it) for track in result.tracks],
        [Column("Album", "text", "minmax(0, 180px)", least=480)],
        "found in search",
        Style("Found", look="short plain", ticks=False, field=_FIELD),
        doing=Doing(
            lambda uri, on: press(person, result, list_id, uri, on),
            action=Action("On the list", "Add to the list", "On the list: press to take it off"),
        ),
    )
    st.caption(f"{len(result.tracks)} found in: {result.source.label}")


def press(person: Person, result: SearchResult, list_id: int, uri: str, on: bool) -> None:
    """Put a track that was found on the list, or take it off again."""
    context = process.context()
    if on:
        tracks = [track for track in result.tracks if track.uri == uri]
        background.look_up_added(entries.add_found(context, person, tracks, result.source, list_id))
    else:
        entries.remove(context, person, [uri], list_id)
    st.session_state[_CHANGED] = True


def _row(track: FoundTrack, on_it: Collection[str]) -> Row:
    names = ", ".join(artist.name for artist in track.artists)
    return Row(
        track.uri,
        track.title,
        names,
        (track.album,),
        cover=track.cover_url,
        done=track.uri in on_it,
    )
