"""The app and the worker as systemd runs them: told when they are ready, alive and ending."""

import os
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.surroundings.forks import Forked
from tests.surroundings.loopback import free_port
from tests.surroundings.outages import Outages, outages

__all__ = ["outages"]

_WATCHDOG = 3.0
_PATIENCE = 120.0


class Systemd:
    """What systemd hears from a process that it started."""

    def __init__(self, listening: socket.socket, process: Forked) -> None:
        self._listening, self.process = listening, process

    def hears(self, within: float = _PATIENCE) -> bytes:
        """The next thing that is told, nothing when that takes too long."""
        self._listening.settimeout(within)
        try:
            return self._listening.recv(100)
        except TimeoutError:
            return b""

    def hears_until(self, word: bytes) -> list[bytes]:
        """Everything up to a word."""
        told = [self.hears()]
        while told[-1] not in {word, b""}:
            told.append(self.hears())
        return told


@contextmanager
def run(command: str, folder: Path, url: str) -> Iterator[Systemd]:
    with (
        TemporaryDirectory(prefix="ttt-") as short,
        socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening,
    ):
        place = f"{short}/notify"
        listening.bind(place)
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "TTT_DATA_DIR": str(folder / "data"),
            "TTT_DATABASE_URL": url,
            "TTT_PORT": str(free_port()),
            "TTT_JOBS": "worker",
            "NOTIFY_SOCKET": place,
            "WATCHDOG_USEC": str(int(_WATCHDOG * 1_000_000)),
        }
        process = Forked([command], folder, environment, folder / "console")
        try:
            yield Systemd(listening, process)
        finally:
            process.kill()
            process.wait(60)


@pytest.mark.parametrize("command", ["serve", "worker"])
def test_systemd_is_told_what_it_goes_by(command: str, outages: Outages, tmp_path: Path) -> None:
    outages.stop()
    with run(command, tmp_path, outages.url) as systemd:
        assert systemd.hears(within=4.0) == b"", "ready without its database"
        outages.start()
        assert systemd.hears() == b"READY=1", (tmp_path / "console").read_text()
        began = time.monotonic()
        assert [systemd.hears(_WATCHDOG) for _ in range(2)] == [b"WATCHDOG=1"] * 2
        assert time.monotonic() - began < 2 * _WATCHDOG
        systemd.process.send_signal(signal.SIGTERM)
        assert set(systemd.hears_until(b"STOPPING=1")) <= {b"WATCHDOG=1", b"STOPPING=1"}
        assert systemd.process.wait(30) in {0, -signal.SIGTERM}


def test_a_process_that_hangs_is_noticed(outages: Outages, tmp_path: Path) -> None:
    with run("worker", tmp_path, outages.url) as systemd:
        systemd.hears_until(b"WATCHDOG=1")
        systemd.process.send_signal(signal.SIGSTOP)
        while systemd.hears(0.2):
            pass
        assert systemd.hears(_WATCHDOG) == b""
        systemd.process.send_signal(signal.SIGCONT)
        assert systemd.hears() == b"WATCHDOG=1"
