"""Accounts."""

from collections.abc import Iterable, Sequence

from sqlmodel import Session, col, func, or_, select, update

from ttt.models import ListEntry, Play, TopEntry, TrackList, User
from ttt.roles import Role
from ttt.store.membership import is_among


def get(session: Session, user_id: int) -> User | None:
    """Account by id."""
    return session.get(User, user_id)


def by_username(session: Session, username: str) -> User | None:
    """Account by its case-folded name."""
    return session.exec(select(User).where(User.username == username)).one_or_none()


def is_enabled(session: Session, user_id: int) -> bool:
    """Whether an account is there and not disabled."""
    user = get(session, user_id)
    return user is not None and user.disabled_at is None


def time_zone(session: Session, user_id: int) -> str:
    """The zone that is kept with an account, "" where none is yet."""
    return session.exec(select(User.time_zone).where(User.id == user_id)).first() or ""


def every(session: Session) -> Sequence[User]:
    """All accounts by name."""
    return session.exec(select(User).order_by(col(User.username))).all()


def count(session: Session) -> int:
    """Number of accounts."""
    return session.exec(select(func.count()).select_from(User)).one()


def enabled_admins(session: Session) -> Sequence[User]:
    """Admins that can sign in, locked until the transaction ends."""
    admins = (col(User.role) == Role.ADMIN, col(User.disabled_at).is_(None))
    # SELECT ... FOR UPDATE locks nothing on SQLite, an update that changes nothing does.
    session.exec(update(User).where(*admins).values(revision=User.revision))
    return session.exec(select(User).where(*admins)).all()


def add(session: Session, user: User) -> User:
    """Save a new account, with its trending list, and give it its id."""
    session.add(user)
    session.flush()
    at = user.created_at
    session.add(TrackList(user_id=user.id, name="Trending", trending=True, created_at=at))
    session.flush()
    return user


def touch(session: Session, *user_ids: int) -> None:
    """Raise people's revisions, so that no process shows what it cached before."""
    # One after the other, or two processes that touch the same people could deadlock.
    for user_id in sorted(set(user_ids)):
        session.exec(update(User).where(col(User.id) == user_id).values(revision=User.revision + 1))


def touch_all(session: Session) -> None:
    """Raise everybody's revision."""
    session.exec(update(User).values(revision=User.revision + 1))


def touch_holders(session: Session, track_ids: Iterable[int]) -> None:
    """Raise the revision of everybody who listed, ranked or played one of the tracks."""
    wanted = list(track_ids)
    saved = select(ListEntry.user_id).where(is_among(session, ListEntry.track_id, wanted))
    ranked = select(TopEntry.user_id).where(is_among(session, TopEntry.track_id, wanted))
    played = select(Play.user_id).where(is_among(session, Play.track_id, wanted))
    theirs = (col(User.id).in_(found) for found in (saved, ranked, played))
    holders = select(User.id).where(or_(*theirs))
    # Locked in one order, or two processes that touch the same people could deadlock.
    ids = session.exec(holders.order_by(col(User.id)).with_for_update()).all()
    touched = is_among(session, User.id, ids)
    session.exec(update(User).where(touched).values(revision=User.revision + 1))


def replace_password_hash(session: Session, user_id: int, old: str, new: str) -> None:
    """Put a hash in the place of another of the same password, unless that was replaced."""
    same = (col(User.id) == user_id, col(User.password_hash) == old)
    session.exec(update(User).where(*same).values(password_hash=new))


def delete(session: Session, user: User) -> None:
    """Delete an account; what belongs to it goes with it, what it added elsewhere stays."""
    session.delete(user)
    session.flush()


def by_name_or_mail(session: Session, text: str) -> Sequence[User]:
    """Accounts of a case-folded username or mail address, which several share: five at most."""
    same = or_(col(User.username) == text, func.lower(User.email) == text)
    return session.exec(select(User).where(same).order_by(col(User.id)).limit(5)).all()
