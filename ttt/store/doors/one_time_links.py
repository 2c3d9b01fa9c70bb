"""Links that are good once."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, delete, or_, select

from ttt.models import OneTimeLink
from ttt.store import ahead

SHORT = 12  # characters of a hash that tell links apart


def add(session: Session, link: OneTimeLink) -> None:
    """Keep a link until it is claimed; links that nobody can claim any more are forgotten."""
    session.exec(delete(OneTimeLink).where(col(OneTimeLink.expires_at) <= link.created_at))
    session.add(link)
    session.flush()


def find(session: Session, token_hash: str, kind: str, now: datetime) -> OneTimeLink | None:
    """A link that is still good, which it stays."""
    query = select(OneTimeLink).where(
        OneTimeLink.token_hash == token_hash,
        OneTimeLink.kind == kind,
        *_open(now),
    )
    return session.exec(query).one_or_none()


def claim(session: Session, token_hash: str, kind: str, now: datetime) -> bool:
    """Burn a link; False when it is no good (any more)."""
    good = (
        col(OneTimeLink.token_hash) == token_hash,
        col(OneTimeLink.kind) == kind,
        *_open(now),
    )
    burnt = session.exec(delete(OneTimeLink).where(*good).returning(col(OneTimeLink.kind)))
    return burnt.one_or_none() is not None


def of_kind(session: Session, kind: str, now: datetime) -> Sequence[OneTimeLink]:
    """Links that are still good, the newest first."""
    query = select(OneTimeLink).where(OneTimeLink.kind == kind, *_open(now))
    newest = col(OneTimeLink.created_at).desc(), col(OneTimeLink.token_hash)
    return session.exec(query.order_by(*newest)).all()


def made_between(session: Session, user_id: int, since: datetime, now: datetime) -> bool:
    """Whether an account was given a link after a time and until now."""
    query = select(OneTimeLink.token_hash).where(
        OneTimeLink.user_id == user_id,
        OneTimeLink.created_at > since,
        OneTimeLink.created_at <= ahead.not_yet(now),
    )
    return session.exec(query).first() is not None


def revoke(session: Session, kind: str, short: str) -> bool:
    """Burn the link whose hash starts so; False when there is none."""
    same = col(OneTimeLink.token_hash).startswith(short, autoescape=True)
    gone = delete(OneTimeLink).where(col(OneTimeLink.kind) == kind, same)
    return bool(session.exec(gone.returning(col(OneTimeLink.kind))).all())


def revoke_all(session: Session, user_id: int, username: str = "") -> None:
    """Burn every link into an account and, with a name, those that its owner made for others."""
    theirs = col(OneTimeLink.user_id) == user_id
    made = col(OneTimeLink.made_by) == username
    session.exec(delete(OneTimeLink).where(or_(theirs, made) if username else theirs))


def _open(now: datetime) -> tuple[ColumnElement[bool], ...]:
    """Not over; and one that a wrong clock made would be good for longer than any may."""
    return col(OneTimeLink.expires_at) > now, col(OneTimeLink.created_at) <= ahead.not_yet(now)
