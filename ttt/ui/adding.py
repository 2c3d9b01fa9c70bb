"""The form that adds tracks to a list: by link, by searching, from a playlist."""

import streamlit as st

from ttt.services import entries
from ttt.services.accounts import Person
from ttt.services.search import SearchResult
from ttt.services.spotify import Connection
from ttt.ui import notices, playlists, process, reads, receipts


def form(person: Person, connection: Connection | None, list_id: int) -> None:
    """Paste links at the left, search at the right, choose a playlist below."""
    left, right = st.columns(2, gap="large")
    with left, st.form("add links", clear_on_submit=True, border=False):
        links = st.text_area(
            "Link, URI or ID",
            height=96,
            placeholder="https://open.spotify.com/track/…   or “artist - title”, a line each",
        )
        if st.form_submit_button("Add", type="primary", icon=":material/add:"):
            receipt = entries.add(process.context(), person, links.splitlines(), list_id)
            receipts.keep("links", receipt)
    with left:
        receipts.show("links")
    with right:
        query = st.text_input("Search", placeholder="title and artist", key="search")
        if query.strip():
            _pick(person, reads.found(person, connection, query), list_id)
    playlists.pick(person, list_id)


def _pick(person: Person, result: SearchResult, list_id: int) -> None:
    if result.trouble is not None:
        notices.trouble(result.trouble)
    if not result.tracks:
        st.caption("Nothing found. Check the spelling, or paste a link.")
        return
    picked = st.multiselect(
        "Found",
        result.tracks,
        format_func=lambda t: f"{t.title} · {', '.join(a.name for a in t.artists)}",
        placeholder="pick one or more",
    )
    st.caption(f"{len(result.tracks)} found in: {result.source.label}")
    if st.button("Add picked", icon=":material/add:", disabled=not picked):
        context, source = process.context(), result.source
        receipts.keep("search", entries.add_found(context, person, picked, source, list_id))
    receipts.show("search")
