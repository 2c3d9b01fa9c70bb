"""Several processes of the app and a worker behind nginx, on one PostgreSQL, as a host runs them.

What dies is started again, as systemd does it. The proxy is the one of docs/deployment.md.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx
import psycopg

from tests.surroundings.loopback import NO_TLS, free_port
from tests.surroundings.outages import Outages
from ttt.services.context import Context, open_context
from ttt.settings import PROJECT, load

STARTS_WITHIN = 90.0
COOKIE = "ttt_process"
_FOREIGN = ("TTT_", "SPOTIFY_", "STREAMLIT_")
_RESTART_AFTER = 1.0
_CONNECTIONS = 400
_BLOCK = re.compile(r"```nginx\n(.*?)```", re.DOTALL)
_KEEPS = re.compile(r" +proxy_pass http://top_track_tracker;\n +add_header.*\n")
_MAIN = """
pid {folder}/nginx.pid;
error_log {folder}/nginx.log;
daemon off;
user root;
events {{ worker_connections 4096; }}
http {{
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
{site}
}}
"""


def documented() -> tuple[str, str, str]:
    """What docs/deployment.md has for nginx: for one process, and what several need with it."""
    text = (PROJECT / "docs" / "deployment.md").read_text()
    one, several = _BLOCK.findall(text)
    return one, several, _KEEPS.findall(text)[0]


def site(port: int, ports: list[int], folder: Path) -> str:
    """What the documents say, with other ports and without TLS."""
    one, several, lines = documented()
    servers = "".join(f"    server 127.0.0.1:{p} max_fails=1 fail_timeout=5s;\n" for p in ports)
    several = re.sub(r"(    server 127\.0\.0\.1:\d+[^\n]*\n)+", servers, several)
    text = several + one.replace("        proxy_pass http://127.0.0.1:8501;\n", lines)
    text = re.sub(r"server \{\s+listen 80;.*?\n\}\n", "", text, flags=re.DOTALL)
    text = re.sub(r"    ssl_certificate\S*\s+\S+\n", "", text)
    return (
        text.replace("listen 443 ssl http2", f"listen 127.0.0.1:{port}")
        .replace("server_name music.example.org", "server_name 127.0.0.1")
        .replace("; Secure", "")
        .replace("/var/log/nginx/", f"{folder}/")
    )


class Member:
    """A process that is started again whenever it ends, until it is stopped for good."""

    def __init__(self, name: str, command: list[str], folder: Path, environment: dict[str, str]):
        self.name, self.starts = name, 0
        self._command, self._folder, self._environment = command, folder, environment
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._keep, daemon=True)
        self._started = threading.Event()

    @property
    def pid(self) -> int:
        self._started.wait()
        return self._process.pid

    @property
    def console(self) -> Path:
        return self._folder / f"{self.name}.log"

    def start(self) -> None:
        self._thread.start()

    def kill(self) -> None:
        """End it and all that it started, with no chance to say goodbye, as systemd would."""
        os.killpg(self._process.pid, signal.SIGKILL)

    def end(self) -> None:
        self._over.set()
        if self._started.is_set():
            self._process.terminate()
            self._thread.join(20)
            with suppress(ProcessLookupError):
                self.kill()

    def _keep(self) -> None:
        while not self._over.is_set():
            with self.console.open("a") as console:
                self._process = subprocess.Popen(
                    self._command,
                    cwd=self._folder,
                    env=self._environment,
                    stdout=console,
                    stderr=subprocess.STDOUT,
                    start_new_session=True,
                )
            self.starts += 1
            self._started.set()
            self._process.wait()
            self._over.wait(_RESTART_AFTER)


class Fleet:
    """`count` processes behind a proxy at `url`; `members` are what can be killed, by name."""

    program = "ttt"

    def __init__(self, folder: Path, outages: Outages, count: int = 4, **environment: str) -> None:
        self.folder, self.outages = folder, outages
        self.port, self.ports = free_port(), [free_port() for _ in range(count)]
        self.url = f"http://127.0.0.1:{self.port}"
        shared = self._environment | environment
        self.settings = load(
            data_dir=folder / "data",
            database_url=outages.url,
            public_url=self.url,
            port=self.ports[0],
        )
        python = [sys.executable, "-m", self.program]
        apps = [
            Member(f"app {n}", [*python, "serve"], folder, shared | {"TTT_PORT": str(port)})
            for n, port in enumerate(self.ports, start=1)
        ]
        # The demo Spotify answers at every process; a worker asks the first.
        of_worker = shared | {"TTT_PORT": str(self.ports[0])}
        worker = Member("worker", [*python, "worker"], folder, of_worker)
        nginx = [shutil.which("nginx") or "/usr/sbin/nginx", "-c", str(self._configured())]
        self.members = {m.name: m for m in (*apps, worker, Member("nginx", nginx, folder, shared))}

    def services(self) -> Context:
        """The services in this process, on the fleet's data."""
        return open_context(self.settings)

    @contextmanager
    def running(self) -> Iterator["Fleet"]:
        """Started one after the other, as the first one migrates; ended together.

        Whatever ends this process ends them as well, or they would go on by themselves.
        """
        signal.signal(signal.SIGTERM, lambda *_: sys.exit("ended from outside"))
        with psycopg.connect(self.outages.url.replace("+psycopg", ""), autocommit=True) as database:
            database.execute(f"ALTER SYSTEM SET max_connections = {_CONNECTIONS}")
        self.outages.restart()
        try:
            for member in self.members.values():
                member.start()
                if member.name == "app 1":
                    self.wait_for(f"http://127.0.0.1:{self.ports[0]}/readyz")
            self.wait_until_all_answer()
            self._wait_for_the_worker()
            yield self
        finally:
            for member in self.members.values():
                member.end()

    def wait_until_all_answer(self) -> None:
        """Wait for each process, and for the proxy before them."""
        for address in (*(f"http://127.0.0.1:{port}" for port in self.ports), self.url):
            self.wait_for(f"{address}/readyz")

    def _wait_for_the_worker(self) -> None:
        console, deadline = self.members["worker"].console, time.monotonic() + STARTS_WITHIN
        while "Working as" not in console.read_text():
            assert time.monotonic() < deadline, console.read_text()
            time.sleep(0.1)

    def wait_for(self, address: str) -> None:
        """Wait until an address answers with a success."""
        deadline = time.monotonic() + STARTS_WITHIN
        while time.monotonic() < deadline:
            try:
                if httpx.get(address, trust_env=False, verify=NO_TLS).is_success:
                    return
            except httpx.TransportError:
                pass
            time.sleep(0.1)
        raise TimeoutError(address)

    @property
    def _environment(self) -> dict[str, str]:
        own = {name: v for name, v in os.environ.items() if not name.startswith(_FOREIGN)}
        own.pop("PYTHONDONTWRITEBYTECODE", None)
        return own | {
            "PYTHONPATH": str(PROJECT),
            "TTT_DATA_DIR": str(self.folder / "data"),
            "TTT_DATABASE_URL": self.outages.url,
            "TTT_PUBLIC_URL": self.url,
            "TTT_TRUSTED_PROXIES": "1",
            "TTT_JOBS": "worker",
        }

    def _configured(self) -> Path:
        file = self.folder / "nginx.conf"
        file.write_text(
            _MAIN.format(folder=self.folder, site=site(self.port, self.ports, self.folder))
        )
        return file
