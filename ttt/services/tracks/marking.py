"""The tracks that somebody marked on charts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from ttt.music import Measure
from ttt.services.tracks.rows import TrackRow

Span = tuple[float, float]


class Box(NamedTuple):
    """A part of the mood map: two spans of 0-1, their ends included."""

    valence: Span
    energy: Span


@dataclass(frozen=True, slots=True)
class Marked:
    """What is marked on charts: a box on the mood map, Camelot codes, and spans of measures."""

    box: Box | None = None
    codes: Sequence[str] = ()
    spans: Mapping[Measure, Sequence[Span]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.box or self.codes or any(self.spans.values()))

    def among(self, rows: Sequence[TrackRow]) -> Sequence[TrackRow]:
        """The rows that are marked on all charts on which anything is; all when nothing is."""
        if not self:
            return rows
        return [
            row
            for row in rows
            if (self.box is None or _inside(row, self.box))
            and (not self.codes or row.camelot in self.codes)
            and all(_within(row.number(m), spans) for m, spans in self.spans.items() if spans)
        ]


def _inside(row: TrackRow, box: Box) -> bool:
    valence, energy = row.number(Measure.VALENCE), row.number(Measure.ENERGY)
    return (
        valence is not None
        and energy is not None
        and box.valence[0] <= valence <= box.valence[1]
        and box.energy[0] <= energy <= box.energy[1]
    )


def _within(number: float | None, spans: Sequence[Span]) -> bool:
    # The last bar of a share holds 1 as well.
    return number is not None and any(
        low <= round(number, 9) < high or number == high == 1 for low, high in spans
    )
