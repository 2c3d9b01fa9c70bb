"""Made-up plays as three sources see them, with loops, restarts, pauses and what gets lost."""

from collections import Counter
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from ttt.plays import Counts, PlaySource
from ttt.services.plays.judging.told import Told

_BY_NAMES = 1_000_000


@dataclass
class World:
    """Plays in seconds: track, start, end, how long was played, how long the track is."""

    plays: list[tuple[int, float, float, float, float]] = field(default_factory=list)

    @classmethod
    def of(cls, count: int, rng: np.random.Generator) -> "World":
        world, at, track = cls(), 1.7e9, -1
        while len(world.plays) < count:
            chance = rng.random()
            if track < 0 or chance > 0.11:
                track = int(count * 0.15 * rng.random() ** 2)
            length = played = 150.0 + (track * 37) % 200
            if 0.06 < chance < 0.09:
                skipped = 2 + 18 * rng.random()
                world.plays.append((track, at, at + skipped, skipped, length))
                at += skipped + 0.5
            elif rng.random() < 0.2:
                played *= rng.random()
            pause = rng.exponential(300) if rng.random() < 0.05 and played > 20 else 0
            world.plays.append((track, at, at + played + pause, played, length))
            at += played + pause + 0.4
            if rng.random() < 0.07:
                at += rng.exponential(4 * 3600)
        return world

    def is_looped(self, play: int) -> bool:
        near = self.plays[max(play - 3, 0) : play] + self.plays[play + 1 : play + 4]
        return any(self.plays[play][0] == other[0] for other in near)


Row = tuple[int, ...]
Seen = list[tuple[int, Row]]
"""The play that made it, and a row of `Told`."""


def full(world: World, rng: np.random.Generator) -> Seen:
    """Spotify's full list: ends, and how long was played."""
    rows = []
    for play, (track, start, end, ms, _) in enumerate(world.plays):
        begun = start if rng.random() < 0.8 else end - ms
        source = PlaySource.SPOTIFY_HISTORY
        rows.append((play, (int(end), int(begun), int(ms * 1000), track, track, source, 0, -1)))
    return rows


def recent(world: World, rng: np.random.Generator) -> Seen:
    """Spotify's recent list: ends and some starts, some missing, some under another id."""
    rows = []
    for play, (track, start, end, ms, length) in enumerate(world.plays):
        if ms < 30 or rng.random() < 0.03:
            continue
        at = int((end if rng.random() < 0.8 else start) + rng.normal(0, 0.8))
        own = track + 100_000 * (rng.random() < 0.03)
        source = PlaySource.SPOTIFY_RECENT
        begun = at - int(length)
        rows.append((play, (at, begun, -1, own, track, source, 0, int(length * 1000))))
    return rows


def lastfm(world: World, rng: np.random.Generator) -> Seen:
    """Last.fm: starts of what was heard for half or four minutes, some told twice."""
    rows = []
    for play, (track, start, _, ms, length) in enumerate(world.plays):
        if ms < min(length / 2, 240):
            continue
        at = round(start + rng.normal(0, 2))
        source, named = PlaySource.LASTFM, _BY_NAMES + track
        rows.append((play, (at, at, -1, named, track, source, 0, int(length * 1000))))
        if rng.random() < 0.01:
            rows.append((play, (at + 2, at + 2, -1, named, track, source, 0, int(length * 1000))))
    return rows


def told(*seen: Seen) -> Told:
    rows = np.array([row for source in seen for _, row in source], np.int64)
    return Told(*rows.T)


def counted(seen: Seen, verdicts: NDArray[np.uint8]) -> Counter[int]:
    """How often each play counts by the rows of one source."""
    counts = {int(Counts.PLAY), int(Counts.SKIP)}
    pairs = zip(seen, verdicts.tolist(), strict=True)
    return Counter(play for (play, _), verdict in pairs if verdict in counts)
