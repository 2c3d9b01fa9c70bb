"""What people put on lists at once, what became of each row, and names that still wait."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlmodel import Session, col, delete, func, select, update

from ttt.models import ListImport, WaitingName
from ttt.store.membership import is_among


def add(session: Session, import_: ListImport, waiting: Iterable[WaitingName]) -> int:
    """Keep an import with its waiting names; return its id."""
    session.add(import_)
    session.flush()
    names = list(waiting)
    for name in names:
        name.import_id = import_.id
    session.add_all(names)
    return import_.id


def find(session: Session, import_id: int, *, lock: bool = False) -> ListImport | None:
    """An import; with `lock`, nobody else can change it before this transaction ends."""
    query = select(ListImport).where(ListImport.id == import_id)
    return session.exec(query.with_for_update() if lock else query).first()


def of_list(session: Session, user_id: int, list_id: int, limit: int) -> Sequence[ListImport]:
    """A person's newest imports onto a list."""
    query = select(ListImport).where(ListImport.user_id == user_id, ListImport.list_id == list_id)
    return session.exec(query.order_by(col(ListImport.id).desc()).limit(limit)).all()


def waiting(session: Session, import_id: int) -> Sequence[WaitingName]:
    """The names of an import that still wait, in their order."""
    query = select(WaitingName).where(WaitingName.import_id == import_id)
    return session.exec(query.order_by(col(WaitingName.row))).all()


def waiting_on(
    session: Session, user_id: int, list_id: int, limit: int
) -> tuple[int, Sequence[WaitingName]]:
    """How many of a person's names wait at a list, and the first of them."""
    mine = select(ListImport.id).where(ListImport.user_id == user_id, ListImport.list_id == list_id)
    waits = col(WaitingName.import_id).in_(mine)
    in_order = (col(WaitingName.import_id), col(WaitingName.row))
    counted = select(WaitingName, func.count().over()).where(waits)
    found = session.exec(counted.order_by(*in_order).limit(limit)).all()
    return (found[0][1] if found else 0), [name for name, _ in found]


def waiting_counts(session: Session, import_ids: Iterable[int]) -> dict[int, int]:
    """How many names of each import still wait; none where no name does."""
    if not (ids := list(import_ids)):
        return {}
    query = (
        select(WaitingName.import_id, func.count())
        .where(is_among(session, WaitingName.import_id, ids))
        .group_by(col(WaitingName.import_id))
    )
    return dict(session.exec(query).all())


def settle(session: Session, import_id: int, rows: Iterable[int]) -> None:
    """Take names off those that wait."""
    session.exec(
        delete(WaitingName).where(
            col(WaitingName.import_id) == import_id, is_among(session, WaitingName.row, rows)
        )
    )


def close(session: Session, user_id: int, import_id: int, at: datetime) -> bool:
    """Note that the person has seen an import's receipt; return whether there is one."""
    closed = session.exec(
        update(ListImport)
        .where(col(ListImport.id) == import_id, col(ListImport.user_id) == user_id)
        .values(closed_at=at)
    )
    return closed.rowcount == 1


def forget(session: Session, before: datetime) -> None:
    """Forget imports older than `before` of which no name waits."""
    waits = select(WaitingName.import_id)
    session.exec(
        delete(ListImport).where(col(ListImport.at) < before, col(ListImport.id).not_in(waits))
    )
