"""The processes that are measured: the app with people in it, and bare pages beside it."""

import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil

from tests.browser.people import People
from tests.browser.server import Server
from tests.surroundings.loopback import ask, free_port
from ttt.services.lists import entries
from ttt.services.person import Person
from ttt.services.top import top_tracks

SAVED = 50
_PAGE = Path(__file__).with_name("bare.py")
# Without these, Streamlit asks for an e-mail address and follows each command with telemetry.
_QUIET = ("--server.headless=true", "--browser.gatherUsageStats=false")


@dataclass(frozen=True)
class Place:
    """A page of a running process, and the cookie of whoever looks at it."""

    url: str
    pid: int
    path: str = "/"
    cookie: str = ""


def place(server: Server, people: People, person: Person, path: str) -> Place:
    """A page of the app as a signed-in person sees it."""
    cookie = f"{server.settings.cookie_name}={people.session(person)}"
    return Place(server.url, server.pid, path, cookie)


def settle(people: People, person: Person) -> None:
    """Connect somebody, fetch their lists twice, and save as many tracks as the app shows them."""
    people.refresh(person)
    top_tracks.refresh(people.context, person)
    lists = top_tracks.read(people.context, person).values()
    uris = dict.fromkeys(row.uri for top in lists for row in top.rows)
    entries.add_uris(people.context, person, list(uris)[:SAVED])


@contextmanager
def bare_page(folder: Path, options: Sequence[str] = ()) -> Iterator[Place]:
    """A process that serves one bare page, with the configuration in `folder` if there is one."""
    port = free_port()
    flags = [*_QUIET, *options, "--server.address=127.0.0.1", f"--server.port={port}"]
    command = [sys.executable, "-m", "streamlit", "run", str(_PAGE), *flags]
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, cwd=folder, stdout=quiet, stderr=quiet)
    try:
        url = f"http://127.0.0.1:{port}"
        wait_for(f"{url}/_stcore/health")
        yield Place(url, process.pid)
    finally:
        process.terminate()
        process.wait()


def wait_for(address: str, seconds: float = 60) -> None:
    """Wait until an address answers with a success."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            if ask("GET", address).is_success:
                return
        except httpx.TransportError:
            time.sleep(0.02)
    raise TimeoutError(address)


def cpu_seconds(pid: int) -> float:
    """Processor time that a process has used so far."""
    times = psutil.Process(pid).cpu_times()
    return float(times.user + times.system)
