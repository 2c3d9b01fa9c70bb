"""How much of a chart is known: days recorded, times guessed, values found."""

from collections.abc import Callable

import numpy as np

from ttt import words
from ttt.chartdata import By
from ttt.services.plays.frame import Frame, Span
from ttt.services.plays.measures import days


def recorded(frame: Frame, span: Span) -> str:
    """ "347 of 365 days recorded"."""
    known = days.of_span(frame, span)
    if known.all():
        return "every day recorded"
    return f"{words.whole(int(known.sum()))} of {words.counted(len(known), 'day')} recorded"


def of_time(frame: Frame, span: Span, by: By) -> str:
    """Days recorded and, where minutes are shown, for how many plays they are a guess."""
    return words.facts(recorded(frame, span), guessed(frame.within(span), by))


def guessed(frame: Frame, by: By) -> str:
    """For how many plays the minutes are not known: their track's length stands in, or nothing."""
    if by is not By.MINUTES or not frame.estimated:
        return ""
    unknown = frame.ms < 0
    part = words.share(int(unknown.sum()), len(frame))
    blank = int((unknown & (frame.heard == 0)).sum())
    text = f"minutes are about right: for {part} of plays they are the track’s length"
    return f"{text}, or none for {words.counted(blank, 'play')}" if blank else text


def weighed(told: str, frame: Frame, by: By = By.MINUTES) -> str:
    """What is known of something that is weighed, and how sure minutes are."""
    return words.facts(told, guessed(frame, by))


def before(frame: Frame, span: Span, takeaway: Callable[[Span], str]) -> str:
    """What the same chart says of the time before: "the year before: …"; "" without one."""
    if span.before is None:
        return ""
    name = span.before.name
    if not days.of_span(frame, span.before).any():
        return f"{name}: not recorded"
    return f"{name}: {takeaway(span.before)}"


def nothing(frame: Frame, whole: Frame, span: Span | None) -> str:
    """Why none of the plays that a `frame` leaves of the `whole` is of a span; "" where some are.

    Of days that were not recorded nobody knows whether anything was played.
    """
    if not len(frame):
        return "Nothing that you heard fits this filter"
    if span is None or len(frame.within(span)):
        return ""
    if len(whole.within(span)):
        return "Nothing that you heard in this time fits this filter"
    return words.NOTHING if days.of_span(whole, span).any() else "Nothing was recorded in this time"


def any_felt(frame: Frame) -> bool:
    """Whether a value, key, genre or year of release is known of any track that was heard."""
    tracks, heard = frame.tracks, np.unique(frame.track)
    return bool(
        any((~np.isnan(values[heard])).any() for values in tracks.values.values())
        or (tracks.key[heard] >= 0).any()
        or (tracks.release_year[heard] >= 0).any()
        or tracks.genres_each[heard].any()
    )


def about(frame: Frame, by: By) -> str:
    """ "about " where the numbers are partly a guess."""
    return "about " if by is By.MINUTES and frame.estimated else ""
