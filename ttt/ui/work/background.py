"""Background look-ups as a page sees them: started by what a person does, shown as progress."""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

import streamlit as st

from ttt.jobs import queue
from ttt.services.person import Person
from ttt.services.tables.receipt import Receipt
from ttt.services.tracks import links
from ttt.services.tracks.rows import TrackRow
from ttt.services.values import enrich, sources
from ttt.ui.accounts import session
from ttt.ui.frame import process

_TOGETHER = 500
_EVERY = timedelta(seconds=3)
_ASKED = "all asked about"


def look_up(person: Person, uris: Sequence[str]) -> None:
    """Have the values of tracks fetched, when there is anybody to ask."""
    if anybody_to_ask():
        ids = links.known(uris)
        for start in range(0, len(ids), _TOGETHER):
            name = f"enrich-{secrets.token_hex(8)}"
            queue.enrich(process.context(), person.id, ids[start : start + _TOGETHER], name)


def look_up_added(receipt: Receipt) -> None:
    """Have the values fetched of what was just added to a list."""
    if receipt.added:
        look_up(session.require_user(), [row.uri for row in receipt.taken if row.added])


def progress(person: Person, rows: Sequence[TrackRow]) -> None:
    """Say how far the look-ups of a list are, and show the values when they have come."""
    if st.session_state.get(_ASKED) == _version(person, rows):
        return
    state = _state(rows) if anybody_to_ask() else None
    if state is not None and state.waiting:
        _wait(person.revision, rows, state, process.context().now())
    else:
        st.session_state[_ASKED] = _version(person, rows)


@st.fragment(run_every=_EVERY)
def _wait(
    revision: int, rows: Sequence[TrackRow], state: enrich.Progress, shown_at: datetime
) -> None:
    # Not in the run that drew the page: values may come many times a second.
    again = process.context().now() - shown_at > _EVERY / 2
    if again:
        person, state = session.person(), _state(rows)
        if person is None or person.revision != revision or not state.waiting:
            st.rerun()
    done = state.total - state.waiting
    st.caption(f"{done:,} of {state.total:,} tracks looked up, {state.waiting:,} on the way")


def anybody_to_ask() -> bool:
    """Whether values are looked up at all: work is done, and a service is there to be asked."""
    context = process.context()
    return context.settings.jobs != "off" and bool(sources.plan(context))


def _state(rows: Sequence[TrackRow]) -> enrich.Progress:
    return enrich.progress(process.context(), links.known(row.uri for row in rows))


def _version(person: Person, rows: Sequence[TrackRow]) -> tuple[int, int]:
    return person.revision, hash(tuple(row.uri for row in rows))
