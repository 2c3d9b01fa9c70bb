"""The verdicts of told plays as the store has them: with their tracks, lengths and recordings."""

from dataclasses import replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from sqlmodel import Session

from ttt.plays import Counts
from ttt.services.plays import recordings
from ttt.services.plays.bringing.uploads import HELD
from ttt.services.plays.judging import matching, stretches
from ttt.services.plays.judging.told import Told
from ttt.store.plays import judged, uploads
from ttt.store.plays.judged import Columns

Verdicts = NDArray[np.uint8]


class Known(NamedTuple):
    """Rows as they are judged, and the stretch of time in which each lies, by number."""

    told: Told
    first: NDArray[np.int64]
    last: NDArray[np.int64]
    stretch: NDArray[np.int64]

    def only(self, rows: NDArray[np.bool_]) -> "Known":
        """Some of the rows."""
        return Known(self.told.only(rows), self.first[rows], self.last[rows], self.stretch[rows])


def held(session: Session, user_id: int, columns: Columns, ready: int | None) -> NDArray[np.bool_]:
    """Which plays are of uploads that do not count yet, but for the one that is `ready`."""
    ids = set(uploads.in_states(session, user_id, HELD)) - {ready}
    return np.isin(columns.upload, sorted(ids))


def of(
    session: Session, user_id: int, columns: Columns, rows: Known | None, ready: int | None
) -> Verdicts:
    """A verdict for each row; UNJUDGED for what is held. `rows` saves looking them up again."""
    is_held = held(session, user_id, columns, ready)
    rows = None if rows is None or is_held.any() else rows
    counts = np.full(len(is_held), Counts.UNJUDGED, np.uint8)
    counts[~is_held] = alone(session, user_id, columns.only(~is_held), rows)
    return counts


def alone(session: Session, user_id: int, columns: Columns, rows: Known | None = None) -> Verdicts:
    """A verdict for each of these rows, as if there were no others."""
    rows = rows or known(session, columns)
    told = rows.told
    if _several(columns.source):
        decided = judged.decided(session, user_id)
        tracks = {*np.unique(columns.track).tolist(), *decided.values()}
        names = judged.names(session, user_id, tracks)
        recording = recordings.by_stretch(names, decided, told.track, rows.stretch)
        told = replace(told, recording=recording)
    return matching.judge(told)


def known(session: Session, columns: Columns) -> Known:
    """Rows with the lengths of their tracks, each a recording of its own."""
    ids, places = np.unique(columns.track, return_inverse=True)
    duration = np.minimum(judged.lengths(session, ids), 1000 * stretches.LONGEST)
    track = columns.track.astype(np.int64)
    told = Told(
        columns.told,
        columns.started,
        columns.ms.astype(np.int64),
        track,
        track,
        columns.source.astype(np.int64),
        columns.how.astype(np.int64),
        duration[places] if len(ids) else track,
    )
    first, last = stretches.extents(told)
    return Known(told, first, last, stretches.numbers(first, last))


def _several(source: NDArray[np.uint8]) -> bool:
    return bool((source != source[:1]).any())
