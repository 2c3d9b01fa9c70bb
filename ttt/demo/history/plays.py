"""The plays of a demo listener as columns: the same in every process, and never another past.

Each week is drawn from chances of its own, so a later day only adds. `played` takes about half a
second for ten years, once in half a year and process.
"""

from dataclasses import dataclass, fields
from datetime import datetime
from functools import lru_cache
from typing import Self

import numpy as np

from ttt.demo.history.leanings import weights
from ttt.demo.history.lives import LIVES, Life
from ttt.demo.history.sittings import Sittings, seconds, sittings
from ttt.demo.library import Library
from ttt.demo.listeners import Listener
from ttt.demo.ranks import Bools, Floats, Ints, chance, iso_week

DONE, FORWARD, LOGOUT = range(3)
"""Reasons of an end."""
_WEEKS = 26


@dataclass(frozen=True, eq=False)
class Plays:
    """Columns of one length, in order of time.

    `start` and `end` are milliseconds of UTC since 1970, `ms` is how long the track sounded,
    `track` its place in the library; `luck` is a number from 0 to 1 for whoever tells of the play.
    """

    start: Ints
    end: Ints
    ms: Ints
    track: Ints
    reason: Ints
    device: Ints
    first: Bools
    """Begins a session."""
    shuffle: Bools
    private: Bools
    offline: Bools
    luck: Floats

    def __len__(self) -> int:
        return len(self.start)

    def where(self, rows: object) -> Self:
        """Some of the rows: a slice, a mask or places."""
        return type(self)(*(getattr(self, column.name)[rows] for column in fields(self)))


def played(library: Library, listener: Listener, now: datetime) -> Plays:
    """Everything that had ended by `now`."""
    return _ended(_drawn(library, listener, 0, _half_year(now)), now)


def played_lately(library: Library, listener: Listener, now: datetime) -> Plays:
    """The same of the last half-year at least, in a tenth of the time."""
    until = _half_year(now)
    return _ended(_drawn(library, listener, until - 3 * _WEEKS, until), now)


def _half_year(now: datetime) -> int:
    # To its end, or each new week would be drawn together with all before.
    return (iso_week(now) // _WEEKS + 1) * _WEEKS


def _ended(plays: Plays, now: datetime) -> Plays:
    return plays.where(slice(int(np.searchsorted(plays.end, seconds(now) * 1000, "right"))))


@lru_cache(maxsize=16)
def _drawn(library: Library, listener: Listener, first: int, last: int) -> Plays:
    """The plays from one week to another, or from when somebody joined."""
    life = LIVES[listener.id]
    joined = (life.joined.toordinal() - 1) // 7
    last = max(joined, last)
    wanted, known = weights(library, listener, joined, last)
    drawn = [
        _week(
            *(library, life, chance(listener, f"week {week}"), week),
            *(wanted[week - joined], week - joined - known),
        )
        for week in range(max(joined, min(first, last)), last + 1)
    ]
    names = [column.name for column in fields(Plays)]
    return Plays(*(np.concatenate([getattr(week, name) for week in drawn]) for name in names))


def _week(
    library: Library, life: Life, draw: np.random.Generator, week: int, wanted: Floats, age: Ints
) -> Plays:
    """The plays of one week: sessions, their tracks, and how each track ended."""
    sat = sittings(life, draw, week)
    session = np.repeat(np.arange(len(sat.starts)), sat.lengths)
    track = _tracks(library, draw, wanted, sat, session)
    eager = _skip_chance(life, sat, session, age[track])
    ms, reason = _heard(draw, library_lengths(library)[track], eager)
    between = np.where(draw.random(len(track)) < 0.08, draw.integers(5_000, 240_000, len(track)), 0)
    wall = ms + between
    start, first = _starts(sat, session, wall + draw.integers(1_800, size=len(track)))
    end = start + wall
    until = np.append(sat.starts[1:], sat.end)[session] * 1000
    drawn = Plays(
        start=start,
        end=end,
        ms=ms,
        track=track,
        reason=reason,
        device=sat.devices[session],
        first=first,
        shuffle=sat.shuffled[session],
        private=sat.private[session],
        offline=sat.offline[session],
        luck=draw.random(len(track)),
    )
    return drawn.where(end + 1_000 < until)


@lru_cache(maxsize=4)
def library_lengths(library: Library) -> Ints:
    """Length of each track in milliseconds."""
    return np.array([track.duration_ms for track in library.tracks])


@lru_cache(maxsize=4)
def _calm(library: Library) -> Floats:
    energy = np.array([track.energy for track in library.tracks])
    calm: Floats = (energy.mean() - energy) / energy.std()
    return calm


def _tracks(
    library: Library, draw: np.random.Generator, wanted: Floats, sat: Sittings, session: Ints
) -> Ints:
    """A track for each play: calmer ones in the morning and at night; loops repeat their first."""
    luck = draw.random(len(session))
    track = np.zeros(len(session), dtype=int)
    for part, lean in enumerate((0.25, -0.15, 0.5)):
        added = np.cumsum(wanted * np.exp(lean * _calm(library)))
        here = sat.parts[session] == part
        track[here] = np.searchsorted(added, luck[here] * added[-1], "right")
    heads = np.cumsum(sat.lengths) - sat.lengths
    looped: Ints = np.where(sat.loops[session], track[heads[session]], track)
    return looped


def _skip_chance(life: Life, sat: Sittings, session: Ints, age: Ints) -> Floats:
    """Shuffling and what is new make impatient; a loop is heard to the end."""
    eager = life.skips * np.where(sat.shuffled[session], 1.6, 0.7) + 0.12 * np.exp(-age / 3)
    patient: Floats = np.where(sat.loops[session], 0.0, eager)
    return patient


def _heard(draw: np.random.Generator, length: Ints, eager: Floats) -> tuple[Ints, Ints]:
    """How long each track sounded, and why it ended."""
    luck, part = draw.random(len(length)), draw.random(len(length))
    quick = (draw.lognormal(2.0, 0.9, len(length)) * 1000).clip(300, 29_900).astype(int)
    quick[part < 0.1] = 0
    some = (length * (0.25 + 0.7 * part)).astype(int)
    ms = np.where(luck < eager, quick, np.where(luck < eager * 1.4, some, length))
    ended = np.where(luck < eager * 1.4, FORWARD, np.where(luck > 0.985, LOGOUT, DONE))
    cut: Ints = np.where(ended == LOGOUT, some, ms)
    return np.minimum(cut, length), ended


def _starts(sat: Sittings, session: Ints, steps: Ints) -> tuple[Ints, Bools]:
    """When each play begins, one after the other in its session; and which begin one."""
    heads = np.cumsum(sat.lengths) - sat.lengths
    before = np.cumsum(steps) - steps
    start = sat.starts[session] * 1000 + before - before[heads[session]]
    return start, np.isin(np.arange(len(session)), heads)
