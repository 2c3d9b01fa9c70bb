"""The secret key's file: a key a line, the newest first, of which there is more than one only while
they are changed."""

import os
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

from ttt.errors import SettingsError
from ttt.settings.secret_key import weakness

Secrets = tuple[str, ...]
_Stamp = tuple[int, int, int]


class KeyFile:
    """Reads the file anew whenever another process has changed it."""

    def __init__(self, path: Path, first: str) -> None:
        self.path = path
        try:
            if not path.exists():
                _write_once(path, f"{first}\n")
            self._kept = _stamp(path), _read(path)
        except OSError as error:
            reason = f"cannot keep the secret key in {path.parent} ({error.strerror})"
            raise SettingsError(f"TTT_DATA_DIR: {reason}") from None

    def secrets(self) -> Secrets:
        """The keys as they stand now; those known last while the file is away or no good."""
        with suppress(OSError, SettingsError):
            stamp = _stamp(self.path)
            if stamp != self._kept[0]:
                self._kept = stamp, _read(self.path)
        return self._kept[1]

    def put_in_front(self, secret: str) -> None:
        """Write with a key from now on, and read with those of before too."""
        self._replace((secret, *self.secrets()))

    def drop_former(self) -> None:
        """Keep the newest key only."""
        self._replace(self.secrets()[:1])

    def _replace(self, secrets: Secrets) -> None:
        # Whoever reads at this moment, or after the power failed, finds all keys or all keys.
        with NamedTemporaryFile("w", encoding="utf-8", dir=self.path.parent, delete=False) as draft:
            draft.write("".join(f"{secret}\n" for secret in secrets))
            draft.flush()
            os.fsync(draft.fileno())
        Path(draft.name).replace(self.path)


def _stamp(path: Path) -> _Stamp:
    now = path.stat()
    return now.st_ino, now.st_mtime_ns, now.st_size


def _read(path: Path) -> Secrets:
    lines = path.read_bytes().decode(errors="replace").splitlines()
    secrets = tuple(filter(None, map(str.strip, lines)))
    why = weakness(secrets[0]) if secrets else "is empty"
    if why is not None:
        todo = "put a line of 'python -m ttt secret new' above it, then run 'secret rotate'"
        raise SettingsError(f"TTT_DATA_DIR: the key in {path} {why}; {todo}")
    return secrets


def _write_once(path: Path, text: str) -> None:
    # A process that starts at the same time must find no key or a whole one, and the same.
    with NamedTemporaryFile("w", encoding="utf-8", dir=path.parent) as draft:
        draft.write(text)
        draft.flush()
        with suppress(FileExistsError):
            os.link(draft.name, path)
