"""PgBouncer in transaction mode before a PostgreSQL, as docs/operations.md tells to run it."""

import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import parse_qs, urlsplit

import psycopg

from tests.surroundings.loopback import free_port

_SETTINGS = """[databases]
postgres = host={sockets} dbname=postgres user=postgres
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
auth_type = any
pool_mode = transaction
default_pool_size = {connections}
max_client_conn = 1000
ignore_startup_parameters = options
logfile = {folder}/pgbouncer.log
pidfile = {folder}/pgbouncer.pid
unix_socket_dir =
"""
PROGRAM = shutil.which("pgbouncer") or "/usr/sbin/pgbouncer"


def there() -> bool:
    """Whether this machine has it."""
    return Path(PROGRAM).exists()


@contextmanager
def pooled(url: str, connections: int = 10) -> Iterator[str]:
    """The address of a PgBouncer that has so many connections to the server at a URL."""
    (sockets,) = parse_qs(urlsplit(url).query)["host"]
    with TemporaryDirectory(prefix="ttt-pgbouncer-") as name:
        folder, port = Path(name), free_port()
        folder.chmod(0o777)
        file = folder / "pgbouncer.ini"
        values = {"sockets": sockets, "port": port, "folder": folder, "connections": connections}
        file.write_text(_SETTINGS.format(**values))
        # It refuses to run as root, and nobody but the server's own user reaches its socket.
        user = Path(sockets).owner()
        process = subprocess.Popen([PROGRAM, "-q", "-u", user, str(file)])
        try:
            address = f"postgresql://postgres@127.0.0.1:{port}/postgres"
            _wait_for(address)
            yield address.replace("postgresql", "postgresql+psycopg")
        finally:
            process.terminate()
            process.wait()


def _wait_for(address: str) -> None:
    deadline = time.monotonic() + 30
    while True:
        try:
            psycopg.connect(address, connect_timeout=2).close()
        except psycopg.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
        else:
            return
