"""Tells systemd that this process is ready, alive, or ending; where there is none, nobody."""

import os
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

_SHARE = 3  # tells three times within what the watchdog allows


def tell(state: str) -> bool:
    """Send a line such as READY=1; whether there was somebody to send it to."""
    address = os.environ.get("NOTIFY_SOCKET", "")
    if not address:
        return False
    # A name in the abstract namespace is written with an @.
    place = f"\0{address[1:]}" if address.startswith("@") else address
    with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as unix:
        unix.sendto(state.encode(), place)
        return True
    return False


@contextmanager
def ready(alive: Callable[[], bool]) -> Iterator[None]:
    """Within the block systemd knows this process as ready, and as alive while `alive` says so.

    With WatchdogSec= in the unit, systemd ends and starts a process that has not told for so long.
    """
    over = threading.Event()
    thread = threading.Thread(target=_tell_again, args=(alive, over), daemon=True)
    tell("READY=1")
    thread.start()
    try:
        yield
    finally:
        over.set()
        tell("STOPPING=1")


def _tell_again(alive: Callable[[], bool], over: threading.Event) -> None:
    seconds = _watchdog() / _SHARE
    while seconds and not over.wait(seconds):
        if alive():
            tell("WATCHDOG=1")


def _watchdog() -> float:
    """Seconds within which systemd wants to hear, 0 when it does not."""
    if os.environ.get("WATCHDOG_PID", str(os.getpid())) != str(os.getpid()):
        return 0.0
    try:
        return int(os.environ.get("WATCHDOG_USEC", "0")) / 1_000_000
    except ValueError:
        return 0.0
