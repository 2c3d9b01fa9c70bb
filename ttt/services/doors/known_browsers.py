"""Browsers in which somebody signed in before, so that a stranger's tries make no owner wait."""

import re
import secrets
from datetime import timedelta

from sqlmodel import Session

from ttt.models import KnownBrowser, User
from ttt.services.context import Context
from ttt.services.keys.vault import fingerprint
from ttt.store.doors import known_browsers

LIFE = timedelta(days=365)
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")


def token_for(cookie: str | None) -> str:
    """What a browser's cookie shall hold: what it holds already, or something new."""
    return cookie if cookie and _TOKEN.fullmatch(cookie) else secrets.token_urlsafe(32)


def counter(context: Context, username: str, token: str) -> str:
    """Name under which tries for a username are counted: one of its own in a known browser."""
    if not _TOKEN.fullmatch(token):
        return username
    token_hash = _hash(username, token)
    with context.session() as session:
        known = known_browsers.is_known(session, token_hash, context.now() - LIFE)
    return f"{username} {token_hash}" if known else username


def remember(context: Context, session: Session, user: User, token: str) -> None:
    """Know a browser from now on as one of somebody's; part of the caller's transaction."""
    now = context.now()
    known_browsers.delete_old(session, now - LIFE)
    if _TOKEN.fullmatch(token):
        hash_ = _hash(user.username, token)
        known_browsers.keep(session, KnownBrowser(token_hash=hash_, user_id=user.id, used_at=now))


def _hash(username: str, token: str) -> str:
    # With the name in it, several people of one browser have a row each.
    return fingerprint(f"{token} {username}")
