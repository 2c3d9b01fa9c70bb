"""Accounts: who there is, and what admins do with them."""

from collections.abc import Callable

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from ttt.errors import InvalidInput, NotFound
from ttt.models import User
from ttt.roles import Role
from ttt.services.accounts import fields as account_fields
from ttt.services.accounts import passwords
from ttt.services.accounts.trail import record
from ttt.services.context import Context
from ttt.services.person import OPERATOR, Person, as_person, own, require_admin
from ttt.store.accounts import users
from ttt.store.doors import one_time_links, sessions


def operator(context: Context) -> Person:
    """Whoever has the command line: may do what an admin may, and owns no lists."""
    return Person(OPERATOR, "command line", "Command line", "", Role.ADMIN, context.now())


def find(context: Context, username: str) -> Person:
    """Account of a name, however it is capitalised; NotFound when there is none."""
    with context.session() as session:
        return as_person(by_name(session, username))


def by_id(context: Context, user_id: int) -> Person:
    """Account of an id; NotFound when there is none (any more)."""
    with context.session() as session:
        user = users.get(session, user_id)
        if user is None:
            raise NotFound("account")
        return as_person(user)


def listed(context: Context, actor: Person) -> list[Person]:
    """All accounts by name, for admins."""
    require_admin(context, actor)
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
    require_admin(context, actor)
    user = new(context, username, password, name=name, email=email, role=role)
    with context.session() as session:
        person = opened(session, user)
        record(context, session, actor, "account added", user.username)
        session.commit()
        return person


def new(
    context: Context,
    username: str,
    password: str,
    *,
    name: str = "",
    email: str = "",
    role: Role = Role.MEMBER,
) -> User:
    """An account that is not saved yet; InvalidInput says what is wrong with it."""
    username = account_fields.username(username)
    name, email = account_fields.name(name or username), account_fields.email(email)
    return User(
        username=username,
        name=name,
        email=email,
        password_hash=passwords.make_hash(password, username, name, email),
        role=role,
        created_at=context.now(),
    )


def opened(session: Session, user: User) -> Person:
    """Save a new account in the caller's transaction; InvalidInput when its name is taken."""
    try:
        return as_person(users.add(session, user))
    except IntegrityError:
        raise InvalidInput(f"There is an account named {user.username} already.") from None


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


def set_password(context: Context, actor: Person, username: str, password: str) -> None:
    """Give an account a new password and end its sessions, for admins."""
    require_admin(context, actor)

    def change(user: User) -> None:
        user.password_hash = passwords.make_hash(password, user.username, user.name, user.email)

    altered(context, actor, username, "password set", change, end_sessions=True)


def set_role(context: Context, actor: Person, username: str, role: Role) -> Person:
    """Make an account an admin or a member; the last admin stays one."""
    require_admin(context, actor)

    def change(user: User) -> None:
        user.role = role

    return altered(context, actor, username, f"role {role}", change, end_sessions=True)


def set_disabled(context: Context, actor: Person, username: str, disabled: bool) -> Person:
    """Keep an account from signing in, or let it again; the last admin is never disabled."""
    require_admin(context, actor)

    def change(user: User) -> None:
        user.disabled_at = context.now() if disabled else None

    action = "account disabled" if disabled else "account enabled"
    return altered(context, actor, username, action, change, end_sessions=disabled)


def end_sessions(context: Context, actor: Person, username: str) -> Person:
    """Sign an account out everywhere, for admins; links into it end as well."""
    require_admin(context, actor)
    action = "signed out everywhere"
    return altered(context, actor, username, action, lambda _user: None, end_sessions=True)


def altered(
    context: Context,
    actor: Person,
    username: str,
    action: str,
    change: Callable[[User], None],
    end_sessions: bool = False,
) -> Person:
    """Account after a change that is recorded as `action`; the last admin stays one.

    NotAllowed when it is not the actor's own and they are no admin.
    """
    own_account = username == actor.username
    if not own_account:
        require_admin(context, actor)
    with context.session() as session:
        admins = users.enabled_admins(session)
        user = own(session, actor) if own_account else by_name(session, username)
        change(user)
        if user in admins and not any(_can_administer(admin) for admin in admins):
            raise InvalidInput("This is the last admin; make somebody else an admin first.")
        user.revision += 1
        if end_sessions:
            _shut_out(session, user)
        record(context, session, actor, action, user.username)
        session.commit()
        return as_person(user)


def _shut_out(session: Session, user: User) -> None:
    """End all sessions of an account, and the ways back in."""
    sessions.end_all(session, as_person(user).id)
    # Or somebody could come back by what they made while they were an admin.
    one_time_links.revoke_all(session, as_person(user).id, user.username)


def _can_administer(user: User) -> bool:
    return user.role == Role.ADMIN and user.disabled_at is None


def by_name(session: Session, username: str) -> User:
    """Row of a name, however it is capitalised; NotFound when there is none."""
    user = users.by_username(session, username.strip().casefold())
    if user is None:
        raise NotFound("account")
    return user
