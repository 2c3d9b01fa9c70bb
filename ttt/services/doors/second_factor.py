"""The second factor: codes of an authenticator app, and recovery codes for when it is lost."""

import hmac
import secrets
import unicodedata
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

import pyotp
from sqlmodel import Session

from ttt.errors import InvalidInput, NotFound
from ttt.models import User
from ttt.services.accounts import accounts, decisions, own_account, passwords, throttle
from ttt.services.accounts.trail import record
from ttt.services.context import Context
from ttt.services.keys.vault import fingerprint
from ttt.services.person import Person, as_person, own, require_admin
from ttt.store.accounts import users
from ttt.store.doors import second_factor, sessions

RECOVERY_CODES = 10
# pragma: allowlist nextline secret
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # without what is easily misread
_RECOVERY_LENGTH = 16  # 79 bits: SHA-256 is enough, as nobody can try them all
_STEP_SECONDS = 30
_WRONG = "This code is not right, or it was used before."
UNREADABLE = (
    "This server has lost the key to your second factor, so codes of the app cannot be checked. "
    "Type one of your recovery codes, or ask an admin to reset your second factor."
)


@dataclass(frozen=True, slots=True)
class Enrolment:
    """A second factor on its way: the secret to type into an app, and the same as a QR code."""

    secret: str
    uri: str


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether codes of the app can be checked, and how many recovery codes are left."""

    readable: bool
    codes_left: int


def begin(context: Context, person: Person, password: str) -> Enrolment:
    """A new secret, of which nothing is kept until a code of it is confirmed.

    The password keeps a session that was stolen, or left open, from shutting its owner out.
    """
    own_account.prove(context, person, password)
    secret = pyotp.random_base32()
    issuer = f"Top Track Tracker ({urlsplit(context.settings.base_url).hostname})"
    uri = pyotp.TOTP(secret).provisioning_uri(name=person.username, issuer_name=issuer)
    return Enrolment(secret, uri)


def confirm(
    context: Context, person: Person, secret: str, code: str, session_token: str
) -> list[str]:
    """Turn the second factor on; return the recovery codes, which cannot be shown again.

    All other sessions end. InvalidInput when the code is not the secret's, or when the account
    has a second factor already.
    """
    step = _step(context, secret, _typed(code))
    if step is None:
        raise InvalidInput("This code is not right. Is the clock of your phone right?")
    with context.session() as session:
        own(session, person)
        if not second_factor.enrol(session, person.id, context.vault.encrypt(secret), step):
            raise InvalidInput("This account has a second factor already.")
        codes = _new_codes(session, person.id)
        sessions.end_all(session, person.id, but=fingerprint(session_token))
        record(context, session, person, "second factor on", person.username)
        session.commit()
    return codes


def check(context: Context, person: Person, code: str, address: str | None) -> int | None:
    """Take a code at sign-in; the recovery codes left when it was one of these, else None.

    Raises InvalidInput for a wrong or used code, and TooManyTries before looking at any.
    """
    failure = throttle.count(context, "second factor", person.username, address)
    with context.session() as session:
        left = _take(context, session, person.id, code)
        throttle.forgive(context, session, failure)
        if left is not None:
            used = replace(person, address=address)
            record(context, session, used, "recovery code used", f"{left} left")
        session.commit()
    return left


def standing(context: Context, person: Person) -> Standing:
    """How it stands with the person's second factor."""
    with context.session() as session:
        encrypted = _user(session, person.id).totp_encrypted
        left = second_factor.codes_left(session, person.id)
    return Standing(encrypted is None or context.vault.decrypt(encrypted) is not None, left)


def disable(context: Context, person: Person, proof: str) -> None:
    """Turn the second factor off; `proof` is the password or a code."""
    with context.session() as session:
        _prove(context, session, person, proof)
        second_factor.forget(session, person.id)
        record(context, session, person, "second factor off", person.username)
        session.commit()


def new_recovery_codes(context: Context, person: Person, proof: str) -> list[str]:
    """Recovery codes in place of those before; `proof` is the password or a code."""
    with context.session() as session:
        _prove(context, session, person, proof)
        codes = _new_codes(session, person.id)
        record(context, session, person, "recovery codes renewed", person.username)
        session.commit()
    return codes


def reset(context: Context, actor: Person, username: str) -> Person:
    """Take away somebody's second factor and end their sessions, for admins."""
    require_admin(context, actor)
    with context.session() as session:
        user = accounts.by_name(session, username)
        person = as_person(user)
        second_factor.forget(session, person.id)
        sessions.end_all(session, person.id)
        record(context, session, actor, "second factor reset", person.username)
        session.commit()
        return as_person(_user(session, person.id))


def held_back(context: Context, person: Person) -> Person:
    """The person; an admin who needs a second factor and has none may not act as one yet."""
    if person.second_factor or not person.is_admin:
        return person
    return replace(person, enrolment_due=decisions.read(context).admins_need_second_factor)


def _prove(context: Context, session: Session, person: Person, proof: str) -> None:
    failure = throttle.count(context, "second factor", person.username, person.address)
    user = own(session, person)
    if user.totp_encrypted is None:
        raise InvalidInput("This account has no second factor.")
    if not passwords.matches(proof, user.password_hash):
        _take(context, session, person.id, proof)
    throttle.forgive(context, session, failure)


def _take(context: Context, session: Session, user_id: int, code: str) -> int | None:
    """Use up a code; InvalidInput when it is not good, nothing is used up then."""
    typed, encrypted = _typed(code), _user(session, user_id).totp_encrypted
    if encrypted is None:
        raise InvalidInput(_WRONG)
    if len(typed) == _RECOVERY_LENGTH:
        if not second_factor.burn_code(session, user_id, fingerprint(typed)):
            raise InvalidInput(_WRONG)
        return second_factor.codes_left(session, user_id)
    secret = context.vault.decrypt(encrypted)
    if secret is None:
        raise InvalidInput(UNREADABLE)
    step = _step(context, secret, typed)
    if step is None or not second_factor.use_step(session, user_id, encrypted, step):
        raise InvalidInput(_WRONG)
    return None


def _step(context: Context, secret: str, typed: str) -> int | None:
    """The time step of a code: the present one or one beside it, as clocks differ."""
    codes, now = pyotp.TOTP(secret), int(context.now().timestamp()) // _STEP_SECONDS
    found = [
        step
        for step in (now - 1, now, now + 1)
        if hmac.compare_digest(codes.generate_otp(step).encode(), typed.encode())
    ]
    return found[-1] if found else None


def _typed(code: str) -> str:
    """A code without what people put between its letters."""
    plain = unicodedata.normalize("NFKC", code[:100]).casefold()
    return "".join(c for c in plain if c.isalnum())


def _new_codes(session: Session, user_id: int) -> list[str]:
    codes = [
        "".join(secrets.choice(_ALPHABET) for _ in range(_RECOVERY_LENGTH))
        for _ in range(RECOVERY_CODES)
    ]
    second_factor.replace_codes(session, user_id, map(fingerprint, codes))
    return ["-".join(code[i : i + 4] for i in range(0, len(code), 4)) for code in codes]


def _user(session: Session, user_id: int) -> User:
    user = users.get(session, user_id)
    if user is None:
        raise NotFound("account")
    return user
