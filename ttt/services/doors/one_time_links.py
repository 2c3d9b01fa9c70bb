"""Links that are good once: to a new password, or to an account that is not there yet.

Whoever opens one sees what it is for; only a form that is sent and right claims it, as mail
scanners open links too.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlmodel import Session

from ttt.errors import InvalidInput, LinkUsedUp, NotFound
from ttt.models import OneTimeLink, User
from ttt.roles import Role
from ttt.services.accounts import accounts, decisions
from ttt.services.accounts import fields as account_fields
from ttt.services.accounts.trail import record
from ttt.services.context import Context
from ttt.services.keys.vault import fingerprint
from ttt.services.person import Person, as_person, require_admin
from ttt.store.accounts import users
from ttt.store.doors import one_time_links

Kind = Literal["reset", "invitation"]
RESET_BY_ADMIN = timedelta(hours=24)
RESET_BY_MAIL = timedelta(hours=1)
INVITATION = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class MadeLink:
    """A link as it is shown this once; only a hash of it is kept, whose beginning is the `id`."""

    id: str
    url: str
    expires_at: datetime

    def __repr__(self) -> str:
        return "MadeLink(...)"


@dataclass(frozen=True, slots=True)
class Purpose:
    """What a link that is still good leads to; an invitation has no username yet."""

    username: str
    role: Role
    email: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Invitation:
    """An invitation that nobody has taken up yet; `id` names it without opening anything."""

    id: str
    role: Role
    email: str
    made_by: str
    created_at: datetime
    expires_at: datetime


def reset_link(context: Context, actor: Person, username: str) -> MadeLink:
    """Link by which somebody sets a new password within a day, for admins; older ones end."""
    require_admin(context, actor)
    with context.session() as session:
        user = accounts.by_name(session, username)
        if user.disabled_at is not None:
            raise InvalidInput("This account is disabled; enable it first.")
        link = add_reset(context, session, user, actor.username, RESET_BY_ADMIN)
        record(context, session, actor, "reset link made", user.username)
        session.commit()
    return link


def add_reset(
    context: Context, session: Session, user: User, made_by: str, life: timedelta
) -> MadeLink:
    """Link to a new password, in the caller's transaction; older ones of the account end."""
    user_id = as_person(user).id
    one_time_links.revoke_all(session, user_id)
    now = context.now()
    token = secrets.token_urlsafe(32)
    link = OneTimeLink(
        token_hash=fingerprint(token),
        kind="reset",
        user_id=user_id,
        made_by=made_by,
        created_at=now,
        expires_at=now + life,
    )
    one_time_links.add(session, link)
    return MadeLink(_short(link), f"{context.settings.base_url}/?reset={token}", link.expires_at)


def invite(context: Context, actor: Person, role: Role, email: str = "") -> MadeLink:
    """Link by which somebody opens an account of their own within a week, for admins."""
    require_admin(context, actor)
    if decisions.read(context).registration == "closed":
        raise InvalidInput("Registration is closed; open it for invitations first.")
    token, now = secrets.token_urlsafe(32), context.now()
    link = OneTimeLink(
        token_hash=fingerprint(token),
        kind="invitation",
        role=role,
        email=account_fields.email(email),
        made_by=actor.username,
        created_at=now,
        expires_at=now + INVITATION,
    )
    with context.session() as session:
        one_time_links.add(session, link)
        record(context, session, actor, f"invitation made: {role}", _short(link))
        session.commit()
    url = f"{context.settings.base_url}/?invitation={token}"
    return MadeLink(_short(link), url, link.expires_at)


def invitations(context: Context, actor: Person) -> list[Invitation]:
    """Invitations that nobody has taken up yet, the newest first, for admins."""
    require_admin(context, actor)
    with context.session() as session:
        links = one_time_links.of_kind(session, "invitation", context.now())
    return [
        Invitation(_short(k), Role(k.role), k.email, k.made_by, k.created_at, k.expires_at)
        for k in links
    ]


def revoke_invitation(context: Context, actor: Person, invitation_id: str) -> None:
    """Take an invitation back, for admins; NotFound when it is not open (any more)."""
    require_admin(context, actor)
    with context.session() as session:
        whole = len(invitation_id) == one_time_links.SHORT
        if not whole or not one_time_links.revoke(session, "invitation", invitation_id):
            raise NotFound("invitation")
        record(context, session, actor, "invitation revoked", invitation_id)
        session.commit()


def look(context: Context, kind: Kind, token: str) -> Purpose:
    """What a link is for, without claiming it; LinkUsedUp when it is no good (any more)."""
    with context.session() as session:
        link = one_time_links.find(session, fingerprint(token), kind, context.now())
        user = None if link is None or link.user_id is None else users.get(session, link.user_id)
    if link is None or (kind == "reset" and (user is None or user.disabled_at is not None)):
        raise LinkUsedUp
    username = "" if user is None else user.username
    return Purpose(username, Role(link.role), link.email, link.expires_at)


def claim(context: Context, session: Session, kind: Kind, token: str) -> None:
    """Burn a link in the caller's transaction; LinkUsedUp when somebody else was first."""
    if not one_time_links.claim(session, fingerprint(token), kind, context.now()):
        raise LinkUsedUp


def _short(link: OneTimeLink) -> str:
    return link.token_hash[: one_time_links.SHORT]
