"""Signing in and out: throttled password check, one-time ticket, server-side session."""

import secrets
from datetime import timedelta

from ttt.models import SignInTicket, UserSession
from ttt.services import passwords, second_factor, throttle
from ttt.services.context import Context
from ttt.services.person import Person, as_person
from ttt.services.trail import record
from ttt.services.vault import fingerprint
from ttt.settings import Settings
from ttt.store import sessions, users

_TICKET_LIFE = timedelta(minutes=1)


def check_password(
    context: Context, username: str, password: str, address: str | None
) -> Person | None:
    """Account of a name and password, None when they do not belong together.

    Raises TooManyTries, without looking at the password, after ten failed tries within five
    minutes for the name or from the address. The try is counted before the password is
    checked, so that tries side by side cannot pass the limit.
    """
    name = username.strip().casefold()
    failure = throttle.count(context, "password", name, address)
    with context.session() as session:
        # PostgreSQL takes no NUL, and people paste anything.
        user = users.by_username(session, name) if name.isprintable() else None
        known = user is not None and user.disabled_at is None
        hash_ = user.password_hash if user is not None and known else None
        if not passwords.matches(password, hash_) or user is None:
            return None
        throttle.forgive(context, session, failure)
        session.commit()
        return as_person(user)


def issue_ticket(context: Context, person: Person, next_path: str, zone: str = "") -> str:
    """One-time ticket that the session route turns into a cookie within a minute."""
    ticket = secrets.token_urlsafe(32)
    with context.session() as session:
        expires_at = context.now() + _TICKET_LIFE
        sessions.add_ticket(
            session,
            SignInTicket(
                token_hash=fingerprint(ticket),
                user_id=person.id,
                next_path=local_path(next_path),
                zone=zone[:64],
                expires_at=expires_at,
            ),
        )
        session.commit()
    return ticket


def redeem_ticket(context: Context, ticket: str, address: str | None) -> tuple[str, str] | None:
    """Burn a ticket; return the new session's token and the next path, None for a bad ticket."""
    now = context.now()
    with context.session() as session:
        claimed = sessions.claim_ticket(session, fingerprint(ticket), now)
        if claimed is None:
            return None
        user_id, next_path, zone = claimed
        token = secrets.token_urlsafe(32)
        expires_at = now + timedelta(days=context.settings.session_days)
        sessions.delete_expired(session, now)
        sessions.add(
            session,
            UserSession(
                token_hash=fingerprint(token),
                user_id=user_id,
                created_at=now,
                last_seen_at=now,
                expires_at=expires_at,
                ends_at=expires_at,
                zone=zone,
                address=address,
            ),
        )
        user = users.get(session, user_id)
        if user is not None:
            record(context, session, as_person(user, address), "signed in")
        session.commit()
    return token, next_path


def current_person(
    context: Context, token: str | None, address: str | None = None
) -> Person | None:
    """Who is signed in with a session token, None when nobody is (any more)."""
    if not token:
        return None
    with context.session() as session:
        user = sessions.user_of(session, fingerprint(token), context.now())
    return None if user is None else second_factor.held_back(context, as_person(user, address))


def sign_out(context: Context, token: str) -> None:
    """End a session for good; its cookie is worth nothing from now on."""
    with context.session() as session:
        sessions.end(session, fingerprint(token))
        session.commit()


def local_path(path: str) -> str:
    """The path when it leads to a page of this app, else "/"."""
    safe = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable()
    return path if safe and "\\" not in path and len(path) <= 500 else "/"


def client_address(settings: Settings, forwarded_for: str | None, peer: str | None) -> str | None:
    """The address that the outermost trusted proxy saw; `peer` where no proxy is trusted."""
    hops = [hop.strip() for hop in (forwarded_for or "").split(",") if hop.strip()]
    trusted = settings.trusted_proxies
    return hops[-trusted][:64] if 0 < trusted <= len(hops) else peer
