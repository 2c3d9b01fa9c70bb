"""The app as its own process, reached over HTTP, with a data folder of its own."""

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Self

import httpx

from tests.surroundings import forks
from tests.surroundings.loopback import NO_TLS, free_port
from ttt.services.context import Context, open_context
from ttt.settings import PROJECT, load

# Seconds: a busy machine is slow.
STARTS_WITHIN = 120.0
ENDS_WITHIN = 60.0
_FOREIGN = ("TTT_", "SPOTIFY_", "STREAMLIT_")


class Server:
    """`python -m ttt serve` on a port; it keeps port and data when it is started again.

    Forked, unless it is `alone`: then it starts as for people, from an interpreter of its own.
    """

    def __init__(
        self, folder: Path, *, alone: bool = False, port: int = 0, **environment: str
    ) -> None:
        self.folder, self._alone = folder, alone
        self.settings = load(data_dir=folder / "data", port=port or free_port())
        own = {name: v for name, v in os.environ.items() if not name.startswith(_FOREIGN)}
        self._environment = (
            own
            | environment
            | {
                "TTT_DATA_DIR": str(self.settings.data_dir),
                "TTT_PORT": str(self.settings.port),
                "PYTHONPATH": str(PROJECT),
            }
        )

    @property
    def url(self) -> str:
        return self.settings.base_url

    @property
    def console(self) -> str:
        """Everything that was printed and logged."""
        return self._console.read_text()

    @property
    def admin_password(self) -> str:
        """The password that the first start prints."""
        printed = re.search(r"password ([\w-]+)", self.console)
        assert printed, self.console
        return printed[1]

    @property
    def pid(self) -> int:
        return self._process.pid

    def services(self) -> Context:
        """The services in this process, on the server's data."""
        return open_context(self.settings)

    def start(self) -> None:
        """Start and wait until the app answers."""
        self._process = self._started()
        deadline = time.monotonic() + STARTS_WITHIN
        while not self._answers():
            assert self._process.poll() is None, self.console
            assert time.monotonic() < deadline, self.console
            time.sleep(0.05)

    def stop(self) -> None:
        """End the process as a terminal does."""
        self._process.send_signal(signal.SIGINT)
        self.ended_by_itself = True
        try:
            self._process.wait(ENDS_WITHIN)
        except subprocess.TimeoutExpired:
            self.ended_by_itself = False
            self._process.kill()
            self._process.wait()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.stop()

    def _started(self) -> subprocess.Popen[bytes] | forks.Forked:
        # Elsewhere than in the project, so that a developer's .env is not read.
        if not self._alone:
            return forks.Forked(["serve"], self.folder, self._environment, self._console)
        with self._console.open("a") as console:
            return subprocess.Popen(
                [sys.executable, "-m", "ttt", "serve"],
                cwd=self.folder,
                env=self._environment,
                stdout=console,
                stderr=subprocess.STDOUT,
            )

    @property
    def _console(self) -> Path:
        return self.folder / "console.log"

    def _answers(self) -> bool:
        try:
            return httpx.get(f"{self.url}/healthz", trust_env=False, verify=NO_TLS).is_success
        except httpx.TransportError:
            return False
