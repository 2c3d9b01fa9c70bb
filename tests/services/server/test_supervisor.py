import os
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from ttt.services.server import supervisor


@pytest.fixture
def systemd(monkeypatch: pytest.MonkeyPatch) -> Iterator[socket.socket]:
    """Where systemd would listen."""
    with (
        TemporaryDirectory(prefix="ttt-") as folder,
        socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening,
    ):
        place = Path(folder) / "notify"
        listening.bind(str(place))
        listening.settimeout(60)
        monkeypatch.setenv("NOTIFY_SOCKET", str(place))
        yield listening


def test_it_is_told_that_this_is_ready_alive_and_ending(
    systemd: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WATCHDOG_USEC", "30000")
    monkeypatch.setenv("WATCHDOG_PID", str(os.getpid()))
    with supervisor.ready(lambda: True):
        assert [systemd.recv(100) for _ in range(3)] == [b"READY=1", b"WATCHDOG=1", b"WATCHDOG=1"]
    told = [systemd.recv(100)]
    while told[-1] == b"WATCHDOG=1":
        told.append(systemd.recv(100))
    assert told[-1] == b"STOPPING=1"


def test_what_hangs_tells_nothing(systemd: socket.socket, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WATCHDOG_USEC", "30000")
    with supervisor.ready(lambda: False):
        time.sleep(0.1)
    assert [systemd.recv(100), systemd.recv(100)] == [b"READY=1", b"STOPPING=1"]


def test_a_watchdog_of_another_process_is_not_answered(
    systemd: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WATCHDOG_USEC", "30000")
    monkeypatch.setenv("WATCHDOG_PID", "1")
    with supervisor.ready(lambda: True):
        time.sleep(0.1)
    assert [systemd.recv(100), systemd.recv(100)] == [b"READY=1", b"STOPPING=1"]


@pytest.mark.parametrize("place", ["", "/nowhere/notify", "@ttt-nobody-listens"])
def test_without_systemd_nobody_is_told(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NOTIFY_SOCKET", place)
    assert not supervisor.tell("READY=1")
    with supervisor.ready(lambda: True):
        pass


@pytest.mark.usefixtures("systemd")
def test_whoever_tells_hears_whether_somebody_was_there(monkeypatch: pytest.MonkeyPatch) -> None:
    assert supervisor.tell("STATUS=x")
    monkeypatch.setenv("NOTIFY_SOCKET", "/nowhere/notify")
    assert not supervisor.tell("STATUS=x")
    monkeypatch.delenv("NOTIFY_SOCKET")
    assert not supervisor.tell("STATUS=x")


class Turns:
    """An event that is over after some waits, which it notes."""

    def __init__(self, left: int) -> None:
        self.left = left
        self.waits = list[float]()

    def wait(self, seconds: float) -> bool:
        self.waits.append(seconds)
        self.left -= 1
        return self.left < 0


@pytest.mark.parametrize(
    ("allowed", "waits"),
    [("30000000", [10.0] * 3), ("3000000", [1.0] * 3), ("0", []), (None, []), ("soon", [])],
)
def test_it_is_told_three_times_within_what_the_watchdog_allows(
    monkeypatch: pytest.MonkeyPatch, allowed: str | None, waits: list[float]
) -> None:
    monkeypatch.delenv("WATCHDOG_PID", raising=False)
    monkeypatch.delenv("WATCHDOG_USEC", raising=False)
    if allowed is not None:
        monkeypatch.setenv("WATCHDOG_USEC", allowed)
    told = list[str]()
    monkeypatch.setattr(supervisor, "tell", told.append)
    turns: Any = Turns(2)
    supervisor._tell_again(lambda: True, turns)
    assert turns.waits == waits
    assert told == ["WATCHDOG=1"] * max(0, len(waits) - 1)
