"""The stretches of time that a change can touch: what has to be judged anew after it."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from sqlmodel import Session

from ttt.plays import PlaySource
from ttt.services.plays.deriving import parts, verdicts
from ttt.services.plays.deriving.parts import Part
from ttt.services.plays.judging import matching, stretches
from ttt.store.plays import judged
from ttt.store.plays.judged import Columns

Span = tuple[int, int]
_FIRST_LOOK = 7 * 86_400
_WIDER = 4
_HISTORY = (PlaySource.SPOTIFY_HISTORY,)


class Window(NamedTuple):
    """Rows to be judged by themselves, in parts; `whole` when there are no others."""

    parts: Iterable[Part]
    whole: bool


def read(session: Session, user_id: int, spans: Sequence[Span]) -> Window:
    """All rows of the stretches that the spans touch.

    It is the whole within Spotify's full list, as that outranks its excerpts by how it fits them
    from its beginning to its end.
    """
    if _is_most(session, user_id, spans) or _is_ranked(session, user_id, spans):
        return everything(session, user_id)
    columns = _stretches(session, user_id, spans)
    if len(columns.told):
        reached = int(columns.told.min()), int(columns.told.max())
        if _is_ranked(session, user_id, [reached]):
            return everything(session, user_id)
    return Window([Part(columns)], _is_all(session, user_id, len(columns.told)))


def everything(session: Session, user_id: int) -> Window:
    """All rows of a person."""
    return Window(parts.everything(session, user_id), whole=True)


def _stretches(session: Session, user_id: int, spans: Sequence[Span]) -> Columns:
    since, until = min(first for first, _ in spans), max(last for _, last in spans)
    margin, seen = _FIRST_LOOK, -1
    while True:
        begin, end = since - margin, until + margin
        columns = judged.read(session, user_id, begin, end)
        rows, first, last = _touched(session, columns, spans)
        found = columns.only(rows)
        # Whatever is told outside cannot reach into these, so they are whole.
        room = stretches.SILENCE + max(stretches.BACK, stretches.ON)
        whole = not rows.any() or (first - room >= begin and last + room < end)
        if whole or (len(rows) == seen and _is_all(session, user_id, len(rows))):
            return found
        margin, seen = margin * _WIDER, len(rows)


def _touched(
    session: Session, columns: Columns, spans: Sequence[Span]
) -> tuple[NDArray[np.bool_], int, int]:
    """Which rows lie in touched stretches, and from when to when those are."""
    known = verdicts.known(session, columns)
    near = np.zeros(len(known.told), bool)
    for since, until in spans:
        near |= (known.first <= until + stretches.SILENCE) & (
            known.last >= since - stretches.SILENCE
        )
    rows = np.isin(known.stretch, np.unique(known.stretch[near]))
    if not rows.any():
        return rows, 0, 0
    return rows, int(known.first[rows].min()), int(known.last[rows].max())


def _is_most(session: Session, user_id: int, spans: Sequence[Span]) -> bool:
    """Whether looking for stretches costs more than it saves."""
    within = sum(judged.count(session, user_id, *span) for span in spans)
    return within > 1_000 and 2 * within > judged.count(session, user_id)


def _is_all(session: Session, user_id: int, rows: int) -> bool:
    return judged.count(session, user_id) == rows


def _is_ranked(session: Session, user_id: int, spans: Sequence[Span]) -> bool:
    """Whether Spotify's full list is near, with excerpts of it anywhere."""
    since = min(first for first, _ in spans) - matching.SILENCE
    until = max(last for _, last in spans) + matching.SILENCE
    return judged.has(session, user_id, _HISTORY, since, until) and judged.has(
        session, user_id, matching.EXCERPTS
    )
