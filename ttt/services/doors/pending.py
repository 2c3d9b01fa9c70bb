"""A sign-in whose password was right and whose code is still to come."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from ttt.errors import NotFound
from ttt.services.context import Context
from ttt.services.keys.vault import fingerprint
from ttt.services.person import Person, as_person
from ttt.store.accounts import users

LIFE = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Pending:
    """Whose sign-in it is, by which password, and until when; it opens nothing by itself."""

    user_id: int
    password: str
    until: datetime


def hold(context: Context, person: Person) -> Pending:
    """Remember that somebody's password was right, for five minutes."""
    with context.session() as session:
        user = users.get(session, person.id)
        if user is None:
            raise NotFound("account")
        return Pending(person.id, fingerprint(user.password_hash), context.now() + LIFE)


def resume(context: Context, pending: Pending) -> Person | None:
    """Whoever it was; None when it is over, or the account is no longer what it was.

    That is: disabled, with another password, or without its second factor.
    """
    if context.now() >= pending.until:
        return None
    with context.session() as session:
        user = users.get(session, pending.user_id)
        if user is None or user.disabled_at is not None or user.totp_encrypted is None:
            return None
        same = fingerprint(user.password_hash) == pending.password
        return as_person(user) if same else None
