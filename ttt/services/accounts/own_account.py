"""One's own account: name, mail, time zone and password."""

from zoneinfo import available_timezones

from sqlmodel import Session

from ttt.errors import InvalidInput
from ttt.models import User
from ttt.services.accounts import accounts, passwords, throttle
from ttt.services.accounts import fields as account_fields
from ttt.services.accounts.trail import record
from ttt.services.context import Context
from ttt.services.keys.vault import fingerprint
from ttt.services.person import Person, own
from ttt.store.doors import one_time_links, sessions


def change_details(context: Context, actor: Person, name: str, email: str) -> Person:
    """Change one's own name and mail."""

    def change(user: User) -> None:
        user.name, user.email = account_fields.name(name), account_fields.email(email)

    return accounts.altered(context, actor, actor.username, "details changed", change)


def first_zone(context: Context, actor: Person, zone: str) -> None:
    """Keep a browser's time zone (an IANA name) with an account that has none yet."""
    with context.session() as session:
        user = own(session, actor)
        if user.time_zone or zone not in available_timezones():
            return
        user.time_zone = zone
        session.add(user)
        session.commit()


def has_password(context: Context, actor: Person) -> bool:
    """Whether somebody can sign in by password; who came by OpenID need not have one."""
    with context.session() as session:
        return bool(accounts.by_name(session, actor.username).password_hash)


def proven(context: Context, session: Session, actor: Person, password: str) -> User:
    """Row of one's own account, once the password shows that it is really them.

    Who has no password is not asked for one. InvalidInput for a wrong password, and TooManyTries
    after some: a tab that was left open is no place to guess it.
    """
    failure = throttle.count(context, "current password", actor.username, actor.address)
    user = own(session, actor)
    if user.password_hash and not passwords.matches(password, user.password_hash):
        raise InvalidInput("The password is not right.")
    throttle.forgive(context, session, failure)
    return user


def prove(context: Context, actor: Person, password: str) -> None:
    """Let the password show that it is really them, before another way in is added."""
    with context.session() as session:
        proven(context, session, actor, password)
        session.commit()


def change_password(
    context: Context, actor: Person, current: str, new: str, session_token: str
) -> None:
    """Change one's own password and end all other sessions.

    Who has none yet sets the first one without a current one.
    """
    with context.session() as session:
        user = proven(context, session, actor, current)
        session.commit()
        user.password_hash = passwords.make_hash(new, user.username, user.name, user.email)
        sessions.end_all(session, actor.id, but=fingerprint(session_token))
        one_time_links.revoke_all(session, actor.id)
        record(context, session, actor, "password changed", user.username)
        session.commit()
