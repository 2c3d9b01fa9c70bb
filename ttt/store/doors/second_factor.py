"""Second factors: the newest time step that was used, and recovery codes."""

from collections.abc import Iterable

from sqlmodel import Session, col, delete, func, or_, select, update

from ttt.models import RecoveryCode, User


def enrol(session: Session, user_id: int, encrypted: str, step: int) -> bool:
    """Keep a secret whose code of a time step was shown; False when there is one already."""
    none_yet = (col(User.id) == user_id, col(User.totp_encrypted).is_(None))
    values = {"totp_encrypted": encrypted, "totp_step": step, "revision": User.revision + 1}
    return session.exec(update(User).where(*none_yet).values(**values)).rowcount == 1


# Steps that clocks of two machines, and of a phone, may be apart.
_SLACK = 4


def use_step(session: Session, user_id: int, encrypted: str, step: int) -> bool:
    """Use up a time step and all before it; False when it was used, or the secret is another.

    One that lies further ahead was used by a wrong clock: it locks nobody out until it comes.
    """
    same = (col(User.id) == user_id, col(User.totp_encrypted) == encrypted)
    used = func.coalesce(col(User.totp_step), -1)
    newer = or_(used < step, used > step + _SLACK)
    return session.exec(update(User).where(*same, newer).values(totp_step=step)).rowcount == 1


def forget(session: Session, user_id: int) -> None:
    """Forget secret and recovery codes."""
    values = {"totp_encrypted": None, "totp_step": None, "revision": User.revision + 1}
    session.exec(update(User).where(col(User.id) == user_id).values(**values))
    replace_codes(session, user_id, ())


def replace_codes(session: Session, user_id: int, hashes: Iterable[str]) -> None:
    """Keep these recovery codes in place of those before."""
    session.exec(delete(RecoveryCode).where(col(RecoveryCode.user_id) == user_id))
    session.add_all(RecoveryCode(user_id=user_id, code_hash=hash_) for hash_ in hashes)


def burn_code(session: Session, user_id: int, code_hash: str) -> bool:
    """Use up a recovery code; False when there is none such (any more)."""
    this = (col(RecoveryCode.user_id) == user_id, col(RecoveryCode.code_hash) == code_hash)
    return session.exec(delete(RecoveryCode).where(*this)).rowcount == 1


def codes_left(session: Session, user_id: int) -> int:
    """Number of recovery codes that are still good."""
    query = select(func.count()).select_from(RecoveryCode)
    return session.exec(query.where(RecoveryCode.user_id == user_id)).one()
