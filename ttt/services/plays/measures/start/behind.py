"""Plays and minutes behind the ranks of a list that Spotify made."""

from collections.abc import Iterable

from ttt import words
from ttt.chartdata import Behind, BehindRanks, By, Of
from ttt.services.plays.frame import Frame, Span
from ttt.services.plays.measures import counting, days


def behind(frame: Frame, span: Span, uris: Iterable[str]) -> BehindRanks:
    """Of those tracks of the URIs that were heard in a span; all ids of a recording count."""
    plays = frame.within(span)
    counted = counting.totals(plays, Of.TRACKS, By.PLAYS)
    minutes = counting.totals(plays, Of.TRACKS, By.MINUTES)
    recordings = frame.tracks.recording
    places = frame.tracks.places
    found = {uri: int(recordings[places[uri]]) for uri in uris if uri in places}
    known = {
        uri: Behind(int(counted[song]), float(minutes[song]))
        for uri, song in found.items()
        if counted[song] > 0 or minutes[song] > 0
    }
    return BehindRanks(known, plays.estimated, _said(frame, span, len(known), plays.estimated))


def _said(frame: Frame, span: Span, known: int, about: bool) -> str:
    if not known:
        return ""
    recorded = days.of_span(frame, span)
    part = "" if recorded.all() else f", {int(recorded.sum())} of {span.days} days recorded"
    guess = "; minutes are about right" if about else ""
    return f"Plays and minutes: yours of {words.days(span.first, span.last)}{part}{guess}."
