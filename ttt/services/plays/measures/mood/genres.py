"""Genres as a stream: the share of the time that each holds."""

import numpy as np
from numpy.typing import NDArray

from ttt import words
from ttt.chartdata import By, Caption, Step
from ttt.chartdata.kinds import GenreStream
from ttt.services.plays.frame import Frame, Span, Tracks
from ttt.services.plays.measures import counting, coverage, days, steps

MOST = 6
OTHER, UNKNOWN = "others", "unknown"
_WHOLE = {By.MINUTES: "the time heard", By.PLAYS: "the plays"}
_MONTHS_FROM = 200
# Milliseconds heard below which shares say nothing; by plays ten of them.
_LEAST = 1_800_000


def stream(frame: Frame, span: Span, by: By = By.MINUTES) -> GenreStream:
    """Shares of the time of three steps round each; a track's time is shared by its genres.

    The six genres that hold most of the span's time have a row each.
    """
    step = Step.MONTH if span.days > _MONTHS_FROM else Step.WEEK
    chosen = steps.of_span(span, step)
    plays = frame.within(span)
    time = _time(plays, steps.of_rows(plays, step) - chosen.first, chosen.count, by)
    names, rows = _rows(frame.tracks, time)
    known = days.of_steps(frame, chosen)
    shares = _shares(rows, known)
    blank = float(rows[-1].sum() / rows.sum()) if rows.sum() else 1.0
    caption = Caption(
        _takeaway(names, rows, by),
        coverage.weighed(
            f"a genre is known for {words.share(1 - blank, 1)} of {by.whole}", plays, by
        ),
        f"Share of {_WHOLE[by]}, of three {step}s round each.",
        coverage.before(frame, span, lambda before: _said(frame, before, by)),
    )
    return GenreStream(
        step, tuple(chosen.begins()), names, shares, days.holes(frame, span), caption
    )


def _said(frame: Frame, span: Span, by: By) -> str:
    """What led in a stretch of time, all of it together."""
    plays = frame.within(span)
    time = _time(plays, np.zeros(len(plays), np.int64), 1, by)
    return _takeaway(*_rows(frame.tracks, time), by)


def _time(plays: Frame, places: NDArray[np.integer], count: int, by: By) -> NDArray[np.float64]:
    """Milliseconds heard of each set of genres (down) in each step (across)."""
    sets = len(plays.tracks.genre_sets)
    codes = plays.tracks.genre_set[plays.track].astype(np.int64) * count + places
    return counting.summed(codes, counting.weighed(plays, by), sets * count).reshape(sets, count)


def _rows(tracks: Tracks, time: NDArray[np.float64]) -> tuple[tuple[str, ...], NDArray[np.float64]]:
    """Names and time of the largest genres, of all others together, and of what has none."""
    parts = np.zeros((len(tracks.genre_sets), len(tracks.genre_names)))
    for row, genres in enumerate(tracks.genre_sets):
        parts[row, list(genres)] = 1 / max(len(genres), 1)
    totals = time.sum(axis=1) @ parts
    order = np.argsort(-totals, kind="stable")
    largest = order[:MOST][totals[order[:MOST]] > 0]
    named = parts[:, largest].T @ time
    known = parts.sum(axis=1) > 0.5
    others = time[known].sum(axis=0) - named.sum(axis=0)
    names = tuple(tracks.genre_names[int(n)] for n in largest)
    rows = np.vstack([named, others.clip(0)[None, :], time[~known].sum(axis=0)[None, :]])
    return (*names, OTHER, UNKNOWN), rows


def _shares(
    rows: NDArray[np.float64], known: NDArray[np.bool_]
) -> tuple[tuple[float | None, ...], ...]:
    """Shares of three steps; None where nothing was recorded or hardly anything heard."""
    padded = np.pad(np.where(known, rows, 0), ((0, 0), (1, 1)))
    around = padded[:, :-2] + padded[:, 1:-1] + padded[:, 2:]
    total = around.sum(axis=0)
    shown = known & (total >= _LEAST)
    shares = np.divide(around, total, out=np.zeros_like(around), where=total > 0)
    return tuple(
        tuple(float(v) if s else None for v, s in zip(row, shown, strict=True)) for row in shares
    )


def _takeaway(names: tuple[str, ...], rows: NDArray[np.float64], by: By) -> str:
    known = rows[:-1].sum()
    if not known:
        return "No genre is known yet for what was heard" if rows.sum() else words.NOTHING
    totals = rows[:-2].sum(axis=1)
    best = int(totals.argmax())
    part = words.share(float(totals[best]), float(known))
    name = names[best][:1].upper() + names[best][1:]
    return f"{name} leads with {part} of {by.whole} whose genre is known"
