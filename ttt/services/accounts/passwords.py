"""Passwords: rules, bcrypt hashes and a comparison that costs the same for unknown names."""

import secrets

import bcrypt

from ttt.errors import InvalidInput
from ttt.services.accounts import password_strength

ROUNDS = 12
RULE = "At least 10 characters that are hard to guess, such as four words; not your name"
_SHORTEST = 10
_SHORTEST_NAME = 3  # "Al" may stand in "always"
_LONGEST_BYTES = 72  # bcrypt reads no further


def make_hash(password: str, username: str, name: str = "", email: str = "") -> str:
    """Bcrypt hash of an acceptable password; InvalidInput says what is wrong with another."""
    password = password.strip()  # the sign-in form strips as well
    if len(password) < _SHORTEST:
        raise InvalidInput(f"The password needs at least {_SHORTEST} characters.")
    if len(password.encode()) > _LONGEST_BYTES:
        raise InvalidInput(f"The password may have at most {_LONGEST_BYTES} bytes.")
    _require_no_name("username", username, password)
    _require_no_name("name", name, password)
    weakness = password_strength.weakness(password, [username, name, email])
    if weakness is not None:
        raise InvalidInput(weakness)
    return hashed(password)


def hashed(password: str) -> str:
    """Bcrypt hash of a password that was accepted before."""
    return bcrypt.hashpw(password.strip().encode(), bcrypt.gensalt(ROUNDS)).decode()


def is_outdated(password_hash: str) -> bool:
    """Whether a hash costs less to guess than a new one would."""
    return _rounds(password_hash) < ROUNDS


def matches(password: str, password_hash: str) -> bool:
    """Whether a password belongs to a hash.

    No hash ("") matches nothing, at the same cost; a wrong password for a hash of lower cost is
    made to cost the same as well.
    """
    candidate = password.strip().encode()
    rounds = _rounds(password_hash) if password_hash else ROUNDS
    same = _compare(candidate, password_hash or _nobodys_hash(rounds))
    if same and password_hash:
        return len(candidate) <= _LONGEST_BYTES
    # Each round more doubles the cost, so these together add up to what is missing.
    for missing in range(rounds, ROUNDS):
        _compare(candidate, _nobodys_hash(missing))
    return False


def generate() -> str:
    """A random password of 20 characters."""
    return secrets.token_urlsafe(15)


def _require_no_name(what: str, name: str, password: str) -> None:
    name = name.strip().casefold()
    if len(name) >= _SHORTEST_NAME and name in password.casefold():
        raise InvalidInput(f"The password must not contain the {what}.")


def _compare(candidate: bytes, password_hash: str) -> bool:
    return bcrypt.checkpw(candidate[:_LONGEST_BYTES], password_hash.encode())


def _rounds(password_hash: str) -> int:
    return int(password_hash.split("$")[2])


def _nobodys_hash(rounds: int) -> str:
    # A salt and, in the place of its result, what no password leads to.
    return bcrypt.gensalt(rounds).decode() + "." * 31
