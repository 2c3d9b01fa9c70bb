"""Make this environment hold what a lock says: python -m tools.install requirements.txt.

A lock is complete, so nothing is resolved, and nothing newer than the lock can come in. uv does
it in seconds; where there is no uv, or it fails, pip does. Only the standard library is there yet.
"""

import re
import subprocess  # nosec B404
import sys
from http.client import HTTPException
from importlib.metadata import distributions
from pathlib import Path
from typing import IO
from zipfile import BadZipFile

from tools import uv

LOG = Path(sys.prefix, "uv.log")
PYTHON = ("--python", sys.executable)
PIP = (sys.executable, "-m", "pip", "--disable-pip-version-check")
BEGAN_WITH = {"pip", "setuptools", "uv", "wheel"}
AS_LOCKED = ("--quiet", "--require-hashes", "--no-deps")
NO_PIP = """pip could not be set up: Python's ensurepip module is missing.
On Debian and Ubuntu: apt-get install python3-venv"""


def main(lock: str) -> int:
    """Install what the file says; the exit code."""
    LOG.write_text("", encoding="utf-8")
    if have_uv() and by_uv(lock):
        return 0
    print(f"uv could not install (see {LOG}). pip does, which takes half a minute.", flush=True)
    return 0 if have_pip() and by_pip(lock) else 1


def have_uv() -> bool:
    """Whether uv is there in the end, fetched or else installed by pip."""
    if uv.runs():
        return True
    try:
        uv.fetch()
    except (uv.NotFetched, OSError, HTTPException, BadZipFile) as error:
        _note(f"uv was not fetched, as {error}\n")
        return have_pip() and _logged(*PIP, "install", *AS_LOCKED, "-r", uv.LOCK) and uv.runs()
    return uv.runs()


def by_uv(lock: str) -> bool:
    """Have uv make the environment hold exactly what a lock says, and look whether it fits."""
    sync = ("sync", "--no-build", "--require-hashes", lock)
    return all(_logged(uv.PROGRAM, "pip", *words, *PYTHON) for words in (sync, ("check",)))


def have_pip() -> bool:
    """Whether pip is there in the end; a new environment is made without it, to save time."""
    if _logged(*PIP, "--version"):
        return True
    if not _logged(sys.executable, "-m", "ensurepip"):
        print(NO_PIP, file=sys.stderr)
        return False
    return True


def by_pip(lock: str) -> bool:
    """Have pip do the same, without resolving."""
    strangers = sorted(_installed() - _named(lock) - BEGAN_WITH)
    return (
        _ran(*PIP, "install", *AS_LOCKED, "-r", lock)
        and (not strangers or _ran(*PIP, "uninstall", "--quiet", "--yes", *strangers))
        and _ran(*PIP, "check")
    )


def _installed() -> set[str]:
    return {_plain(distribution.metadata["Name"]) for distribution in distributions()}


def _named(lock: str) -> set[str]:
    pins = Path(lock).read_text(encoding="utf-8")
    return set(map(_plain, re.findall(r"^([\w.-]+)==", pins, re.MULTILINE)))


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _ran(*command: str | Path, log: IO[str] | None = None) -> bool:
    environment = uv.environment()
    ran = subprocess.run(  # nosec B603
        command, stdout=log, stderr=log, env=environment, check=False
    )
    return ran.returncode == 0


def _logged(*command: str | Path) -> bool:
    with LOG.open("a", encoding="utf-8") as log:
        return _ran(*command, log=log)


def _note(text: str) -> None:
    with LOG.open("a", encoding="utf-8") as log:
        log.write(text)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
