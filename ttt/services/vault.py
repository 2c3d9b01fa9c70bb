"""Keeps secrets: encrypts what has to be read again, hashes what only has to be compared."""

import base64
import hashlib
import os
import secrets
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from ttt.errors import SettingsError
from ttt.settings import Settings

_SHORTEST_SECRET = 32


@dataclass(frozen=True)
class Vault:
    """Encrypts text under keys derived from one secret; the repr shows nothing."""

    _cipher: MultiFernet
    _secret: bytes

    def __repr__(self) -> str:
        return "Vault(...)"

    def encrypt(self, text: str) -> str:
        """Encrypt text for the database."""
        return self._cipher.encrypt(text.encode()).decode()

    def decrypt(self, encrypted: str) -> str | None:
        """Text again, None when it was encrypted under another key."""
        try:
            return self._cipher.decrypt(encrypted.encode()).decode()
        except InvalidToken:
            return None

    def derived_key(self, purpose: str) -> bytes:
        """32 bytes for another purpose, from which the secret cannot be computed."""
        return _derive(self._secret, purpose)


def open_vault(settings: Settings) -> Vault:
    """Vault under TTT_SECRET_KEY, or under a key that is made once in the data folder."""
    secret = settings.secret_key.get_secret_value() or _kept_secret(settings)
    key = base64.urlsafe_b64encode(_derive(secret.encode(), "spotify tokens"))
    return Vault(MultiFernet([Fernet(key)]), secret.encode())


def new_secret() -> str:
    """A random secret key."""
    return secrets.token_urlsafe(48)


def fingerprint(token: str) -> str:
    """SHA-256 of a random token, as it is stored."""
    return hashlib.sha256(token.encode()).hexdigest()


def _derive(secret: bytes, purpose: str) -> bytes:
    info = f"top-track-tracker: {purpose}".encode()
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(secret)


def _kept_secret(settings: Settings) -> str:
    path = settings.data_dir / "secret.key"
    try:
        if not path.exists():
            _write_once(path, new_secret())
        secret = path.read_bytes().decode(errors="replace").strip()
    except OSError as error:
        raise SettingsError(
            f"TTT_DATA_DIR: cannot keep the secret key in {settings.data_dir} ({error.strerror})"
        ) from None
    if len(secret) < _SHORTEST_SECRET:
        raise SettingsError(f"TTT_DATA_DIR: {path} is no secret key; remove it to get a new one")
    return secret


def _write_once(path: Path, text: str) -> None:
    # A process that starts at the same time must find no key or a whole one, and the same.
    with NamedTemporaryFile("w", dir=path.parent) as draft:
        draft.write(text)
        draft.flush()
        with suppress(FileExistsError):
            os.link(draft.name, path)
