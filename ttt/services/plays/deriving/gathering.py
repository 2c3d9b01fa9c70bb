"""Verdicts and pages of a person's plays, part by part, to be written when all are known."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from sqlmodel import Session

from ttt.models import PlayPage
from ttt.services.plays.deriving import memory, pages, verdicts
from ttt.services.plays.deriving.parts import Part
from ttt.services.plays.deriving.verdicts import Verdicts
from ttt.services.plays.judging import matching
from ttt.store.plays import judged
from ttt.store.plays.judged import Columns


@dataclass(slots=True)
class Gathered:
    """How many rows were looked at, those with another verdict than before, years and pages.

    `years` are those whose pages are others now; a page's `data` is b"" where none counts.
    """

    rows: int = 0
    changed: list[tuple[Columns, Verdicts]] = field(default_factory=list)
    years: set[int] = field(default_factory=set)
    pages: list[PlayPage] = field(default_factory=list)


def gather(
    session: Session,
    user_id: int,
    parts: Iterable[Part],
    ready: int | None,
    years: Iterable[int],
    *,
    with_pages: bool,
) -> Gathered:
    """Judge parts; make the pages of these years and of those that changed, if asked to."""
    found, pending = Gathered(years=set(years)), _Pending(user_id)
    for columns, known, onwards in parts:
        counts = verdicts.of(session, user_id, columns, known, ready)
        changed = columns.counts != counts
        if changed.any():
            found.changed.append((columns.only(changed), counts[changed]))
        found.rows += len(counts)
        found.years |= set(np.unique(pages.years(columns.started[changed])).tolist())
        if with_pages:
            found.pages += pending.made(columns._replace(counts=counts), onwards, found.years)
        memory.give_back()
    done = {page.year for page in found.pages}
    if with_pages:
        found.pages += [pending.empty(year) for year in sorted(found.years - done)]
    return found


class _Pending:
    """Rows of years of which more may come."""

    def __init__(self, user_id: int) -> None:
        self._user_id = user_id
        self._rows: Columns | None = None

    def made(self, columns: Columns, onwards: int | None, wanted: set[int]) -> list[PlayPage]:
        """The wanted pages of years that are over."""
        counting = columns.only(matching.is_counting(columns.counts))
        rows = counting if self._rows is None else judged.joined([self._rows, counting])
        years = pages.years(rows.started)
        is_over = np.ones(len(years), bool)
        if onwards is not None:
            is_over = years < int(pages.years(np.array([onwards]))[0])
        self._rows = rows.only(~is_over)
        over = set(np.unique(years[is_over]).tolist())
        return [
            pages.made(self._user_id, year, rows, rows.counts) for year in sorted(over & wanted)
        ]

    def empty(self, year: int) -> PlayPage:
        """The page of a year in which nothing counts."""
        return PlayPage(user_id=self._user_id, year=year, plays=0, data=b"")
