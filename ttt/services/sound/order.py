"""Orders tracks by how they sound. Unknown values are not guessed: their tracks come last."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ttt.music import Measure
from ttt.services.sound import harmonic
from ttt.services.tracks.captions import number
from ttt.services.tracks.rows import TrackRow

# About half an hour of songs from a trough of the wave to its crest.
_HALF_WAVE = 8


class Order(StrEnum):
    """How tracks can follow each other."""

    TEMPO_UP = "tempo_up"
    TEMPO_DOWN = "tempo_down"
    TEMPO_WAVE = "tempo_wave"
    ENERGY_ARC = "energy_arc"
    HARMONIC = "harmonic"

    @property
    def label(self) -> str:
        """Name shown to people."""
        return _LABELS[self]

    @property
    def needs(self) -> str:
        """What has to be known of a track."""
        return {Order.ENERGY_ARC: "energy", Order.HARMONIC: "tempo and key"}.get(self, "tempo")


_LABELS = {
    Order.TEMPO_UP: "Tempo, slow to fast",
    Order.TEMPO_DOWN: "Tempo, fast to slow",
    Order.TEMPO_WAVE: "Tempo in waves",
    Order.ENERGY_ARC: "Energy arc, with its peak late",
    Order.HARMONIC: "Harmonic mix",
}


@dataclass(frozen=True, slots=True)
class Ordered:
    """All rows that were given; the last `unplaced` lack what the order needs, as `note` says."""

    rows: tuple[TrackRow, ...]
    unplaced: int = 0
    note: str | None = None


def arranged(rows: Sequence[TrackRow], order: Order) -> Ordered:
    """The rows in an order; the same rows always come out the same way.

    Tracks without the values that it needs keep the order they were given in, after all others.
    """
    known = [row for row in rows if _is_known(row, order)]
    unknown = [row for row in rows if not _is_known(row, order)]
    return Ordered((*_ARRANGE[order](known), *unknown), len(unknown), _note(unknown, order))


def _is_known(row: TrackRow, order: Order) -> bool:
    if order is Order.ENERGY_ARC:
        return number(row, Measure.ENERGY) is not None
    has_tempo = number(row, Measure.TEMPO) is not None
    return has_tempo and (order is not Order.HARMONIC or row.key is not None)


def _note(unknown: Sequence[TrackRow], order: Order) -> str | None:
    if not unknown:
        return None
    one = len(unknown) == 1
    tracks, stand = ("1 track", "stands") if one else (f"{len(unknown)} tracks", "stand")
    return f"{tracks} without a known {order.needs} {stand} at the end, in the order given"


def _known(row: TrackRow, measure: Measure) -> float:
    """A value that is there, as `_is_known` saw."""
    return number(row, measure) or 0.0


def _rising(rows: Sequence[TrackRow], measure: Measure) -> list[TrackRow]:
    return sorted(rows, key=lambda row: _known(row, measure))


def _slow_to_fast(rows: Sequence[TrackRow]) -> list[TrackRow]:
    return _rising(rows, Measure.TEMPO)


def _fast_to_slow(rows: Sequence[TrackRow]) -> list[TrackRow]:
    return sorted(rows, key=lambda row: -_known(row, Measure.TEMPO))


def _waves(rows: Sequence[TrackRow]) -> list[TrackRow]:
    """Rise and fall by turns, each over the whole range of tempos."""
    slopes = max(2, round(len(rows) / _HALF_WAVE))
    rising = _rising(rows, Measure.TEMPO)
    dealt = [rising[slope::slopes] for slope in range(slopes)]
    return [row for n, slope in enumerate(dealt) for row in (reversed(slope) if n % 2 else slope)]


def _arc(rows: Sequence[TrackRow]) -> list[TrackRow]:
    """Two tracks of three on the way up: the peak comes after two thirds, as in a DJ's set."""
    rising = _rising(rows, Measure.ENERGY)
    fall = rising[1::3]
    return [row for place, row in enumerate(rising) if place % 3 != 1] + fall[::-1]


def _harmonic(rows: Sequence[TrackRow]) -> list[TrackRow]:
    keys = [row.key for row in rows if row.key is not None]
    tempos = [_known(row, Measure.TEMPO) for row in rows]
    return [rows[place] for place in harmonic.path(keys, tempos)]


_ARRANGE: dict[Order, Callable[[Sequence[TrackRow]], list[TrackRow]]] = {
    Order.TEMPO_UP: _slow_to_fast,
    Order.TEMPO_DOWN: _fast_to_slow,
    Order.TEMPO_WAVE: _waves,
    Order.ENERGY_ARC: _arc,
    Order.HARMONIC: _harmonic,
}
