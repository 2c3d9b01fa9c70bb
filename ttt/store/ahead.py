"""Times that were stored while a clock ran ahead."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, case, delete
from sqlmodel import Session, col

from ttt.models import ServiceBlock

# Clocks of two machines that are kept right differ by less.
SLACK = timedelta(minutes=1)
# Nobody is asked to wait longer, by any service.
LONGEST_BLOCK = timedelta(days=8)


def last(column: Any, now: datetime) -> ColumnElement[int]:
    """An order in which times that have not come yet stand behind all others."""
    return case((column > not_yet(now), 1), else_=0)


def not_yet(now: datetime) -> datetime:
    """From when on a stored time is one that a wrong clock wrote."""
    return now + SLACK


def holds(until: Any, now: datetime, longest: timedelta) -> ColumnElement[bool]:
    """Whether what lasts `longest` at most is not over, and was begun by no wrong clock."""
    return and_(until > now, until <= now + longest + SLACK)


def lasts(until: datetime, now: datetime, longest: timedelta) -> bool:
    """Whether what lasts `longest` at most is not over, and was begun by no wrong clock."""
    return now < until <= now + longest + SLACK


def blocks(until: datetime, now: datetime) -> bool:
    """Whether a block holds: it is not over, and no wrong clock wrote it."""
    return now < until <= now + LONGEST_BLOCK


def forget_blocks(session: Session, service: str, now: datetime) -> None:
    """Delete what a wrong clock wrote, or it would be kept as the longer of two."""
    wrong = col(ServiceBlock.until) > now + LONGEST_BLOCK
    session.execute(delete(ServiceBlock).where(col(ServiceBlock.service) == service, wrong))
