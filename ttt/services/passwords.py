"""Passwords: rules, bcrypt hashes and a comparison that costs the same for unknown names."""

import secrets
from functools import cache

import bcrypt

from ttt.errors import InvalidInput

ROUNDS = 12
_SHORTEST = 10
_LONGEST_BYTES = 72  # bcrypt reads no further


def make_hash(password: str, username: str) -> str:
    """Bcrypt hash of an acceptable password; InvalidInput says what is wrong with another."""
    password = password.strip()  # the sign-in form strips as well
    if len(password) < _SHORTEST:
        raise InvalidInput(f"The password needs at least {_SHORTEST} characters.")
    if len(password.encode()) > _LONGEST_BYTES:
        raise InvalidInput(f"The password may have at most {_LONGEST_BYTES} bytes.")
    if username.casefold() in password.casefold():
        raise InvalidInput("The password must not contain the username.")
    return bcrypt.hashpw(password.encode(), bcrypt.gensalt(ROUNDS)).decode()


def matches(password: str, password_hash: str | None) -> bool:
    """Whether a password belongs to a hash; None costs the same time and is always False."""
    candidate = password.strip().encode()
    hash_ = (password_hash or _nobodys_hash(ROUNDS)).encode()
    same = bcrypt.checkpw(candidate[:_LONGEST_BYTES], hash_)
    return same and password_hash is not None and len(candidate) <= _LONGEST_BYTES


def generate() -> str:
    """A random password of 20 characters."""
    return secrets.token_urlsafe(15)


@cache
def _nobodys_hash(rounds: int) -> str:
    return bcrypt.hashpw(secrets.token_bytes(16).hex().encode(), bcrypt.gensalt(rounds)).decode()
