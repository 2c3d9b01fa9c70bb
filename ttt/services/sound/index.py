"""How near tracks are to each other by sound: features scaled alike, keys and tempos by ear."""

from collections.abc import Collection, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from ttt.services.sound.harmonic import TEMPO_REACH, wheel

# Liveness tells of the recording and time signature of the notation: neither of the mood.
SCALED = (
    "energy",
    "valence",
    "danceability",
    "acousticness",
    "instrumentalness",
    "speechiness",
    "loudness",
)
COLUMNS = (*SCALED, "tempo", "key", "mode")
# Without these there is too little to compare by.
_NEEDED = ("energy", "valence", "tempo")
_TEMPOS = (20, 300)
# In standard deviations: a tempo that a pitch fader just hides, and a step on the wheel.
_TEMPO_STEP, _KEY_STEP = 0.5, 0.25
_UNKNOWN_KEY = 24

Floats = npt.NDArray[np.float32]


class SoundIndex:
    """Tracks to be searched for those that sound alike; 100,000 of them take 20 MB."""

    def __init__(self, ids: Sequence[str], values: Floats) -> None:
        """Take values by row and COLUMNS, NaN for unknown; tracks that say too little are left."""
        values = _possible(values)
        told = _tells_enough(values)
        values = values[told]
        self._ids = [
            spotify_id for spotify_id, tells in zip(ids, told.tolist(), strict=True) if tells
        ]
        self._places = {spotify_id: place for place, spotify_id in enumerate(self._ids)}
        scaled = np.ascontiguousarray(values[:, : len(SCALED)].T)
        known = ~np.isnan(scaled)
        count = np.maximum(known.sum(axis=1, keepdims=True), 1)
        mean = np.where(known, scaled, 0).sum(axis=1, keepdims=True) / count
        spread = np.sqrt(
            np.where(known, (scaled - mean) ** 2, 0).sum(axis=1, keepdims=True) / count
        )
        self._mean, self._spread = mean, np.where(spread > 0, spread, 1)
        self._scaled = np.where(known, (scaled - self._mean) / self._spread, np.nan)
        self._octaves, self._keys = np.log2(values[:, -3]), _keys(values)

    def __len__(self) -> int:
        return len(self._ids)

    def nearest(
        self, sound: Mapping[str, float | None], count: int, without: Collection[str] = ()
    ) -> list[str]:
        """Ids of the tracks that sound most like one with these values, the nearest first.

        What either does not know does not count. None are found for a track of which too little
        is known itself.
        """
        values = [sound.get(name) for name in COLUMNS]
        asked = _possible(np.array([[np.nan if v is None else v for v in values]], np.float32))
        if not (self._ids and _tells_enough(asked)[0]):
            return []
        apart = self._apart(asked)
        apart[[self._places[i] for i in without if i in self._places]] = np.inf
        count = min(count, len(apart))
        best = np.argpartition(apart, count - 1)[:count]
        # By place where two are equally near, so that the answer is always the same.
        best = best[np.lexsort((best, apart[best]))]
        return [self._ids[place] for place in best if np.isfinite(apart[place])]

    def _apart(self, asked: Floats) -> Floats:
        """Mean square of what is known to both, in standard deviations."""
        total = np.zeros(len(self._ids), dtype=np.float32)
        shared = np.zeros(len(self._ids), dtype=np.float32)
        [told] = asked
        wanted = (told[: len(SCALED)] - self._mean.ravel()) / self._spread.ravel()
        for column, value in zip(self._scaled, wanted, strict=True):
            if not np.isnan(value):
                squares = (column - value) ** 2
                known = ~np.isnan(squares)
                total += np.where(known, squares, 0)
                shared += known
        octaves = self._octaves - np.log2(told[-3])
        steps = (np.exp2(np.abs(octaves - np.rint(octaves))) - 1) / TEMPO_REACH
        total += (_TEMPO_STEP * steps) ** 2
        shared += 1
        [key] = _keys(asked)
        if key != _UNKNOWN_KEY:
            squares = np.append((_KEY_STEP * wheel()[key]) ** 2, 0).astype(np.float32)
            total += squares[self._keys]
            shared += self._keys != _UNKNOWN_KEY
        return np.asarray(total / shared, dtype=np.float32)


def _possible(values: Floats) -> Floats:
    values = values.copy()
    tempos = values[:, -3]
    with np.errstate(invalid="ignore"):
        tempos[(tempos < _TEMPOS[0]) | (tempos > _TEMPOS[1])] = np.nan
    return values


def _tells_enough(values: Floats) -> npt.NDArray[np.bool_]:
    needed = values[:, [COLUMNS.index(name) for name in _NEEDED]]
    return np.asarray(~np.isnan(needed).any(axis=1))


def _keys(values: Floats) -> npt.NDArray[np.intp]:
    """Keys numbered as the wheel is."""
    key, mode = values[:, -2], values[:, -1]
    with np.errstate(invalid="ignore"):
        known = (key >= 0) & (key < 12) & ((mode == 0) | (mode == 1))
    return np.where(known, 2 * np.nan_to_num(key) + np.nan_to_num(mode), _UNKNOWN_KEY).astype(
        np.intp
    )
