"""Playing tracks on the person's own devices."""

from collections.abc import Callable, Sequence

import streamlit as st

from ttt import words
from ttt.errors import NoActiveDevice, SpotifyError
from ttt.found import Device, NowPlaying
from ttt.services.person import Person
from ttt.services.spotify import playback
from ttt.services.spotify.playback import Player
from ttt.ui.frame import kept, labels, notices, process, reads
from ttt.ui.spotify import connected

_NOT_NAMED = (
    "What plays here takes no tracks from other apps: open Spotify on another device, then look "
    "again."
)


def controls(person: Person, uris: Sequence[str], key: str) -> None:
    """Choose a device, play tracks on it, pause and skip: what opens under a button."""
    icon, name = ":material/play_arrow:", f"player-{key}"
    place = st.popover("Play", icon=icon, type="tertiary", key=name, on_change="rerun")
    if place.open:
        with place:
            _permitted(person, uris, key)


def fold(person: Person, uris: Sequence[str], key: str) -> None:
    """The same, unfolding within something that opens."""
    place = st.expander(
        "Play", icon=":material/play_arrow:", key=f"player-{key}", on_change="rerun"
    )
    if place.open:
        with place:
            _permitted(person, uris, key)


def _permitted(person: Person, uris: Sequence[str], key: str) -> None:
    if connected.permitted(reads.connection(person), "playback"):
        _panel(person, uris, key)


def _panel(person: Person, uris: Sequence[str], key: str) -> None:
    with notices.waiting("Asking Spotify for your devices …"):
        state = reads.player(person)
    device = _choose(state.devices, key) if state.devices else None
    with st.container(horizontal=True):
        if device is not None and _play_button(uris, key):
            context = process.context()
            state = _do(person, lambda: playback.play(context, person, uris, device.id))
        st.button(
            "Look again",
            icon=":material/refresh:",
            key=f"look-{key}",
            on_click=reads.forget_player,
            args=(person,),
        )
    if len(uris) > playback.MOST:
        st.caption(f"Spotify takes the first {playback.MOST} of {len(uris):,} tracks at a time.")
    state = _playing(person, state, key)
    if device is None and state.trouble is None:
        st.caption(_NOT_NAMED)
    if state.trouble is not None:
        notices.trouble(state.trouble)


def _choose(devices: Sequence[Device], key: str) -> Device:
    names = labels.apart({device: _label(device) for device in devices})
    return kept.choice(
        *("Device", devices, f"device-{key}", "device"),
        name=names.__getitem__,
        known_by=lambda device: device.id,
    )


def _label(device: Device) -> str:
    parts = [notices.line(device.name) or "Device without a name"]
    if device.active:
        parts.append("active")
    if device.restricted:
        parts.append("takes no commands")
    return " · ".join(parts)


def _play_button(uris: Sequence[str], key: str) -> bool:
    count = min(len(uris), playback.MOST)
    label = f"Play {words.counted(count, 'track')}"
    # Its own key: the label changes with the selection.
    return st.button(label, type="primary", disabled=not uris, key=f"start-{key}")


def _playing(person: Person, state: Player, key: str) -> Player:
    """Say what plays, with its buttons; return the state after they were pressed."""
    place, context = st.empty(), process.context()
    if state.now is not None:
        with st.container(horizontal=True):
            if st.button("Pause", icon=":material/pause:", key=f"pause-{key}"):
                state = _do(person, lambda: playback.pause(context, person))
            if st.button("Next", icon=":material/skip_next:", key=f"next-{key}"):
                state = _do(person, lambda: playback.skip(context, person))
    # Who was not told what plays does not say that nothing does.
    if state.devices or state.now is not None:
        place.markdown(_now(state.now))
    return state


def _now(now: NowPlaying | None) -> str:
    if now is None:
        return "Nothing plays."
    what = "something that is no track" if now.track is None else now.track.label
    where = f" on {notices.plain(now.device)}" if now.device else ""
    return f"{'Plays' if now.playing else 'Paused'}{where}: **{notices.plain(what)}**"


def _do(person: Person, command: Callable[[], object]) -> Player:
    """Give a command and look what plays after it; or keep why it was not taken."""
    try:
        with notices.waiting("Telling Spotify …"):
            command()
    except SpotifyError as error:
        before = reads.player(person)
        # Where Spotify finds no device, what it said to play no longer does.
        now = None if isinstance(error, NoActiveDevice) else before.now
        reads.forget_player(person)
        return Player(before.devices, now, error)
    reads.forget_player(person)
    with notices.waiting("Asking Spotify what plays …"):
        return reads.player(person)
