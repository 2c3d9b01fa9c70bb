"""Keeps secrets: encrypts what has to be read again, hashes what only has to be compared."""

import base64
import hashlib
import secrets
from collections.abc import Callable
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from ttt.services.keys.key_file import KeyFile, Secrets
from ttt.settings import Settings


class Vault:
    """Encrypts text under the newest of several secrets, reads under all; the repr shows nothing.

    `file` is where they are kept, None when they come from outside.
    """

    def __init__(self, secrets: Callable[[], Secrets], file: KeyFile | None = None) -> None:
        self._secrets = secrets
        self.file = file

    def __repr__(self) -> str:
        return "Vault(...)"

    @property
    def rotating(self) -> bool:
        """Whether there are former keys that are still read."""
        return len(self._secrets()) > 1

    def encrypt(self, text: str) -> str:
        """Encrypt text for the database."""
        return _cipher(self._secrets()[0]).encrypt(text.encode()).decode()

    def decrypt(self, encrypted: str) -> str | None:
        """Text again, None when it was encrypted under another key."""
        ciphers = MultiFernet([_cipher(secret) for secret in self._secrets()])
        try:
            return ciphers.decrypt(encrypted.encode()).decode()
        except InvalidToken:
            return None

    def is_current(self, encrypted: str) -> bool:
        """Whether the newest key opens it."""
        try:
            _cipher(self._secrets()[0]).decrypt(encrypted.encode())
        except InvalidToken:
            return False
        return True

    def derived_key(self, purpose: str) -> bytes:
        """32 bytes for another purpose, from which the secret cannot be computed."""
        return _derive(self._secrets()[0], purpose)


def open_vault(settings: Settings) -> Vault:
    """Vault under TTT_SECRET_KEY, or under a key that is made once in the data folder."""
    if settings.secret_keys:
        return Vault(lambda: settings.secret_keys)
    file = KeyFile(settings.data_dir / "secret.key", new_secret())
    return Vault(file.secrets, file)


def new_secret() -> str:
    """A random secret key."""
    return secrets.token_urlsafe(48)


def fingerprint(token: str) -> str:
    """SHA-256 of a random token, as it is stored."""
    return hashlib.sha256(token.encode()).hexdigest()


@lru_cache(maxsize=8)
def _cipher(secret: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(_derive(secret, "spotify tokens")))


def _derive(secret: str, purpose: str) -> bytes:
    info = f"top-track-tracker: {purpose}".encode()
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(secret.encode())
