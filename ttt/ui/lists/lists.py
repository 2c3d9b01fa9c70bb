"""What the list pages do: refresh, narrow, save and remove."""

from datetime import datetime, timedelta

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ttt import words
from ttt.errors import SpotifyError
from ttt.music import Period
from ttt.services.explain import clock
from ttt.services.lists import describing
from ttt.services.person import Person
from ttt.services.spotify.spotify import Connection
from ttt.services.top import top_tracks
from ttt.services.top.top_tracks import TopList
from ttt.ui.accounts import session
from ttt.ui.frame import address, browser, layout, notices, process, reads
from ttt.ui.spotify import connected
from ttt.ui.work import background

_ASK_AGAIN_AFTER = timedelta(minutes=5)
_PERIOD = "period"


def head() -> tuple[DeltaGenerator, DeltaGenerator]:
    """The title, for the line below it that says what Spotify answers, and a place for the wait."""
    # Without a gap: where a wait stood and ended, one would be left until the next run.
    with st.container(gap=None):
        return layout.head("Top tracks"), st.container()


def refresh_when_stale(person: Person, connection: Connection, waits: DeltaGenerator) -> Person:
    """Ask Spotify when a list is older than a day; say what is in the way, if anything is.

    That somebody waits is said in `waits`. Return the person as they are now, to whom what came
    belongs.
    """
    if not connection.usable:
        connected.ended()
    elif connection.blocked_until is not None:
        connected.blocked(connection.blocked_until, connection.quota_used_up)
    else:
        with waits:
            person = _refresh_stale(person)
        if _tried_lately() and (trouble := st.session_state.get("refresh trouble")) is not None:
            notices.trouble(trouble)
    return person


def period() -> Period:
    """The period that the address names."""
    named = address.of_page([_PERIOD]).get(_PERIOD)
    return next((p for p in Period if p.label == named), Period.SHORT_TERM)


def choose_period(shown: Period) -> None:
    """Let the person choose a period, which is kept in the address."""
    st.session_state[_PERIOD] = shown
    st.segmented_control(
        "Period",
        list(Period),
        required=True,
        format_func=lambda period: period.label,
        label_visibility="collapsed",
        key=_PERIOD,
        on_change=lambda: address.keep({_PERIOD: st.session_state[_PERIOD].label}),
    )


def refresh_button(person: Person, connection: Connection) -> None:
    """Offer to ask Spotify now."""
    # Before the button, which stays where it was pressed.
    waits = st.container(width="content", key="refreshing")
    if st.button(
        "Refresh",
        icon=":material/refresh:",
        type="tertiary",
        disabled=not connection.usable,
        key="refresh",
    ):
        with waits:
            _refresh(person)
        st.rerun()


def _refresh_stale(person: Person) -> Person:
    """Ask Spotify when a list is older than a day, but not again right after it failed."""
    if _tried_lately() or not top_tracks.stale(process.context(), reads.top_lists(person)):
        return person
    _refresh(person)
    return session.anew()


def _tried_lately() -> bool:
    tried: datetime | None = st.session_state.get("refresh tried")
    return tried is not None and process.context().now() - tried <= _ASK_AGAIN_AFTER


def _refresh(person: Person) -> None:
    context, trouble = process.context(), None
    try:
        with notices.waiting("Asking Spotify for your top tracks …"):
            top_tracks.refresh(context, person)
            background.look_up(person, top_tracks.spotify_ids(context, person))
    except SpotifyError as error:
        trouble = error
    # Kept only now: a run that is ended while it asks, by a click or a redraw, has not asked.
    st.session_state["refresh tried"] = context.now()
    st.session_state["refresh trouble"] = trouble


def state(top: TopList, connection: Connection) -> str:
    """One line: how many tracks, how fresh, whose, and since when movements are counted."""
    if top.taken_at is None:
        return "Not refreshed yet"
    zone = browser.zone()
    parts = [words.counted(len(top.rows), "track"), f"refreshed {clock(top.taken_at, zone)}"]
    parts.append(notices.plain(connection.display_name))
    if top.unread:
        parts.append(f"{top.unread} of {top.length} rows could not be read")
    if top.since is not None:
        parts.append(f"moves since {clock(top.since, zone)}")
    return " · ".join(parts)


def since(top: TopList) -> str:
    """Since when the movements of a list are counted, "" where there are none."""
    return "" if top.since is None else f"since {clock(top.since, browser.zone())}"


def today() -> str:
    """The day where the person is."""
    now = process.context().now().astimezone(browser.zone())
    return f"{now:%A}, {now.day} {now:%B}"


def describe_pending(person: Person, connection: Connection | None, list_id: int) -> Person:
    """Look up tracks that could not be described when they were added, once a visit.

    Return the person as they are now, to whom what came belongs.
    """
    done = _described(list_id)
    if done in st.session_state or connection is None or not connection.usable:
        return person
    with notices.telling(SpotifyError):
        describing.pending(process.context(), person, list_id)
    st.session_state[done] = True
    return session.anew()


def describe_again(list_id: int) -> None:
    """Have the next run look for tracks without a description, and say why it found none."""
    st.session_state.pop(_described(list_id), None)


def _described(list_id: int) -> str:
    return f"described {list_id}"


def nothing_yet(top: TopList) -> None:
    """Empty state of a top list."""
    if top.taken_at is None:
        st.info("No list has been fetched yet. Press “Refresh”.")
    else:
        st.info("Spotify knows no top tracks for this period yet. Listen, and come back.")


def nothing_saved(mine: bool) -> str:
    """What to say of an empty list."""
    if mine:
        return "Your list is empty. Search or paste links above, or pick from your top tracks."
    return "Nobody on this server has saved a track yet."
