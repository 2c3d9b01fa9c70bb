"""What the list pages do: refresh, narrow, save and remove."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ttt.errors import SpotifyError
from ttt.music import Period
from ttt.services.explain import clock
from ttt.services.lists import describing, entries
from ttt.services.lists.lists import ListInfo
from ttt.services.person import Person
from ttt.services.spotify.spotify import Connection
from ttt.services.top import top_tracks
from ttt.services.top.top_tracks import TopList
from ttt.services.tracks.rows import TrackRow
from ttt.ui.frame import browser, notices, process, reads
from ttt.ui.lists import arranging
from ttt.ui.work import background, receipts

_ASK_AGAIN_AFTER = timedelta(minutes=5)


def controls() -> DeltaGenerator:
    """A row for what can be done with a list: at the right, on a phone at the left."""
    return st.container(
        horizontal=True,
        horizontal_alignment="right",
        vertical_alignment="center",
        key="controls",
    )


def refresh_when_stale(person: Person, connection: Connection) -> None:
    """Ask Spotify when a list is older than a day; say what is in the way, if anything is."""
    if not connection.usable:
        notices.reconnect()
    elif connection.blocked_until is not None:
        notices.blocked(connection.blocked_until, connection.quota_used_up)
    else:
        _refresh_stale(person)
        if (trouble := st.session_state.get("refresh trouble")) is not None:
            notices.trouble(trouble)


def choose_period() -> Period:
    """Let the person choose a period, which is kept in the address."""
    chosen = st.segmented_control(
        "Period",
        list(Period),
        default=Period.SHORT_TERM,
        required=True,
        format_func=lambda period: period.label,
        label_visibility="collapsed",
        key="period",
        bind="query-params",
    )
    return chosen or Period.SHORT_TERM


def refresh_button(person: Person, connection: Connection) -> None:
    """Offer to ask Spotify now."""
    if st.button("Refresh", icon=":material/refresh:", disabled=not connection.usable):
        _refresh(person)
        st.rerun()


def _refresh_stale(person: Person) -> None:
    """Ask Spotify when a list is older than a day, but not again right after it failed."""
    context = process.context()
    tried: datetime | None = st.session_state.get("refresh tried")
    lately = tried is not None and context.now() - tried <= _ASK_AGAIN_AFTER
    if not lately and top_tracks.stale(context, reads.top_lists(person)):
        _refresh(person)


def _refresh(person: Person) -> None:
    context = process.context()
    st.session_state["refresh tried"] = context.now()
    st.session_state["refresh trouble"] = None
    try:
        with st.spinner("Asking Spotify for your top tracks …"):
            top_tracks.refresh(context, person)
            background.look_up(person, top_tracks.spotify_ids(context, person))
    except SpotifyError as error:
        st.session_state["refresh trouble"] = error


def state(top: TopList, connection: Connection) -> str:
    """One line: how many tracks, how fresh, whose, and since when movements are counted."""
    if top.taken_at is None:
        return "Not refreshed yet"
    zone = browser.zone()
    parts = [f"{len(top.rows)} tracks", f"refreshed {clock(top.taken_at, zone)}"]
    parts.append(notices.plain(connection.display_name))
    if top.unread:
        parts.append(f"{top.unread} of {top.length} rows could not be read")
    if top.since is not None:
        parts.append(f"moves since {clock(top.since, zone)}")
    return " · ".join(parts)


def heading(rows: Sequence[TrackRow], every: Sequence[TrackRow]) -> DeltaGenerator:
    """Heading of the table; return the place beside it for buttons."""
    title, action = st.columns([1, 2], vertical_alignment="bottom")
    title.subheader("Tracks", anchor=False)
    title.caption(_count(rows, every))
    return action.container(horizontal=True, horizontal_alignment="right")


def _count(rows: Sequence[TrackRow], every: Sequence[TrackRow]) -> str:
    if len(rows) < len(every):
        return f"{len(rows)} of {len(every)} chosen on the charts · double-click one to see all"
    return "Mark tracks on a chart to see only these; tick one to see its values and their sources."


def _add_button(person: Person, selected: Sequence[str]) -> None:
    label, icon = "Add to trending", ":material/add:"
    if st.button(label, icon=icon, type="primary", disabled=not selected):
        receipts.keep("table", entries.add_uris(process.context(), person, selected))
    receipts.show("table")


def actions(person: Person, info: ListInfo | None, selected: Sequence[str], total: int) -> None:
    """What can be done with selected tracks: of a list that can be edited more than of others."""
    arranging.save_as_list(person, selected)
    if info is not None and info.can_edit:
        arranging.buttons(person, info, selected, total)
        receipts.show("table")
    else:
        _add_button(person, selected)


def describe_pending(person: Person, connection: Connection | None, list_id: int) -> None:
    """Look up tracks that could not be described when they were added, once a visit."""
    done = f"described {list_id}"
    if done in st.session_state or connection is None or not connection.usable:
        return
    st.session_state[done] = True
    try:
        describing.pending(process.context(), person, list_id)
    except SpotifyError as error:
        notices.trouble(error)
