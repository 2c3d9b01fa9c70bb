"""Background look-ups as a page sees them: started by what a person does, shown as progress."""

import secrets
from collections.abc import Sequence

import streamlit as st

from ttt.jobs import queue
from ttt.services import enrich, links, sources
from ttt.services.accounts import Person
from ttt.services.rows import TrackRow
from ttt.ui import process, session


def look_up(person: Person, uris: Sequence[str]) -> None:
    """Have the values of tracks fetched, when there is anybody to ask."""
    context = process.context()
    if sources.plan(context):
        spotify_ids = [links.parse(uri) for uri in uris]
        queue.enrich(context, person.id, spotify_ids, f"enrich-{secrets.token_hex(8)}")


def progress(person: Person, rows: Sequence[TrackRow]) -> None:
    """Say how far the look-ups of a list are, and show the values when they have come."""
    if sources.plan(process.context()) and _state(rows).waiting:
        _wait(person.revision, rows)


@st.fragment(run_every=3)
def _wait(revision: int, rows: Sequence[TrackRow]) -> None:
    person, state = session.person(), _state(rows)
    done = state.total - state.waiting
    st.caption(f"{done} of {state.total} tracks looked up, {state.waiting} on the way")
    if person is not None and person.revision != revision:
        st.rerun()


def _state(rows: Sequence[TrackRow]) -> enrich.Progress:
    return enrich.progress(process.context(), [links.parse(row.uri) for row in rows])
