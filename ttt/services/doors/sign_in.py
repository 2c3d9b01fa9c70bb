"""Signing in and out: throttled password check, one-time ticket, server-side session."""

import ipaddress
import secrets
from contextlib import suppress
from datetime import timedelta

from sqlmodel import Session

from ttt.errors import StoreError
from ttt.models import SignInTicket, User, UserSession
from ttt.services.accounts import passwords, throttle
from ttt.services.accounts.trail import record, record_stranger
from ttt.services.context import Context
from ttt.services.doors import known_browsers, second_factor
from ttt.services.keys.vault import fingerprint
from ttt.services.person import Person, as_person
from ttt.settings import Settings
from ttt.store import ahead
from ttt.store.accounts import users
from ttt.store.doors import sessions

# Spotify's answer comes as part of a path, with a code of several hundred signs.
_LONGEST_PATH = 4_000
_SEEN_EVERY = timedelta(minutes=5)


def check_password(
    context: Context, username: str, password: str, address: str | None, known_as: str = ""
) -> Person | None:
    """Account of a name and password, None when they do not belong together.

    Raises TooManyTries, without looking at the password, while there is a wait for the name or
    the address. `known_as` is the cookie of a browser in which somebody signed in before: their
    tries in it are counted apart from everybody else's for their name.
    """
    name = username.strip().casefold()
    counter = known_browsers.counter(context, name, known_as)
    failure = throttle.count(context, "password", counter, address)
    with context.session() as session:
        # PostgreSQL takes no NUL, and people paste anything.
        user = users.by_username(session, name) if name.isprintable() else None
        hash_ = user.password_hash if user is not None and user.disabled_at is None else ""
        right = passwords.matches(password, hash_)
        if user is None or not right:
            if throttle.starts_wait(context, session, failure):
                _note_wait(context, session, user, address)
            return None
        throttle.forgive(context, session, failure)
        _renew_hash(session, user, password)
        session.commit()
        return as_person(user, address)


def _note_wait(context: Context, session: Session, user: User | None, address: str | None) -> None:
    # People type passwords as names, so only the name of an account is written down.
    subject = "" if user is None else user.username
    record_stranger(context, session, "sign-in refused", subject, address)
    session.commit()


def _renew_hash(session: Session, user: User, password: str) -> None:
    if passwords.is_outdated(user.password_hash):
        hashed = passwords.hashed(password)
        users.replace_password_hash(session, user.id, user.password_hash, hashed)


def issue_ticket(context: Context, person: Person, next_path: str, zone: str = "") -> str:
    """One-time ticket that the session route turns into a cookie within a minute."""
    ticket = secrets.token_urlsafe(32)
    _keep(context, person, fingerprint(ticket), local_path(next_path), zone)
    return ticket


def issue_proof(context: Context, person: Person) -> str:
    """One-time proof, for a minute, that somebody typed their password; it opens no session."""
    proof = secrets.token_urlsafe(32)
    _keep(context, person, _proof_hash(proof), "/")
    return proof


def burn_proof(context: Context, proof: str) -> int | None:
    """Whose proof this is; None for one that is no good (any more), a sign-in ticket included."""
    with context.session() as session:
        claimed = sessions.claim_ticket(session, _proof_hash(proof), context.now())
        session.commit()
    return None if claimed is None else claimed[0]


def redeem_ticket(
    context: Context,
    ticket: str,
    address: str | None,
    user_agent: str = "",
    known_as: str = "",
) -> tuple[str, str] | None:
    """Burn a ticket; return the new session's token and the next path, None for a bad ticket.

    What has expired is deleted on the way.
    """
    now = context.now()
    with context.session() as session:
        claimed = sessions.claim_ticket(session, fingerprint(ticket), now)
        user = None if claimed is None else users.get(session, claimed[0])
        if claimed is None or user is None:
            return None
        _, next_path, zone = claimed
        token = secrets.token_urlsafe(32)
        person = as_person(user, address)
        sessions.delete_expired(session, now)
        sessions.add(session, _begun(context, person, token, user_agent, zone))
        known_browsers.remember(context, session, user, known_as)
        record(context, session, person, "signed in")
        session.commit()
    return token, next_path


def _begun(context: Context, person: Person, token: str, user_agent: str, zone: str) -> UserSession:
    now = context.now()
    return UserSession(
        token_hash=fingerprint(token),
        user_id=person.id,
        created_at=now,
        last_seen_at=now,
        expires_at=now + timedelta(days=context.settings.session_days),
        ends_at=now + timedelta(days=context.settings.session_max_days),
        user_agent=_printable(user_agent)[:300],
        zone=zone,
        address=person.address,
    )


def current_person(
    context: Context, token: str | None, address: str | None = None
) -> Person | None:
    """Who is signed in with a session token, None when nobody is (any more).

    Each visit puts off the end of the session; it is written down every five minutes at most.
    """
    if not token:
        return None
    now, token_hash = context.now(), fingerprint(token)
    with context.session() as session:
        found = sessions.find(session, token_hash, now)
        if found is None:
            return None
        user, current = found
        if not now - _SEEN_EVERY < current.last_seen_at <= ahead.not_yet(now):
            after_visit = now + timedelta(days=context.settings.session_days)
            expires_at = min(after_visit, current.ends_at)
            # Where it cannot be written just now, the next visit is noted.
            with suppress(StoreError):
                sessions.seen(session, token_hash, now, expires_at, now - _SEEN_EVERY)
                session.commit()
    return second_factor.held_back(context, as_person(user, address))


def sign_out(context: Context, token: str, address: str | None = None) -> None:
    """End a session for good; its cookie is worth nothing from now on."""
    token_hash = fingerprint(token)
    with context.session() as session:
        found = sessions.find(session, token_hash, context.now())
        if found is not None:
            record(context, session, as_person(found[0], address), "signed out")
        sessions.end(session, token_hash)
        session.commit()


def local_path(path: str) -> str:
    """The path when it leads to a page of this app, else "/"."""
    safe = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable()
    return path if safe and "\\" not in path and len(path) <= _LONGEST_PATH else "/"


def client_address(settings: Settings, forwarded_for: str | None, peer: str | None) -> str | None:
    """The address that the outermost trusted proxy saw; `peer` where no proxy is trusted.

    What is no IP address is not believed either.
    """
    hops = [hop.strip() for hop in (forwarded_for or "").split(",") if hop.strip()]
    trusted = settings.trusted_proxies
    if 0 < trusted <= len(hops):
        with suppress(ValueError):
            return str(ipaddress.ip_address(hops[-trusted]))[:64]
    return peer


def _keep(
    context: Context, person: Person, token_hash: str, next_path: str, zone: str = ""
) -> None:
    ticket = SignInTicket(
        token_hash=token_hash,
        user_id=person.id,
        next_path=next_path,
        zone=zone[:64],
        expires_at=context.now() + sessions.TICKET_LIFE,
    )
    with context.session() as session:
        sessions.add_ticket(session, ticket)
        session.commit()


def _proof_hash(proof: str) -> str:
    # What a secret is for is part of its hash: a proof sent as a ticket is not found.
    return fingerprint(f"proof {proof}")


def _printable(text: str) -> str:
    return "".join(c for c in text if c.isprintable())
