"""The numbers of a stretch of time, each beside the stretch before.

Compared are only days that were recorded both times, so that a gap is no fall.
"""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from ttt import words
from ttt.chartdata import By, Caption, Number, Numbers, Of
from ttt.services.plays.frame import Frame, Span, silences
from ttt.services.plays.measures import counting, coverage, days, firsts

NOT_RECORDED = ": not recorded"  # of a time before, which then has nothing to compare with

Measured = Callable[[Frame], float]

_FEW_HOURS = 10  # of which tenths are told


def numbers(frame: Frame, span: Span) -> Numbers:
    """Plays, hours, different tracks and artists, new ones, streak and skips."""
    tracks = _number(frame, span, "Different tracks", lambda f: _different(f, Of.TRACKS))
    artists = _number(frame, span, "Different artists", lambda f: _different(f, Of.ARTISTS))
    new = _new(frame, span, Of.TRACKS)
    found = (
        _number(frame, span, "Plays", _plays),
        _hours(frame, span),
        tracks,
        artists,
        new,
        _new(frame, span, Of.ARTISTS),
        _streak(frame, span),
        _skips(frame, span),
    )
    plays = frame.within(span)
    takeaway = _takeaway(tracks, artists, new) if len(plays) else words.NOTHING
    return Numbers(found, Caption(takeaway, coverage.recorded(frame, span), _compared(frame, span)))


def _takeaway(tracks: Number, artists: Number, new: Number) -> str:
    some = f"{new.text} of them new" if new.value != tracks.value else "all new"
    told = f", {'new' if tracks.value == 1 else some}," if new.value else ""
    by = words.counted(artists.value or 0, "artist")
    return f"{words.counted(tracks.value or 0, 'track')}{told} by {by}"


def skip_rate(frame: Frame) -> float | None:
    """Share of what was begun that was left before it was a play."""
    return 1 - float(frame.play.mean()) if len(frame) else None


def streaks(frame: Frame, span: Span) -> tuple[int, int]:
    """Days in a row with music up to the span's end, and most in a row within it.

    A day that was not recorded neither counts nor ends a streak; nor does today while it has no
    music yet, as it is not over. Whose plays stopped three weeks ago is in none now.
    """
    heard = counting.daily(frame, span, By.PLAYS) > 0
    known = days.of_span(frame, span)
    if span.current and not heard[-1]:
        known = known.copy()
        known[-1] = False
    run = _runs(heard[known])
    if not len(run):
        return 0, 0
    since = len(known) - 1 - int(np.flatnonzero(known)[-1])
    is_over = span.current and since >= silences.PAUSE
    return 0 if is_over else int(run[-1]), int(run.max())


def _runs(heard: NDArray[np.bool_]) -> NDArray[np.int64]:
    """At each day, how many days in a row up to it."""
    place = np.arange(1, len(heard) + 1)
    return place - np.maximum.accumulate(np.where(heard, 0, place))


def _plays(frame: Frame) -> float:
    return float(frame.play.sum())


def _different(frame: Frame, of: Of) -> float:
    return float((counting.totals(frame, of, By.PLAYS) > 0).sum())


def _new(frame: Frame, span: Span, of: Of) -> Number:
    """How many were never played earlier: those whose first play lies on a day of the span."""
    first = firsts.days(frame, of)
    both, begin = days.comparable(frame, span), span.begin
    value = float(((first >= begin) & (first < span.end)).sum())
    name = f"New {of}"
    if span.before is None or not both.any():
        return Number(name, words.whole(value), _none_before(span), value)
    late, early = (_first_on(first, day, both) for day in (begin, span.before.begin))
    return Number(
        name, words.whole(value), _note(span, late, early, words.whole), value, late, early
    )


def _first_on(first: NDArray[np.int64], begin: int, shown: NDArray[np.bool_]) -> float:
    """How many of these days are among those shown, counted from the day `begin`."""
    places = first - begin
    inside = (places >= 0) & (places < len(shown))
    return float(shown[places[inside]].sum())


def _number(frame: Frame, span: Span, name: str, measured: Measured) -> Number:
    now, then, compared = days.like_with_like(frame, span)
    value = measured(frame.within(span))
    text = words.whole(value)
    if not compared:
        return Number(name, text, _none_before(span), value)
    late, early = measured(now), measured(then)
    return Number(name, text, _note(span, late, early, words.whole), value, late, early)


def _hours(frame: Frame, span: Span) -> Number:
    number = _number(frame, span, "Hours", counting.hours)
    hours = number.value or 0
    text = f"{hours:.1f}" if 0 < hours < _FEW_HOURS else number.text
    return replace(number, text=text, about=frame.within(span).estimated)


def _skips(frame: Frame, span: Span) -> Number:
    now, then, compared = days.like_with_like(frame, span)
    value = skip_rate(frame.within(span))
    text = "unknown" if value is None else words.share(value, 1)
    early = skip_rate(then) if compared else None
    note = "of what was begun"
    if early is not None and span.before:
        note += f" · {words.share(early, 1)} in {span.before.name}"
    return Number("Skipped", text, note, value, skip_rate(now) if compared else None, early)


def _streak(frame: Frame, span: Span) -> Number:
    current, longest = streaks(frame, span)
    value, note = (
        (current, f"the longest: {words.whole(longest)}") if span.current else (longest, "")
    )
    before = None
    if span.before and days.of_span(frame, span.before).any():
        before = float(streaks(frame, span.before)[1])
    if before is not None and span.before:
        note = " · ".join(filter(None, (note, f"{words.whole(before)} in {span.before.name}")))
    name = "Days in a row" if span.current else "Most days in a row"
    return Number(name, words.whole(value), note, float(value), float(longest), before)


def _note(span: Span, now: float, then: float, text: Callable[[float], str]) -> str:
    before = span.before.name if span.before else ""
    difference = words.change(now, then)
    there = f"{text(then)} in {before}"
    return f"{difference} · {there}" if difference else there


def _none_before(span: Span) -> str:
    return f"{span.before.name}{NOT_RECORDED}" if span.before else ""


def _compared(frame: Frame, span: Span) -> str:
    """Which days were compared, where it was not all of them."""
    if span.before is None:
        return ""
    both = int(days.comparable(frame, span).sum())
    if both == span.days:
        return ""
    if not both:
        return f"nothing to compare with in {span.before.name}"
    return f"compared on the {words.counted(both, 'day')} recorded both times"
