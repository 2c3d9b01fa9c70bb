"""How good and how quick the harmonic order is, and how quick the search for similar tracks."""

import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from statistics import mean, median

import numpy as np

from ttt import music
from ttt.found import FoundFeatures
from ttt.providers.values.catalogue import Catalogue
from ttt.services.sound import harmonic
from ttt.services.sound.index import COLUMNS, SCALED, SoundIndex
from ttt.settings import PROJECT

LISTS, LENGTH, LONG = 1_000, 50, 500
TRACKS, QUERIES, FOUND = 100_000, 50, 40
_SEED = 1


@dataclass(frozen=True, slots=True)
class Steps:
    """Means over all steps of many lists: steps on the wheel, tempo steps, and what is marked."""

    key: float
    tempo: float
    clashes: float
    jumps: float


@dataclass(frozen=True, slots=True)
class Times:
    """Milliseconds of processor time, and by the clock on the wall."""

    cpu: float
    wall: float


def orders() -> dict[str, Steps]:
    """The lists as they were given, in a random order, and in the harmonic one."""
    chosen, found = random.Random(_SEED), _songs()
    lists = [chosen.sample(found, LENGTH) for _ in range(LISTS)]
    given: list[int] = list(range(LENGTH))
    arranged: dict[str, Callable[[Sequence[FoundFeatures]], Sequence[int]]] = {
        "given": lambda _: given,
        "random": lambda _: chosen.sample(given, LENGTH),
        "harmonic": lambda songs: harmonic.path(*_heard(songs)),
    }
    return {
        name: _steps([[songs[n] for n in order(songs)] for songs in lists])
        for name, order in arranged.items()
    }


def order_times() -> Times:
    """To order a long list."""
    chosen, found = random.Random(_SEED), _songs()
    lists = [_heard(chosen.sample(found, LONG)) for _ in range(QUERIES)]
    return _middle([_timed(partial(harmonic.path, *songs)) for songs in lists])


def query_times() -> tuple[Times, Times]:
    """To make an index of random tracks, and to ask it when it is warm."""
    numbers = np.random.default_rng(_SEED)
    shares = numbers.random((TRACKS, len(SCALED)))
    heard = [
        numbers.uniform(60, 200, TRACKS),
        numbers.integers(0, 12, TRACKS),
        numbers.integers(0, 2, TRACKS),
    ]
    values = np.column_stack([shares, *heard]).astype(np.float32)
    ids = [f"{number:022}" for number in range(TRACKS)]
    made = _timed(lambda: SoundIndex(ids, values))
    index, without = SoundIndex(ids, values), set(ids[:200])
    asked = [dict(zip(COLUMNS, row.tolist(), strict=True)) for row in values[: QUERIES + 1]]
    _, *warm = (_timed(partial(index.nearest, sound, FOUND, without)) for sound in asked)
    return made, _middle(warm)


def _songs() -> list[FoundFeatures]:
    tracks = Catalogue.load(PROJECT / "data" / "catalogue.csv").tracks()
    return [f for t in tracks if (f := t.features) and f.tempo and f.key is not None]


def _heard(songs: Sequence[FoundFeatures]) -> tuple[list[harmonic.Key], list[float]]:
    return [(s.key or 0, s.mode or 0) for s in songs], [s.tempo or 0.0 for s in songs]


def _steps(lists: Sequence[Sequence[FoundFeatures]]) -> Steps:
    keys, tempos = [], []
    for songs in lists:
        their_keys, their_tempos = _heard(songs)
        keys += [music.key_distance(*pair) for pair in pairwise(their_keys)]
        tempos += [music.tempo_step(*pair) for pair in pairwise(their_tempos)]
    return Steps(
        mean(keys),
        mean(tempos),
        mean(key > harmonic.KEY_REACH for key in keys),
        mean(tempo > harmonic.TEMPO_REACH for tempo in tempos),
    )


def _timed(call: Callable[[], object]) -> Times:
    begun, cpu = time.perf_counter(), time.process_time()
    call()
    return Times(1000 * (time.process_time() - cpu), 1000 * (time.perf_counter() - begun))


def _middle(taken: Sequence[Times]) -> Times:
    return Times(median(t.cpu for t in taken), median(t.wall for t in taken))
