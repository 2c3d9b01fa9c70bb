"""Signing in by an OpenID provider: there and back, and the identities bound to an account."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from ttt.errors import InvalidInput, NotFound, OpenIdFailed
from ttt.models import FailedTry, OpenIdState
from ttt.providers.clock import Clock
from ttt.providers.openid import Challenge, Identity, OpenIdProvider
from ttt.services.accounts import newcomers, own_account, throttle
from ttt.services.accounts.trail import record
from ttt.services.context import Context
from ttt.services.doors.sign_in import issue_proof, local_path
from ttt.services.keys.vault import fingerprint
from ttt.services.person import Person, as_person
from ttt.settings import Settings
from ttt.store.accounts import users
from ttt.store.doors import openid

STATE_LIFE = openid.STATE_LIFE


@dataclass(frozen=True, slots=True)
class Start:
    """Where to send a browser, and what it has to keep to be known when it comes back."""

    url: str
    browser: str


@dataclass(frozen=True, slots=True)
class Journey:
    """A sign-in that came back in the browser it left from; `binding` is whose account it binds."""

    counted: FailedTry
    nonce: str
    verifier: str
    next_path: str
    zone: str
    binding: int | None


@dataclass(frozen=True, slots=True)
class Bound:
    """An identity that is bound to an account."""

    issuer: str
    subject: str
    name: str
    since: datetime


def allow_binding(context: Context, person: Person, password: str) -> str:
    """Proof with which the person may start to bind an identity, for a minute.

    The password keeps a session that was stolen, or left open, from letting somebody else in.
    """
    own_account.prove(context, person, password)
    return issue_proof(context, person)


def begin(
    context: Context, next_path: str, zone: str, binding: Person | None, address: str | None
) -> Start:
    """Send somebody to the provider, to sign in or to bind who they are there to an account."""
    state, browser, nonce = (secrets.token_urlsafe(32) for _ in range(3))
    verifier = secrets.token_urlsafe(64)
    # A start counts as a failed try until it comes back well.
    throttle.count(context, "openid", fingerprint(state), address)
    challenge = Challenge(state, nonce, verifier)
    url = _provider(context.settings, context.now).authorize_url(challenge)
    kept = OpenIdState(
        state_hash=fingerprint(state),
        browser_hash=fingerprint(browser),
        nonce=nonce,
        verifier_encrypted=context.vault.encrypt(verifier),
        user_id=None if binding is None else binding.id,
        next_path=local_path(next_path),
        zone=zone[:64],
        expires_at=context.now() + STATE_LIFE,
    )
    with context.session() as session:
        openid.add_state(session, kept, context.now())
        session.commit()
    return Start(url, browser)


def claim(context: Context, state: str, browser: str, address: str | None) -> Journey:
    """Use up the state that somebody came back with; OpenIdFailed when it is not good."""
    counted = throttle.count(context, "openid", fingerprint(state), address)
    with context.session() as session:
        claimed = openid.claim_state(session, fingerprint(state), context.now())
        session.commit()
    if claimed is None:
        raise OpenIdFailed("stale")
    if not secrets.compare_digest(claimed.browser_hash, fingerprint(browser)):
        raise OpenIdFailed("browser")
    verifier = context.vault.decrypt(claimed.verifier_encrypted)
    if verifier is None:
        raise OpenIdFailed("stale")
    next_path, zone = claimed.next_path, claimed.zone
    return Journey(counted, claimed.nonce, verifier, next_path, zone, claimed.user_id)


def identify(context: Context, journey: Journey, answer: Mapping[str, str]) -> Identity:
    """Who it is that came back, by the provider's signed word."""
    if "error" in answer or not answer.get("code"):
        raise OpenIdFailed("denied" if answer.get("error") == "access_denied" else "nonsense")
    provider = _provider(context.settings, context.now)
    return provider.identify(answer["code"], journey.verifier, journey.nonce)


def enter(context: Context, journey: Journey, who: Identity, address: str | None) -> Person:
    """Whose account an identity opens, made now where the rule of the settings allows it.

    A mail address that is the same opens nothing: at many providers people type it themselves.
    """
    with context.session() as session:
        bound = openid.identity(session, who.issuer, who.subject)
        user = None if bound is None else users.get(session, bound.user_id)
    if user is None:
        person = newcomers.welcome(context, who, address)
    elif user.disabled_at is not None:
        raise OpenIdFailed("disabled")
    else:
        person = as_person(user, address)
    with context.session() as session:
        throttle.forgive(context, session, journey.counted)
        session.commit()
    return person


def bind(context: Context, journey: Journey, who: Identity, person: Person | None) -> None:
    """Bind an identity to the account of who is signed in, which has to be who started it."""
    if person is None or person.id != journey.binding:
        raise OpenIdFailed("left")
    with context.session() as session:
        bound = openid.identity(session, who.issuer, who.subject)
        if bound is not None and bound.user_id != person.id:
            raise OpenIdFailed("taken")
        if bound is None:
            newcomers.bind(context, session, who, person)
        throttle.forgive(context, session, journey.counted)
        session.commit()


def bound(context: Context, person: Person) -> list[Bound]:
    """Identities by which the person signs in."""
    with context.session() as session:
        mine = openid.identities(session, person.id)
        return [Bound(i.issuer, i.subject, i.name, i.created_at) for i in mine]


def unbind(context: Context, person: Person, issuer: str, subject: str) -> None:
    """Unbind an identity; InvalidInput for the only way into an account without a password."""
    with context.session() as session:
        users.touch(session, person.id)  # locks the account, or two at once could take both
        if not openid.remove(session, person.id, issuer, subject):
            raise NotFound("identity")
        user = users.get(session, person.id)
        if user is None or not (user.password_hash or openid.count(session, person.id)):
            raise InvalidInput(
                "This is the only way into your account. Ask an admin for a password first."
            )
        record(context, session, person, "openid unbound", person.username)
        session.commit()


@lru_cache(maxsize=1)
def _provider(settings: Settings, now: Clock) -> OpenIdProvider:
    # One for the process, as it keeps what the provider publishes.
    return OpenIdProvider(settings, now)
