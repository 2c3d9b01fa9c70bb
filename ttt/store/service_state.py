"""How outside services stand: blocks, requests a day, failures since the last good answer."""

from collections.abc import Sequence
from datetime import date

from sqlmodel import Session, col, delete, select, update

from ttt.models import ServiceBlock, ServiceDay, ServiceTrouble
from ttt.store.upsert import replace_all, upsert


def block(session: Session, service: str) -> ServiceBlock | None:
    """Until when a service is to be left alone, if it ever was."""
    return session.get(ServiceBlock, service)


def save_block(session: Session, block: ServiceBlock) -> None:
    """Insert or replace a service's block."""
    row = {"service": block.service, "until": block.until, "quota": block.quota}
    upsert(session, ServiceBlock, [row], ["service"], replace_all("until", "quota"))


def take_call(session: Session, service: str, day: date, budget: int) -> bool:
    """Count a request, unless the day's budget is used up; exact among processes."""
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
    session.exec(
        update(ServiceDay)
        .where(col(ServiceDay.service) == service, col(ServiceDay.day) == day)
        .values(hits=ServiceDay.hits + hits, misses=ServiceDay.misses + misses)
    )


def days(session: Session, since: date) -> Sequence[ServiceDay]:
    """Numbers of all services since a day."""
    return session.exec(select(ServiceDay).where(ServiceDay.day >= since)).all()


def trouble(session: Session, service: str) -> ServiceTrouble | None:
    """Failures of a service since its last good answer."""
    return session.get(ServiceTrouble, service)


def save_trouble(session: Session, trouble: ServiceTrouble) -> None:
    """Insert or replace a service's failures."""
    values = ("failures", "last_error", "last_error_at")
    upsert(session, ServiceTrouble, [trouble.model_dump()], ["service"], replace_all(*values))


def delete_trouble(session: Session, service: str) -> None:
    """Forget the failures of a service that answers again."""
    session.exec(delete(ServiceTrouble).where(col(ServiceTrouble.service) == service))
