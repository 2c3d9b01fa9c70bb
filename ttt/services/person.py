"""Whoever acts: an account as services and pages see it."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import Session

from ttt.errors import NotAllowed, NotFound
from ttt.models import User
from ttt.roles import Role
from ttt.services.context import Context
from ttt.store.accounts import users

# Whoever has the command line; no account has this id.
OPERATOR = 0


@dataclass(frozen=True, slots=True)
class Person:
    """An account without its secrets; `revision` grows whenever what they see may change.

    `address` is where the request that is being answered came from; with `enrolment_due` an
    admin has to set up a second factor before they may do what admins may.
    """

    id: int
    username: str
    name: str
    email: str
    role: Role
    created_at: datetime
    disabled: bool = False
    revision: int = 0
    second_factor: bool = False
    address: str | None = field(default=None, compare=False)
    enrolment_due: bool = field(default=False, compare=False)

    @property
    def who(self) -> tuple[int, datetime]:
        """Tells the account from all others; SQLite gives ids of deleted accounts again."""
        return self.id, self.created_at

    @property
    def is_admin(self) -> bool:
        """Whether they may manage accounts."""
        return self.role is Role.ADMIN and not self.enrolment_due


def as_person(user: User, address: str | None = None) -> Person:
    """Account as the services and the pages see it."""
    if user.id is None:  # or nobody's rows would be theirs
        raise NotFound("account")
    return Person(
        user.id,
        user.username,
        user.name,
        user.email,
        Role(user.role),
        user.created_at,
        user.disabled_at is not None,
        user.revision,
        user.totp_encrypted is not None,
        address,
    )


def own(session: Session, actor: Person) -> User:
    """Row of the actor's own account; NotAllowed when it was disabled or deleted meanwhile."""
    user = users.get(session, actor.id)
    # The id can be another account's by now.
    if user is None or user.username != actor.username or user.disabled_at is not None:
        raise NotAllowed
    return user


def require_admin(context: Context, actor: Person) -> None:
    """Raise NotAllowed unless the actor came as an admin and is one still."""
    if not actor.is_admin:
        raise NotAllowed
    if actor.id == OPERATOR:
        return
    with context.session() as session:
        if own(session, actor).role != Role.ADMIN:
            raise NotAllowed
