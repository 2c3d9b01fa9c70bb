"""Spotify's list of the newest plays: on or off, since when, up to when, and what is in the way."""

import streamlit as st

from ttt import words
from ttt.errors import StoreError
from ttt.services.person import Person
from ttt.services.plays import undoing
from ttt.services.recorders import recording
from ttt.services.recorders.state import Recording
from ttt.services.spotify.spotify import Connection
from ttt.ui.frame import navigation, notices, process, reads
from ttt.ui.frame.listing import sections, times

_LABEL = "Recorder"
_SWITCH = "record what I play"


def show(person: Person, recorder: Recording | None, connection: Connection | None) -> None:
    """How Spotify's plays are recorded, and what to press where they are not."""
    if connection is None:
        _lead("Connect Spotify to record what you play from now on", "Connect Spotify")
    elif not connection.usable:
        _lead("Nothing is recorded: the authorization at Spotify has ended", "Reconnect Spotify")
    elif not connection.allows("recording"):
        _lead("Reconnect Spotify to record what you play", "Reconnect Spotify")
        sections.small(
            "You connected it before this app recorded plays: the permission to see what you "
            "played is missing. All else works as before."
        )
    else:
        _connected(person, recorder, connection)
    _deleting(person)


def _deleting(person: Person) -> None:
    plays = reads.recorded_plays(person)
    if not plays:
        return
    counted = "The play" if plays == 1 else f"All {plays:,} plays"
    cost = (
        f"{counted} recorded from Spotify so far will be deleted, and Spotify tells them no second"
        " time. “Take it out” below makes a file of them first. Plays of files that you brought"
        " stay."
    )
    if notices.asked("Delete what was recorded", cost, "Yes, delete them", small=True):
        with notices.in_words("The recorded plays are deleted."):
            undoing.forget_recorded(process.context(), person)


def _lead(words: str, label: str) -> None:
    sections.heading(_LABEL, words)
    st.page_link(navigation.page("spotify"), label=label, icon=":material/arrow_forward:")


def _connected(person: Person, recorder: Recording | None, connection: Connection) -> None:
    is_on = recorder is None or recorder.on
    sections.heading(_LABEL, _sentence(recorder))
    st.session_state[_SWITCH] = is_on
    st.toggle(
        "Record what I play on Spotify", key=_SWITCH, on_change=_switch, args=(person, not is_on)
    )
    if recorder is not None and recorder.trouble:
        st.warning(notices.plain(recorder.trouble), icon=":material/info:")
    if recorder is not None and recorder.unread:
        unread = words.counted(recorder.unread, "play")
        sections.small(f"{unread} of Spotify’s last list could not be read.")
    sections.facts(_facts(recorder, connection))


def _sentence(recorder: Recording | None) -> str:
    if recorder is None:
        return "Recording begins within a few minutes"
    if not recorder.on:
        were = words.counted(recorder.plays, "play was", "plays were")
        return f"Off: {were} recorded, {'it stays' if recorder.plays == 1 else 'they stay'}"
    if recorder.last_play_at is None:
        return f"Recording since {times.day(recorder.since)}, no play yet"
    last = times.ago(recorder.last_play_at)
    return f"Recording: {words.counted(recorder.plays, 'play')}, the last {_when(last)}"


def _when(ago: str) -> str:
    return f"at {ago}" if ago[0].isdigit() and ":" in ago else ago


def _facts(recorder: Recording | None, connection: Connection) -> list[tuple[str, str]]:
    lines = [
        (
            f"Permission until about {times.day(connection.ends_at)}",
            "Every page says so a month before, and a mail where this server sends any.",
        )
    ]
    if recorder is not None and recorder.on and recorder.asked_at is not None:
        following = f"The next look is at {times.at(recorder.next_at)}." if recorder.next_at else ""
        looked = f"Looked {_when(times.ago(recorder.asked_at))}, since {times.day(recorder.since)}"
        lines.insert(0, (looked, following))
    return lines


def _switch(person: Person, on: bool) -> None:
    turn = recording.turn_on if on else recording.turn_off
    with notices.telling(StoreError):
        turn(process.context(), person)
