"""What was begun and left before it was a play."""

import numpy as np

from ttt import words
from ttt.chartdata import By, Caption, Of, Skipped, SkippedRow
from ttt.services.plays.frame import Frame, Span
from ttt.services.plays.measures import counting, coverage, tops

_RULE = "Skipped: left before half a minute, or before its end where a track is shorter"


def skipped(frame: Frame, span: Span, most: int = 50) -> Skipped:
    """The `most` skipped; among equals what began less often comes first."""
    plays = frame.within(span)
    tracks = plays.tracks
    each = np.bincount(plays.track, minlength=len(tracks))
    begun = counting.summed(tracks.recording, each, tracks.recordings)
    skips = begun - counting.totals(plays, Of.TRACKS, By.PLAYS)
    some = np.flatnonzero(skips)
    order = some[np.lexsort((some, begun[some], -skips[some]))]
    rows = tuple(_row(frame, int(key), int(skips[key]), int(begun[key])) for key in order[:most])
    caption = Caption(
        _takeaway(plays, rows, int((skips == skips.max(initial=0)).sum())),
        coverage.recorded(frame, span),
        _RULE,
        coverage.before(frame, span, lambda before: skipped(frame, before, 2).caption.takeaway),
    )
    return Skipped(rows, caption)


def _row(frame: Frame, key: int, skips: int, begun: int) -> SkippedRow:
    title, artists, face = tops.named(frame, Of.TRACKS, key)
    return SkippedRow(key, title, artists, skips, begun, frame.tracks.cover_url[face])


def _takeaway(plays: Frame, rows: tuple[SkippedRow, ...], equals: int) -> str:
    if not len(plays):
        return words.NOTHING
    if not rows:
        return "Nothing was skipped, as far as your sources say"
    first = rows[0]
    if equals == 1:
        times = words.counted(first.begun, "time")
        return f"{first.title} was skipped most, {first.skips} of {times}"
    what = words.counted(equals, "track")
    if equals == 2:
        what = f"{first.title} and {rows[1].title}"
    often = words.counted(first.skips, "time") if first.skips > 1 else "once"
    return f"{what} were skipped most, {often} each"
