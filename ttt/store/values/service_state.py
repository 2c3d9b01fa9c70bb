"""How outside services stand: blocks, requests a day, failures since the last good answer."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Table, case
from sqlmodel import Session, col, select, update

from ttt.models import ServiceBlock, ServiceDay, ServiceTrouble
from ttt.store.upsert import upsert


def block(session: Session, service: str) -> ServiceBlock | None:
    """Until when a service is to be left alone, if it ever was."""
    return session.get(ServiceBlock, service)


def extend_block(session: Session, block: ServiceBlock) -> None:
    """Keep a block, unless there is one already that lasts longer."""
    row = {"service": block.service, "until": block.until, "quota": block.quota}
    upsert(session, ServiceBlock, [row], ["service"], _the_longer)


def take_call(session: Session, service: str, day: date, budget: int) -> bool:
    """Count a request; False where the day's budget is used up. Exact among processes."""
    row = {"service": service, "day": day, "calls": 0, "hits": 0, "misses": 0}
    upsert(session, ServiceDay, [row], ["service", "day"])
    result = session.exec(
        update(ServiceDay)
        .where(
            col(ServiceDay.service) == service,
            col(ServiceDay.day) == day,
            col(ServiceDay.calls) < budget,
        )
        .values(calls=ServiceDay.calls + 1)
    )
    return result.rowcount == 1


def count_answers(session: Session, service: str, day: date, hits: int, misses: int) -> None:
    """Add what a request brought to the day's numbers."""
    row = {"service": service, "day": day, "calls": 0, "hits": hits, "misses": misses}
    upsert(session, ServiceDay, [row], ["service", "day"], _added)


def days(session: Session, since: date) -> Sequence[ServiceDay]:
    """Numbers of all services since a day."""
    return session.exec(select(ServiceDay).where(ServiceDay.day >= since)).all()


def calls(session: Session, service: str, day: date) -> int:
    """Requests to a service on a day."""
    found = session.get(ServiceDay, (service, day))
    return 0 if found is None else found.calls


def trouble(session: Session, service: str) -> ServiceTrouble | None:
    """Last failure of a service, and how many there are since its last good answer."""
    return session.get(ServiceTrouble, service)


def add_failure(session: Session, service: str, error: str, at: datetime) -> int:
    """Count a failure, and return how many there are since the last good answer."""
    row = {"service": service, "failures": 1, "last_error": error, "last_error_at": at}
    upsert(session, ServiceTrouble, [row], ["service"], _one_more)
    query = select(ServiceTrouble.failures).where(ServiceTrouble.service == service)
    return session.exec(query).one()


def forget_failures(session: Session, service: str) -> None:
    """Begin to count anew: the service answers again. What the last one was is kept."""
    failed = (col(ServiceTrouble.service) == service, col(ServiceTrouble.failures) > 0)
    session.exec(update(ServiceTrouble).where(*failed).values(failures=0))


def _the_longer(table: Table, new: Any) -> Mapping[str, ColumnElement[Any]]:
    longer = new.until > table.c.until
    return {name: case((longer, new[name]), else_=table.c[name]) for name in ("until", "quota")}


def _added(table: Table, new: Any) -> Mapping[str, ColumnElement[Any]]:
    return {name: table.c[name] + new[name] for name in ("hits", "misses")}


def _one_more(table: Table, new: Any) -> Mapping[str, ColumnElement[Any]]:
    last = {name: new[name] for name in ("last_error", "last_error_at")}
    return {"failures": table.c.failures + 1, **last}
