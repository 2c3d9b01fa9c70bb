"""All plays of a person, some years a time: whole stretches, so that each part is judged alone."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from sqlmodel import Session

from ttt.services.plays.deriving import verdicts
from ttt.services.plays.deriving.verdicts import Known
from ttt.services.plays.judging import matching, stretches
from ttt.store.plays import judged
from ttt.store.plays.judged import Columns

TOGETHER = 20_000
"""So many rows are judged at once, about 7 MB; more where a stretch is longer."""
_ROOM = stretches.SILENCE + max(stretches.BACK, stretches.ON)


class Part(NamedTuple):
    """Rows of whole stretches; no row of a later part begins before `onwards`, None at the end.

    `known` are the same rows as they are judged, where that was looked up.
    """

    columns: Columns
    known: Known | None = None
    onwards: int | None = None


def everything(session: Session, user_id: int) -> Iterator[Part]:
    """All rows of a person, the earliest first.

    In one part where Spotify's full list outranks its excerpts, by how it fits all of them.
    """
    since, left = None, None
    is_ranked = judged.has(session, user_id, matching.EXCERPTS)
    while True:
        until = None if is_ranked else judged.time_of(session, user_id, since, TOGETHER)
        read = judged.read(session, user_id, since, until)
        columns = read if left is None else judged.joined([left, read])
        if until is None:
            yield Part(columns)
            return
        known = verdicts.known(session, columns)
        later = _later(known, until)
        left, since = columns.only(later), until
        begins = int(left.started.min()) if later.any() else until
        if not later.all():
            onwards = min(begins, until - stretches.BACK)
            yield Part(columns.only(~later), known.only(~later), onwards)


def _later(known: Known, until: int) -> NDArray[np.bool_]:
    """Rows of the first stretch that rows told from then on can reach into, and of all after it."""
    reached = known.stretch[known.last + _ROOM >= until]
    if not len(reached):
        return np.zeros(len(known.stretch), bool)
    return np.asarray(known.stretch >= reached.min())
