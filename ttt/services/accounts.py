"""Accounts: who there is, what they may do, and their own name, mail and password."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from ttt.errors import InvalidInput, NotAllowed, NotFound
from ttt.models import AuditEvent, User
from ttt.roles import Role
from ttt.services import passwords
from ttt.services.context import Context
from ttt.services.vault import fingerprint
from ttt.store import audit, sessions, users

_USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,63}")
_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s]+\.[^@\s]+")


@dataclass(frozen=True, slots=True)
class Person:
    """An account without its password; `revision` grows whenever what they see may change."""

    id: int
    username: str
    name: str
    email: str
    role: Role
    created_at: datetime
    disabled: bool = False
    revision: int = 0

    @property
    def is_admin(self) -> bool:
        """Whether they may manage accounts."""
        return self.role is Role.ADMIN


def operator(context: Context) -> Person:
    """Whoever has the command line: may do what an admin may, and owns no lists."""
    return Person(0, "command line", "Command line", "", Role.ADMIN, context.now())


def as_person(user: User) -> Person:
    """Account as the other services and the pages see it."""
    if user.id is None:
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
    )


def find(context: Context, username: str) -> Person:
    """Account of a name, however it is capitalised; NotFound when there is none."""
    with context.session() as session:
        return as_person(_by_name(session, username))


def by_id(context: Context, user_id: int) -> Person:
    """Account of an id; NotFound when there is none (any more)."""
    with context.session() as session:
        user = users.get(session, user_id)
        if user is None:
            raise NotFound("account")
        return as_person(user)


def listed(context: Context, actor: Person) -> list[Person]:
    """All accounts by name, for admins."""
    _require_admin(actor)
    with context.session() as session:
        return [as_person(user) for user in users.every(session)]


def add(
    context: Context,
    actor: Person,
    username: str,
    password: str,
    *,
    name: str = "",
    email: str = "",
    role: Role = Role.MEMBER,
) -> Person:
    """Open an account; InvalidInput says what is wrong with a name, mail or password."""
    _require_admin(actor)
    username = _valid_username(username)
    user = User(
        username=username,
        name=_valid_name(name or username),
        email=_valid_email(email),
        password_hash=passwords.make_hash(password, username),
        role=role,
        created_at=context.now(),
    )
    with context.session() as session:
        try:
            users.add(session, user)
        except IntegrityError:
            raise InvalidInput(f"There is an account named {username} already.") from None
        _record(context, session, actor, "account added", username)
        session.commit()
        return as_person(user)


def add_first_admin(context: Context) -> str | None:
    """Open the account "admin" when there is none at all; return its password, else None."""
    with context.session() as session:
        if users.count(session):
            return None
    password = passwords.generate()
    try:
        add(context, operator(context), "admin", password, name="Admin", role=Role.ADMIN)
    except InvalidInput:  # another process was first
        return None
    return password


def change_details(context: Context, actor: Person, name: str, email: str) -> Person:
    """Change one's own name and mail."""

    def change(user: User) -> None:
        user.name, user.email = _valid_name(name), _valid_email(email)

    return _change(context, actor, actor.username, "details changed", change)


def change_password(
    context: Context, actor: Person, current: str, new: str, session_token: str
) -> None:
    """Change one's own password and end all other sessions."""
    with context.session() as session:
        user = _by_name(session, actor.username)
        if not passwords.matches(current, user.password_hash):
            raise InvalidInput("The current password is not right.")
        user.password_hash = passwords.make_hash(new, user.username)
        sessions.end_all(session, actor.id, but=fingerprint(session_token))
        _record(context, session, actor, "password changed", user.username)
        session.commit()


def set_password(context: Context, actor: Person, username: str, password: str) -> None:
    """Give an account a new password and end its sessions, for admins."""
    _require_admin(actor)

    def change(user: User) -> None:
        user.password_hash = passwords.make_hash(password, user.username)

    _change(context, actor, username, "password set", change, end_sessions=True)


def set_role(context: Context, actor: Person, username: str, role: Role) -> Person:
    """Make an account an admin or a member; the last admin stays one."""
    _require_admin(actor)

    def change(user: User) -> None:
        user.role = role

    return _change(context, actor, username, f"role {role}", change, end_sessions=True)


def set_disabled(context: Context, actor: Person, username: str, disabled: bool) -> Person:
    """Keep an account from signing in, or let it again; the last admin is never disabled."""
    _require_admin(actor)

    def change(user: User) -> None:
        user.disabled_at = context.now() if disabled else None

    action = "account disabled" if disabled else "account enabled"
    return _change(context, actor, username, action, change, end_sessions=disabled)


def _change(
    context: Context,
    actor: Person,
    username: str,
    action: str,
    change: Callable[[User], None],
    end_sessions: bool = False,
) -> Person:
    with context.session() as session:
        admins = users.enabled_admins(session)
        user = _by_name(session, username)
        change(user)
        if user in admins and not any(_can_administer(admin) for admin in admins):
            raise InvalidInput("This is the last admin; make somebody else an admin first.")
        user.revision += 1
        if end_sessions:
            sessions.end_all(session, as_person(user).id)
        _record(context, session, actor, action, user.username)
        session.commit()
        return as_person(user)


def _can_administer(user: User) -> bool:
    return user.role == Role.ADMIN and user.disabled_at is None


def _record(context: Context, session: Session, actor: Person, action: str, subject: str) -> None:
    event = AuditEvent(at=context.now(), actor=actor.username, action=action, subject=subject)
    audit.add(session, event)


def _by_name(session: Session, username: str) -> User:
    user = users.by_username(session, username.strip().casefold())
    if user is None:
        raise NotFound("account")
    return user


def _require_admin(actor: Person) -> None:
    if not actor.is_admin:
        raise NotAllowed


def _valid_username(username: str) -> str:
    username = username.strip().casefold()
    if not _USERNAME.fullmatch(username):
        raise InvalidInput(
            "A username has 2 to 64 letters a-z, digits, dots, dashes or underscores."
        )
    return username


def _valid_name(name: str) -> str:
    name = name.strip()
    if not 1 <= len(name) <= 120 or not name.isprintable():
        raise InvalidInput("A name has 1 to 120 printable characters.")
    return name


def _valid_email(email: str) -> str:
    email = email.strip()
    if email and (len(email) > 254 or not email.isprintable() or not _EMAIL.fullmatch(email)):
        raise InvalidInput("That is not a mail address.")
    return email
