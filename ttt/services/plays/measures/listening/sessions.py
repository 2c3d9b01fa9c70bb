"""Sittings: plays that follow each other without a long break."""

from datetime import UTC, datetime

import numpy as np

from ttt import words
from ttt.chartdata import By, Caption, Of, Sitting, Sittings
from ttt.services.plays.frame import Frame, Span
from ttt.services.plays.measures import coverage, tops

BREAK = 30 * 60


def sittings(frame: Frame, span: Span, most: int = 5) -> Sittings:
    """A sitting ends where more than half an hour goes by from a play's end to the next."""
    plays = frame.within(span)
    if not len(plays):
        return Sittings((), Caption(words.NOTHING, "", ""))
    ends = np.maximum.accumulate(plays.started + plays.heard // 1000)
    begins = np.flatnonzero(np.concatenate(([True], plays.started[1:] - ends[:-1] > BREAK)))
    stops = np.append(begins[1:], len(plays))
    lengths = ends[stops - 1] - plays.started[begins]
    order = np.lexsort((begins, -lengths))[:most]
    longest = tuple(
        _sitting(frame, plays, int(begins[n]), int(stops[n]), int(lengths[n])) for n in order
    )
    typical = float(np.median(lengths))
    when = words.day(longest[0].began.date(), year=span.long)
    guess = coverage.about(plays, By.MINUTES)
    takeaway = (
        f"{words.counted(len(begins), 'sitting')}, typically {guess}{words.length(typical)}; "
        f"the longest {words.length(longest[0].seconds)} on {when}"
    )
    before = coverage.before(frame, span, lambda b: sittings(frame, b, 1).caption.takeaway)
    caption = Caption(takeaway, coverage.of_time(frame, span, By.MINUTES), _RULE, before)
    return Sittings(longest, caption)


_RULE = "A sitting ends with a break of more than half an hour."


def _sitting(frame: Frame, plays: Frame, begin: int, stop: int, seconds: int) -> Sitting:
    part = plays.only(slice(begin, stop))
    most = tops.ranked(part, Of.TRACKS, By.MINUTES, 1)
    began = datetime.fromtimestamp(int(part.local[0]), UTC).replace(tzinfo=None)
    plays_ = int(part.play.sum())
    if not len(most):
        return Sitting(began, seconds, plays_, "")
    key = int(most[0])
    title, artists, face = tops.named(frame, Of.TRACKS, key)
    return Sitting(began, seconds, plays_, title, key, artists, frame.tracks.cover_url[face])
