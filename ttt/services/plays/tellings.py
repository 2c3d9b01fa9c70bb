"""Told plays as the columns that are kept of them: their starts, their senses, each key once."""

from collections.abc import Sequence

import numpy as np

from ttt.plays import SENSE_SHIFT, PlaySource, Sense, ToldPlay
from ttt.services.plays.judging import matching, stretches
from ttt.store.plays.bulk.arriving import Arriving, Numbers, country_code

_STARTS = (Sense.START, Sense.START_MINUTE, Sense.DAY)
_NONE = -1
_UNSAID = np.iinfo(np.int64).min


def columns(
    plays: Sequence[ToldPlay], track_ids: Numbers, source: PlaySource, upload_id: int
) -> Arriving:
    """Plays with their tracks as they are kept, in the order in which they were told.

    The verdict is the one that the length of each alone has: most keep it.
    """
    told = np.array([play.told_at for play in plays], np.int64)
    ms = np.array([_NONE if play.ms is None else play.ms for play in plays], np.int64)
    duration = np.array([play.duration_ms or _NONE for play in plays], np.int64)
    how = np.array([play.how for play in plays], np.int64)
    of = np.array([play.source or source for play in plays], np.int64)
    sense, usual = _senses(plays, of)
    codes = {name: country_code(name) for name in {play.country for play in plays}}
    return Arriving(
        told,
        track_ids,
        of,
        _bounded(_started(plays, told, sense, np.where(ms < 0, duration, ms)), told),
        ms,
        np.where(sense == usual, how, how | sense << SENSE_SHIFT),
        np.array([play.device for play in plays], np.int64),
        np.array([codes[play.country] for play in plays], np.int64),
        np.full(len(told), upload_id),
        matching.lengths(ms, how, duration).astype(np.int64),
    )


def best(rows: Arriving) -> tuple[Arriving, int]:
    """The row to keep under each key, by the order of the keys, and how many others there are.

    Of rows under one key the highest stays, in whatever order they come.
    """
    key = (rows.source, rows.track_id, rows.told_at)
    rank = (rows.country, rows.device, rows.how, rows.started_at, rows.ms)
    order = np.lexsort((*rank, *key))
    same = np.ones(max(len(order) - 1, 0), bool)
    for column in key:
        same &= np.diff(column[order]) == 0
    last = order[np.append(~same, True)] if len(order) else order
    return rows.only(last), len(order) - len(last)


def judged_alone(rows: Arriving) -> Arriving:
    """Rows with the verdict that the length of each alone has."""
    unknown = np.full(len(rows.ms), _NONE)
    return rows._replace(counts=matching.lengths(rows.ms, rows.how, unknown).astype(np.int64))


def _senses(plays: Sequence[ToldPlay], of: Numbers) -> tuple[Numbers, Numbers]:
    """What the time of each means, and what it usually means where it comes from."""
    usual = np.zeros(max(PlaySource) + 1, np.int64)
    for source in PlaySource:
        usual[source] = source.sense
    said = np.array([play.sense for play in plays], np.int64)
    return np.where(said > 0, said, usual[of]), usual[of]


def _started(plays: Sequence[ToldPlay], told: Numbers, sense: Numbers, length: Numbers) -> Numbers:
    """The start that the source gives, or else the one that its time and length tell."""
    said = np.array([_UNSAID if p.started_at is None else p.started_at for p in plays], np.int64)
    reckoned = np.where(np.isin(sense, _STARTS), told, told - np.maximum(length, 0) // 1000)
    return np.where(said == _UNSAID, reckoned, said)


def _bounded(started: Numbers, told: Numbers) -> Numbers:
    """Starts as far from what was told as a start can be."""
    return np.clip(started, told - stretches.BACK, told + stretches.AHEAD)
