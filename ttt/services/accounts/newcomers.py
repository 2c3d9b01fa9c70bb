"""Accounts for people whom an OpenID provider brings, and the binding of identities."""

import re

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from ttt.errors import OpenIdFailed
from ttt.models import OpenIdIdentity, User
from ttt.providers.openid import Identity
from ttt.services.accounts import fields as account_fields
from ttt.services.accounts.trail import record
from ttt.services.context import Context
from ttt.services.person import Person, as_person
from ttt.settings import Settings
from ttt.store.accounts import users
from ttt.store.doors import openid

_NOT_IN_A_USERNAME = re.compile(r"[^a-z0-9._-]+")
_LONGEST = 60  # leaves room for a number


def welcome(context: Context, who: Identity, address: str | None) -> Person:
    """Open an account without a password for an identity; OpenIdFailed where the rule forbids."""
    _require_allowed(context.settings, who)
    wanted = username = _username(who)
    number = 1
    while (person := _opened(context, who, username, address)) is None:
        number += 1
        username = f"{wanted}{number}"
    return person


def _opened(context: Context, who: Identity, username: str, address: str | None) -> Person | None:
    """The new account, None when somebody has that name."""
    with context.session() as session:
        user = _account(context, who, username)
        if users.by_username(session, user.username) is not None:
            return None
        try:
            users.add(session, user)
        except IntegrityError:  # somebody of that name came at the same moment
            return None
        person = as_person(user, address)
        record(context, session, person, "account added by openid", person.username)
        bind(context, session, who, person)
        session.commit()
        return person


def bind(context: Context, session: Session, who: Identity, person: Person) -> None:
    """Bind an identity that is nobody's to an account; part of the caller's transaction."""
    bound = OpenIdIdentity(
        issuer=who.issuer,
        subject=who.subject,
        user_id=person.id,
        name=who.email or who.username or who.name or who.subject[:254],
        created_at=context.now(),
    )
    try:
        openid.add(session, bound)
    except IntegrityError:  # another tab was first
        raise OpenIdFailed("taken") from None
    record(context, session, person, "openid bound", bound.name)


def _require_allowed(settings: Settings, who: Identity) -> None:
    if settings.openid_accounts != "create":
        raise OpenIdFailed("unbound")
    if not (who.email and who.email_verified):
        raise OpenIdFailed("unverified")
    domains = settings.openid_domains
    if domains and who.email.rpartition("@")[2].lower() not in domains.split(","):
        raise OpenIdFailed("domain")


def _account(context: Context, who: Identity, username: str) -> User:
    name = "".join(c for c in who.name if c.isprintable()).strip()[:120]
    return User(
        username=account_fields.username(username),
        name=account_fields.name(name or username),
        email=account_fields.email(who.email),
        password_hash="",  # nosec B106  # no password opens it
        created_at=context.now(),
    )


def _username(who: Identity) -> str:
    wanted = who.username.partition("@")[0] or who.email.partition("@")[0]
    plain = _NOT_IN_A_USERNAME.sub("-", wanted.casefold())[:_LONGEST].strip("._-")
    return plain if len(plain) > 1 else f"person{plain}"
