"""The tracks that somebody chose on charts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ttt.music import Measure
from ttt.services.tracks.rows import TrackRow

Span = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is marked on each chart: tracks by URI, Camelot codes, and spans of measures."""

    uris: Sequence[str] = ()
    codes: Sequence[str] = ()
    spans: Mapping[Measure, Sequence[Span]] = field(default_factory=dict)

    def among(self, rows: Sequence[TrackRow]) -> Sequence[TrackRow]:
        """The rows that are marked on all charts on which anything is; all when nothing is."""
        if not (self.uris or self.codes or any(self.spans.values())):
            return rows
        uris = set(self.uris)
        return [
            row
            for row in rows
            if (not uris or row.uri in uris)
            and (not self.codes or row.camelot in self.codes)
            and all(_within(row.number(m), spans) for m, spans in self.spans.items() if spans)
        ]


def _within(number: float | None, spans: Sequence[Span]) -> bool:
    # The last bar of a share holds 1 as well.
    return number is not None and any(
        low <= round(number, 9) < high or number == high == 1 for low, high in spans
    )
