"""The demo listeners' devices and what plays on them, kept in the memory of one process."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from ttt.demo.library import Track, made_up_id
from ttt.demo.listeners import Listener

_DEVICES = (
    ("Phone", "smartphone", False),
    ("Kitchen speaker", "speaker", False),
    ("Living room TV", "tv", True),
)


@dataclass(frozen=True, slots=True)
class Device:
    """Something that plays; a `restricted` one takes no commands from the Web API."""

    id: str
    name: str
    type: str
    restricted: bool


@dataclass(frozen=True, slots=True)
class Playing:
    """A track that plays or is paused; `changed_ms` is since 1970."""

    track: Track
    device: Device
    is_playing: bool
    progress_ms: int
    changed_ms: int


@dataclass(frozen=True, slots=True)
class _State:
    device: Device
    queue: Sequence[Track]
    is_playing: bool
    position_ms: int
    changed_at: datetime


def devices(listener: Listener) -> list[Device]:
    """The listener's devices, always the same."""
    return [
        Device(made_up_id("device", f"{listener.id} {name}"), name, kind, restricted)
        for name, kind, restricted in _DEVICES
    ]


class Players:
    """What plays for whom; after a start nothing does, and no device is active."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._states: dict[str, _State] = {}
        self._lock = threading.Lock()

    def playing(self, listener: Listener) -> Playing | None:
        """What plays or is paused, None without an active device."""
        with self._lock:
            state = self._up_to_now(listener)
        if state is None or not state.queue:
            return None
        changed = int(state.changed_at.timestamp() * 1000)
        return Playing(state.queue[0], state.device, state.is_playing, state.position_ms, changed)

    def active(self, listener: Listener) -> Device | None:
        """The device that plays, or did last."""
        state = self._states.get(listener.id)
        return None if state is None else state.device

    def play(self, listener: Listener, device: Device, tracks: Sequence[Track]) -> None:
        """Play tracks from the first one's beginning; without tracks, go on."""
        with self._lock:
            before = self._up_to_now(listener)
            queue, at = tuple(tracks), 0
            if not tracks and before is not None:
                queue, at = tuple(before.queue), before.position_ms
            self._states[listener.id] = _State(device, queue, bool(queue), at, self._now())

    def pause(self, listener: Listener) -> bool:
        """Stop here; False when nothing plays."""
        with self._lock:
            state = self._up_to_now(listener)
            if state is None or not state.is_playing:
                return False
            self._states[listener.id] = replace(state, is_playing=False)
            return True

    def next(self, listener: Listener) -> None:
        """Go on with the next track, or stop after the last one."""
        with self._lock:
            state = self._up_to_now(listener)
            if state is not None:
                self._states[listener.id] = _skipped(state)

    def _up_to_now(self, listener: Listener) -> _State | None:
        """The state as it is by now: time has gone on since it was kept."""
        state = self._states.get(listener.id)
        if state is None:
            return None
        now = self._now()
        if state.is_playing:
            passed = int((now - state.changed_at).total_seconds() * 1000)
            state = replace(state, position_ms=state.position_ms + passed)
        while state.queue and state.position_ms >= state.queue[0].duration_ms:
            left = state.position_ms - state.queue[0].duration_ms
            state = replace(_skipped(state), position_ms=left)
        self._states[listener.id] = state = replace(state, changed_at=now)
        return state


def _skipped(state: _State) -> _State:
    queue = state.queue[1:]
    return replace(state, queue=queue, is_playing=bool(queue), position_ms=0)
