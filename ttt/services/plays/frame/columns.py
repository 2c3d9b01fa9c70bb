"""A person's plays as columns: what every measure reads.

Rows ascend by their start. Narrowing gives another frame over the same tracks; where a stretch of
time is cut out, its columns are views. Derived columns are made when first asked for.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from ttt.plays import How, PlaySource
from ttt.services.plays.frame import zone
from ttt.services.plays.frame.span import Span
from ttt.services.plays.frame.tracks import Tracks

Rows = NDArray[np.bool_] | NDArray[np.int64] | slice
V = TypeVar("V")


class Gap(NamedTuple):
    """A stretch in which nothing was recorded: from and to in seconds of UTC, and why."""

    start: int
    end: int
    reason: str = ""


@dataclass(frozen=True)
class Narrowing:
    """Which plays to look at; None leaves all in. `artist` and `genre` are names.

    Private sessions are left out unless asked for.
    """

    source: PlaySource | None = None
    artist: str | None = None
    genre: str | None = None
    private: bool = False


@dataclass(frozen=True, eq=False)
class Frame:
    """Columns of plays and skips: `started` and `offset` (of the wall clock) in seconds.

    `ms` is how long each was heard, -1 where nobody knows; `track` a place in `tracks`. `begins`
    is the number of the day on which the whole history begins, whatever was narrowed since.
    """

    started: NDArray[np.int64]
    offset: NDArray[np.int32]
    ms: NDArray[np.int32]
    track: NDArray[np.int32]
    source: NDArray[np.uint8]
    how: NDArray[np.uint16]
    play: NDArray[np.bool_]
    device: NDArray[np.uint8]
    tracks: Tracks
    zone: str
    begins: int
    gaps: tuple[Gap, ...] = ()
    _kept: dict[Hashable, Any] = field(default_factory=dict, repr=False)

    def __len__(self) -> int:
        return len(self.started)

    @cached_property
    def local(self) -> NDArray[np.int64]:
        """Seconds since 1970 on the person's wall clock."""
        return self.started + self.offset

    @cached_property
    def day(self) -> NDArray[np.int32]:
        """Number of the local day each began on; they may step back where clocks do."""
        return self._hours // np.int32(24)

    @cached_property
    def hour(self) -> NDArray[np.int8]:
        """Local hour each began in, 0-23."""
        return (self._hours - self.day * np.int32(24)).astype(np.int8)

    @cached_property
    def _hours(self) -> NDArray[np.int32]:
        """Local hours since 1970: numbers half as wide divide three times as fast."""
        return (self.local // 3_600).astype(np.int32)

    @cached_property
    def song(self) -> NDArray[np.int32]:
        """The recording of each, as a number below `tracks.recordings`."""
        return self.tracks.recording[self.track]

    @cached_property
    def heard(self) -> NDArray[np.int32]:
        """Milliseconds heard; where unknown the track's length, and 0 where that is too."""
        if (self.ms >= 0).all():
            return self.ms
        lengths = np.maximum(self.tracks.duration_ms, 0)
        return np.where(self.ms >= 0, self.ms, lengths[self.track])

    @cached_property
    def sources(self) -> tuple[PlaySource, ...]:
        """Those that told of any of them."""
        return tuple(PlaySource(int(n)) for n in np.flatnonzero(np.bincount(self.source)))

    @cached_property
    def estimated(self) -> bool:
        """Whether the time heard is partly a guess."""
        return bool((self.ms < 0).any())

    def within(self, span: Span) -> "Frame":
        """Those that began on a day of the span; what it derives serves all who ask for it."""
        spans = self.keep("spans", OrderedDict[tuple[int, int], Frame])
        key = span.begin, span.end
        found = spans.get(key) or self.cut(span)
        spans[key] = found
        while len(spans) > _SPANS_KEPT:
            spans.popitem(last=False)
        return found

    def cut(self, span: Span) -> "Frame":
        """The same anew: for what nobody else asks for."""
        begin, end = span.begin * zone.DAY, span.end * zone.DAY
        # No clock is further from UTC than a day, so whatever counts lies in this window.
        low, high = np.searchsorted(self.started, (begin - zone.DAY, end + zone.DAY))
        local = self.started[low:high] + self.offset[low:high]
        inside = (local >= begin) & (local < end)
        if not inside.any():
            return self.only(slice(0, 0))
        if len(inside) == len(self) and inside.all():
            return self
        first, last = int(inside.argmax()), len(inside) - int(inside[::-1].argmax())
        window = self.only(slice(int(low) + first, int(low) + last))
        # Clocks that go back over midnight bring the day before once more.
        return window if inside[first:last].all() else window.only(inside[first:last])

    def narrowed(self, to: Narrowing) -> "Frame":
        """Those that the narrowing leaves in."""
        kept = np.ones(len(self), np.bool_)
        if not to.private:
            kept &= (self.how & How.PRIVATE) == 0
        if to.source is not None:
            kept &= self.source == to.source
        if to.artist is not None:
            kept &= _of_artist(self.tracks, to.artist)[self.track]
        if to.genre is not None:
            kept &= of_genre(self.tracks, to.genre)[self.track]
        return self if kept.all() else self.only(kept)

    def only(self, rows: Rows) -> "Frame":
        """Those rows."""
        columns = {name: getattr(self, name)[rows] for name in _COLUMNS}
        return replace(self, **columns, _kept={})

    def plays(self) -> "Frame":
        """Without the skips."""
        return self.keep("plays", lambda: self if self.play.all() else self.only(self.play))

    def keep(self, key: Hashable, make: Callable[[], V]) -> V:
        """What `make` gives, made once for this frame: several measures may share it."""
        if key not in self._kept:
            self._kept[key] = make()
        found: V = self._kept[key]
        return found


# A span and the one before it, and one more.
_SPANS_KEPT = 3
_COLUMNS = ("started", "offset", "ms", "track", "source", "how", "play", "device")


def _of_artist(tracks: Tracks, name: str) -> NDArray[np.bool_]:
    """Which tracks the artist is named first for."""
    names = tracks.artist_names
    found: NDArray[np.bool_] = tracks.artist == (names.index(name) if name in names else -2)
    return found


def of_genre(tracks: Tracks, name: str) -> NDArray[np.bool_]:
    """Which tracks have the genre."""
    found = np.zeros(len(tracks), np.bool_)
    if name in tracks.genre_names:
        owners = np.repeat(np.arange(len(tracks)), tracks.genres_each)
        found[owners[tracks.genre == tracks.genre_names.index(name)]] = True
    return found
