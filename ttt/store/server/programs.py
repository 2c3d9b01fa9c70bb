"""PostgreSQL's client programs: run without a shell, with the password out of everybody's sight."""

import os
import shutil
import subprocess  # nosec B404

from sqlalchemy import URL

from ttt.errors import InvalidInput

DUMP = ("--format=custom", "--no-owner", "--no-privileges", "--no-password")
# What libpq takes from the environment: a password among arguments could be read by others.
_VARIABLES = {"host": "PGHOST", "port": "PGPORT", "username": "PGUSER"} | {
    # pragma: allowlist nextline secret
    "password": "PGPASSWORD"  # nosec B105
}
_OPTIONS = {
    "host": "PGHOST",
    "port": "PGPORT",
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
    "sslcert": "PGSSLCERT",
    "sslkey": "PGSSLKEY",
    "passfile": "PGPASSFILE",
}
Done = subprocess.CompletedProcess[str]


def is_there(program: str) -> bool:
    """Whether a program is installed."""
    return shutil.which(program) is not None


def run(program: str, *words: str, url: URL, seconds: float | None = None) -> None:
    """Run a program on a database; InvalidInput with what is wrong, or that it took too long."""
    try:
        done = started(program, *words, url=url, seconds=seconds)
    except subprocess.TimeoutExpired:
        raise InvalidInput(f"{program}: it was not done after {seconds:.0f} seconds.") from None
    if found := trouble(done):
        raise InvalidInput(f"{program}: {found}.")


def started(
    program: str, *words: str, url: URL | None = None, seconds: float | None = None
) -> Done:
    """What became of a program; InvalidInput where it is not installed."""
    path = shutil.which(program)
    if path is None:
        raise InvalidInput(
            f"{program} is not installed: get PostgreSQL's client programs (on Debian and Ubuntu: "
            "apt-get install postgresql-client), of the server's version or a newer one."
        )
    environment = os.environ | (_variables(url) if url else {})
    # No shell, and every word is ours or a path.
    return subprocess.run(  # noqa: S603  # nosec B603
        [path, *words],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=seconds,
    )


def trouble(done: Done) -> str:
    """What a program says is wrong, "" when all went well."""
    if done.returncode == 0:
        return ""
    lines = [line for line in done.stderr.splitlines() if "error:" in line] or [done.stderr]
    return " ".join(lines[0].rpartition("error: ")[2].split())[:300].rstrip(".")


def _variables(url: URL) -> dict[str, str]:
    found = {name: getattr(url, part) for part, name in _VARIABLES.items()}
    for option, value in url.query.items():
        if option in _OPTIONS:
            found[_OPTIONS[option]] = value
    named = {name: str(value) for name, value in found.items() if value is not None}
    return named | {"PGDATABASE": url.database or ""}
