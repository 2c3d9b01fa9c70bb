"""How a list flows when it is played from the top: tempo, energy, and where it does not fit."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from ttt import music
from ttt.chartdata import Caption, Flow, FlowMark, FlowPoint
from ttt.music import Measure
from ttt.services.sound.harmonic import KEY_REACH, TEMPO_REACH
from ttt.services.tracks import takeaways
from ttt.services.tracks.captions import coverage, number, sources
from ttt.services.tracks.rows import TrackRow

_SHOWN = (Measure.TEMPO, Measure.ENERGY, "key", "mode")


def flow(rows: Sequence[TrackRow]) -> Flow:
    """Tempo and energy over the playing time, with what clashes between neighbours.

    A track of unknown length adds nothing to the time and is no point; whether it fits to its
    neighbours is looked at all the same.
    """
    starts = _starts(rows)
    points = tuple(
        _point(row, start, row.duration_ms / 1000)
        for row, start in zip(rows, starts, strict=False)
        if row.duration_ms
    )
    marks = tuple(
        mark
        for (one, other), at in zip(pairwise(rows), starts[1:], strict=False)
        for mark in _marks(one, other, at)
    )
    return Flow(points, marks, starts[-1], _caption(rows, marks, starts[-1]))


def _starts(rows: Iterable[TrackRow]) -> list[float]:
    """When each track starts, and when the last one ends, in seconds."""
    starts = [0.0]
    for row in rows:
        starts.append(starts[-1] + (row.duration_ms or 0) / 1000)
    return starts


def _point(row: TrackRow, start: float, length: float) -> FlowPoint:
    tempo, energy = number(row, Measure.TEMPO), number(row, Measure.ENERGY)
    return FlowPoint(row.label, start, start + length, tempo, energy, row.camelot)


def _marks(one: TrackRow, other: TrackRow, at: float) -> Iterator[FlowMark]:
    if one.key is not None and other.key is not None:
        steps = music.key_distance(one.key, other.key)
        if steps > KEY_REACH:
            what = f"{one.camelot} to {other.camelot}, {steps} steps on the wheel"
            yield FlowMark("clash", at, one.label, other.label, what)
    before, after = number(one, Measure.TEMPO), number(other, Measure.TEMPO)
    if before is not None and after is not None:
        step = music.tempo_step(before, after)
        if step > TEMPO_REACH:
            what = f"{before:.0f} to {after:.0f} BPM, {step:.0%} apart"
            yield FlowMark("jump", at, one.label, other.label, what)


def _caption(rows: Sequence[TrackRow], marks: Sequence[FlowMark], seconds: float) -> Caption:
    tempos = [tempo for row in rows if (tempo := number(row, Measure.TEMPO)) is not None]
    kinds = [mark.kind for mark in marks]
    judged = sum(one.key is not None and other.key is not None for one, other in pairwise(rows))
    clashes = kinds.count("clash") if judged else None
    complete = sum(_is_complete(row) for row in rows)
    covered = coverage(complete, len(rows), "tempo, energy and a key")
    unknown = sum(not row.duration_ms for row in rows)
    if unknown:
        covered += f", {unknown} of unknown length {'is' if unknown == 1 else 'are'} not drawn"
    takeaway = takeaways.flow(clashes, kinds.count("jump"), tempos, seconds)
    return Caption(takeaway, covered, sources(rows, _SHOWN))


def _is_complete(row: TrackRow) -> bool:
    values = number(row, Measure.TEMPO), number(row, Measure.ENERGY), row.key
    return all(value is not None for value in values)
