"""Derives which plays count: those of the stretches of time in which something changed.

Who tells other plays than before notes when (see `changes`), in the same transaction. So what a
process that was killed had not derived is derived with what comes next.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from sqlmodel import Session

from ttt.models import PlayPage
from ttt.plays import Counts
from ttt.services.context import Context
from ttt.services.plays.deriving import gathering, pages, verdicts, windows
from ttt.services.plays.deriving.windows import Span
from ttt.services.plays.judging import matching, stretches
from ttt.store.plays import judged, told
from ttt.store.plays.derived import changes
from ttt.store.plays.derived import pages as stored

_TRIES = 5
_ENOUGH_TO_TELL = 20
_DAY = 86_400


@dataclass(frozen=True, slots=True)
class Derived:
    """What deriving anew came to: `judged` rows were looked at, `changed` got another verdict."""

    judged: int = 0
    changed: int = 0


def derive(
    context: Context,
    user_id: int,
    span: Span | None = None,
    *,
    ready: int | None = None,
    whole: bool = False,
) -> Derived:
    """Judge a person's plays anew around what has changed, and in a span (seconds, included).

    Those of uploads under way are left alone, but for the one that is `ready`. The `whole` of it
    is judged where tracks are other recordings than before.

    Read without a lock, as it takes seconds for a million plays, and begun again where plays
    came in meanwhile.
    """
    for attempt in range(_TRIES):
        with context.session() as session:
            if attempt == _TRIES - 1:
                told.touch(session, user_id)
            derived = _derive(session, user_id, span, ready, whole)
            if derived is not None:
                session.commit()
                return derived
    raise AssertionError("whoever holds the lock is not disturbed")


def people_waiting(context: Context, share: int, shares: int) -> list[int]:
    """Who has changes that nobody judged, in one of so many equal shares of all people."""
    with context.session() as session:
        return changes.people_waiting(session, share, shares)


def shares_waiting(context: Context, shares: int) -> list[int]:
    """The shares in which somebody has changes that nobody judged."""
    with context.session() as session:
        return changes.shares_waiting(session, shares)


def people_due(context: Context) -> list[int]:
    """Whose plays changed since all of them were judged together."""
    with context.session() as session:
        return changes.people(session)


def is_foreign(context: Context, user_id: int, upload_id: int) -> bool:
    """Whether an upload lacks more than half of what was recorded here in its time."""
    with context.session() as session:
        span = told.span(session, user_id, upload_id)
        if span is None or told.recorded(session, user_id, span) < _ENOUGH_TO_TELL:
            return False
        columns = judged.read(session, user_id, span[0] - stretches.ON, span[1] + stretches.BACK)
        columns = columns.only(~verdicts.held(session, user_id, columns, upload_id))
        counts = verdicts.alone(session, user_id, columns)
    mine = columns.upload == upload_id
    if not mine.any():
        return False
    first, last = columns.told[mine].min(), columns.told[mine].max()
    recorded = (columns.upload == 0) & (columns.told >= first) & (columns.told <= last)
    recorded &= counts != Counts.DOUBLE
    alone = matching.is_counting(counts[recorded])
    return int(recorded.sum()) >= _ENOUGH_TO_TELL and bool(alone.mean() > 0.5)


def _derive(
    session: Session, user_id: int, span: Span | None, ready: int | None, whole: bool
) -> Derived | None:
    seen = told.revision(session, user_id)
    noted = changes.of_user(session, user_id)
    spans = [(change.since, change.until) for change in noted if not change.judged]
    spans += [] if span is None else [span]
    if not spans and not whole:
        return Derived()
    window = (
        windows.everything(session, user_id) if whole else windows.read(session, user_id, spans)
    )
    found = gathering.gather(
        session, user_id, window.parts, ready, _years(spans), with_pages=window.whole
    )
    if not told.raise_from(session, user_id, seen):
        session.rollback()
        return None
    changed = sum(judged.save_verdicts(session, user_id, *rows) for rows in found.changed)
    if window.whole:
        _save_pages(session, user_id, found.pages)
        changes.forget(session, noted)
    else:
        _save_pages_anew(session, user_id, sorted(found.years), ready)
        changes.set_judged(session, noted)
    return Derived(found.rows, changed)


def _years(spans: Iterable[Span]) -> set[int]:
    """The years of these times."""
    years = set[int]()
    for span in spans:
        first, last = pages.years(np.array(span)).tolist()
        years |= set(range(first, last + 1))
    return years


def _save_pages_anew(
    session: Session, user_id: int, years: Iterable[int], ready: int | None
) -> None:
    """Write pages by the verdicts that are kept, a year at a time."""
    for year in years:
        since, until = pages.seconds(year), pages.seconds(year + 1)
        rows = judged.read(session, user_id, since - _DAY, until + stretches.BACK)
        is_held = verdicts.held(session, user_id, rows, ready)
        counts = np.where(is_held, Counts.UNJUDGED, rows.counts).astype(np.uint8)
        _save_pages(session, user_id, [pages.made(user_id, year, rows, counts)])


def _save_pages(session: Session, user_id: int, made: Sequence[PlayPage]) -> None:
    stored.save(session, [page for page in made if page.data])
    stored.forget(session, user_id, [page.year for page in made if not page.data])
