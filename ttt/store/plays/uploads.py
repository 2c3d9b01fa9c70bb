"""Files that people brought: their pieces, their members, and rows that could not be read."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, delete, func, select, update

from ttt.models import HistoryUpload, RefusedPlay, UploadMember, UploadPart
from ttt.store.membership import is_among
from ttt.store.upsert import upsert

_LARGEST = 2**31 - 1
"""What a column of ids holds."""


def get(session: Session, upload_id: int) -> HistoryUpload | None:
    """An upload by its id; addresses and commands name any number, and most are none's."""
    return session.get(HistoryUpload, upload_id) if upload_id <= _LARGEST else None


def lock(session: Session, upload_id: int) -> HistoryUpload | None:
    """An upload that nobody else changes before this transaction ends."""
    # SELECT ... FOR UPDATE locks nothing on SQLite, an update that changes nothing does.
    mine = col(HistoryUpload.id) == upload_id
    session.exec(update(HistoryUpload).where(mine).values(runs=HistoryUpload.runs))
    return session.get(HistoryUpload, upload_id, populate_existing=True)


def of_user(session: Session, user_id: int) -> Sequence[HistoryUpload]:
    """Somebody's uploads, the newest first."""
    query = select(HistoryUpload).where(HistoryUpload.user_id == user_id)
    return session.exec(query.order_by(col(HistoryUpload.id).desc())).all()


def in_states(session: Session, user_id: int, states: Collection[str]) -> list[int]:
    """Ids of somebody's uploads that are so far."""
    query = select(HistoryUpload.id).where(
        HistoryUpload.user_id == user_id, col(HistoryUpload.state).in_(states)
    )
    return list(session.exec(query))


def same(session: Session, upload: HistoryUpload, states: Collection[str]) -> HistoryUpload | None:
    """Another upload of the same person with the same bytes that is so far."""
    query = select(HistoryUpload).where(
        HistoryUpload.user_id == upload.user_id,
        HistoryUpload.sha256 == upload.sha256,
        HistoryUpload.id != upload.id,
        col(HistoryUpload.state).in_(states),
    )
    return session.exec(query.order_by(col(HistoryUpload.id))).first()


def add_part(session: Session, upload: HistoryUpload, number: int, data: bytes) -> None:
    """Keep a piece of an upload."""
    key = {"user_id": upload.user_id, "upload_id": upload.id, "number": number}
    upsert(session, UploadPart, [key | {"data": data}], list(key))


def part(session: Session, upload_id: int, number: int) -> bytes:
    """A piece of an upload, b"" where there is none."""
    query = select(UploadPart.data).where(_of(upload_id), UploadPart.number == number)
    return session.exec(query).first() or b""


def forget_parts(session: Session, upload_id: int) -> None:
    """Delete an upload's pieces."""
    session.exec(delete(UploadPart).where(_of(upload_id)))


def _of(upload_id: int) -> ColumnElement[bool]:
    owner = select(HistoryUpload.user_id).where(HistoryUpload.id == upload_id).scalar_subquery()
    return (col(UploadPart.user_id) == owner) & (col(UploadPart.upload_id) == upload_id)


def members(session: Session, *upload_ids: int) -> Sequence[UploadMember]:
    """The files inside uploads, in order."""
    query = select(UploadMember).where(is_among(session, UploadMember.upload_id, upload_ids))
    return session.exec(query.order_by(col(UploadMember.upload_id), col(UploadMember.number))).all()


def member(session: Session, upload_id: int, number: int) -> UploadMember | None:
    """A file inside an upload."""
    return session.get(UploadMember, (upload_id, number), populate_existing=True)


def blocks(session: Session, upload_id: int) -> int:
    """How many blocks of all files inside an upload are taken in."""
    query = select(func.sum(UploadMember.blocks)).where(UploadMember.upload_id == upload_id)
    return session.exec(query).one() or 0


def set_members(session: Session, upload_id: int, names: Sequence[str]) -> None:
    """Name the files inside an upload; those that are begun stay as far as they are."""
    rows = [
        {
            "upload_id": upload_id,
            "number": number,
            "name": name,
            "blocks": 0,
            "rows": 0,
            "counts": {},
            "finished": False,
        }
        for number, name in enumerate(names)
    ]
    upsert(session, UploadMember, rows, ("upload_id", "number"))


def advance(session: Session, member: UploadMember, values: Mapping[str, Any]) -> bool:
    """Note how far a member is; False where somebody else has gone on with it meanwhile."""
    moved = (
        update(UploadMember)
        .where(
            col(UploadMember.upload_id) == member.upload_id,
            col(UploadMember.number) == member.number,
            col(UploadMember.blocks) == member.blocks,
            col(UploadMember.finished).is_(False),
        )
        .values(**values)
    )
    return session.connection().execute(moved).rowcount == 1


def forget_members(session: Session, upload_id: int) -> None:
    """Forget how far the files inside an upload were, and what was refused of them."""
    session.exec(delete(UploadMember).where(col(UploadMember.upload_id) == upload_id))
    session.exec(delete(RefusedPlay).where(col(RefusedPlay.upload_id) == upload_id))


def add_refused(session: Session, rows: Sequence[Mapping[str, Any]]) -> None:
    """Keep rows that could not be read."""
    upsert(session, RefusedPlay, rows, ("upload_id", "member", "row"))


def refused_count(session: Session, upload_id: int) -> int:
    """How many rows that could not be read are kept."""
    query = select(func.count()).select_from(RefusedPlay)
    return session.exec(query.where(RefusedPlay.upload_id == upload_id)).one()


def refused(session: Session, *upload_ids: int) -> Sequence[RefusedPlay]:
    """The kept rows of uploads that could not be read, in their order."""
    query = select(RefusedPlay).where(is_among(session, RefusedPlay.upload_id, upload_ids))
    order = (RefusedPlay.upload_id, RefusedPlay.member, RefusedPlay.row)
    return session.exec(query.order_by(*map(col, order))).all()
