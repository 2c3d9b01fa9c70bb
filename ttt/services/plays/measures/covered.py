"""What each source covers of the whole history, and where none does."""

import numpy as np
from numpy.typing import NDArray

from ttt.chartdata import Caption
from ttt.chartdata.discovered import Covered, Lane
from ttt.plays import PlaySource
from ttt.services.plays.frame import Frame, Span, zone
from ttt.services.plays.measures import days, words

# A source that told nothing for so many days is taken to have paused, not to be silent.
_PAUSE = 21


def covered(frame: Frame, span: Span) -> Covered:
    """A lane a source, the one with most plays first; stretches end where weeks are silent."""
    plays = frame.within(span).plays()
    sources, counts = np.unique(plays.source, return_counts=True)
    lanes = tuple(
        _lane(PlaySource(int(source)), plays.day[plays.source == source], int(count), n == 0)
        for n, (source, count) in enumerate(
            sorted(zip(sources, counts, strict=True), key=lambda pair: -pair[1])
        )
    )
    known = days.of_span(frame, span)
    holes = days.holes(frame, span)
    caption = Caption(_takeaway(len(holes), known), words.counted(len(plays), "play"), "")
    return Covered(lanes, holes, span.first, span.last, caption)


def _lane(source: PlaySource, day: NDArray[np.int32], count: int, main: bool) -> Lane:
    breaks = np.flatnonzero(np.diff(day) > _PAUSE) + 1
    parts = np.split(day, breaks)
    stretches = tuple((zone.day(int(p.min())), zone.day(int(p.max()))) for p in parts if len(p))
    return Lane(source.label, stretches, count, main=main)


def _takeaway(holes: int, known: NDArray[np.bool_]) -> str:
    if not holes:
        return f"Every one of {words.counted(len(known), 'day')} is recorded"
    missing = int((~known).sum())
    return (
        f"{words.counted(holes, 'gap')} of {words.counted(missing, 'day')} in all; "
        f"{words.share(int(known.sum()), len(known))} of the time is recorded"
    )
