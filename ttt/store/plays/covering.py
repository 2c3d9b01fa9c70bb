"""On which days who told of how many plays."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, SmallInteger, case, type_coerce
from sqlalchemy import select as select_columns
from sqlmodel import Session, func

from ttt.models import Play
from ttt.plays import Counts

_DAY = 86_400


class ToldDay(NamedTuple):
    """Of a source and a day (number of days since 1970, UTC) the rows told, and those that count.

    `known` are rows of plays that another source told as well, `uncertain` ones among them those
    of which that is likely only.
    """

    source: int
    day: int
    told: int
    counting: int
    known: int
    uncertain: int


def days(session: Session, user_id: int) -> Sequence[ToldDay]:
    """All days on which anybody told of plays, the oldest first."""
    table: Any = Play.__table__  # type: ignore[attr-defined]  # SQLModel does not type it
    source = type_coerce(table.c.source, SmallInteger)
    day = type_coerce(table.c.started_at, BigInteger) // _DAY
    counts = type_coerce(table.c.counts, SmallInteger)
    play, perhaps = [int(Counts.PLAY)], [int(Counts.PERHAPS_THERE)]
    there = [int(Counts.THERE_ALREADY), int(Counts.OUTRANKED), *perhaps]
    query = (
        select_columns(
            source.label("source"),
            day.label("day"),
            func.count(),
            *(func.sum(case((counts.in_(those), 1), else_=0)) for those in (play, there, perhaps)),
        )
        .where(table.c.user_id == user_id, counts != int(Counts.UNJUDGED))
        .group_by("source", "day")
        .order_by("day")
    )
    return [ToldDay(*map(int, row)) for row in session.execute(query)]
