"""Processes of their own without the seconds that imports take: forked from one that has them all.

A test of how the app starts or ends starts it by its command instead.
"""

import atexit
import gc
import importlib
import logging
import multiprocessing
import os
import pkgutil
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from runpy import run_module

_LOADED = "tests.surroundings.forks_loaded"
_SCRIPTS = {"ttt.__main__", "ttt.ui.main"}
FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload([_LOADED])


class Forked:
    """`python -m ttt WORDS`, in a folder, with just this environment; a file gets what it says.

    Its parts have the names that they have in `subprocess.Popen`.
    """

    def __init__(
        self, words: Sequence[str], folder: Path, environment: Mapping[str, str], console: Path
    ) -> None:
        given = (list(words), str(folder), dict(environment), str(console))
        self._process = FORKS.Process(target=_run, args=given, daemon=True)
        self._process.start()

    @property
    def pid(self) -> int:
        assert self._process.pid
        return self._process.pid

    def poll(self) -> int | None:
        return self._process.exitcode

    def wait(self, timeout: float | None = None) -> int:
        self._process.join(timeout)
        if self._process.exitcode is None:
            raise subprocess.TimeoutExpired("ttt", timeout or 0)
        return self._process.exitcode

    def send_signal(self, number: int) -> None:
        os.kill(self.pid, number)

    def kill(self) -> None:
        self._process.kill()


def load_all() -> None:
    """Import what the app imports sooner or later, which does nothing else."""
    import ttt

    logging.disable()  # Streamlit warns that nothing runs it
    for module in pkgutil.walk_packages(ttt.__path__, "ttt."):
        if ".migrations" not in module.name and module.name not in _SCRIPTS:
            importlib.import_module(module.name)
    for name in ("streamlit.web.cli", "streamlit.web.server", "plotly.graph_objects", "pandas"):
        importlib.import_module(name)
    logging.disable(logging.NOTSET)
    gc.collect()
    gc.freeze()  # what all have is not looked through by each


def _run(words: list[str], folder: str, environment: dict[str, str], console: str) -> None:
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    told = os.open(console, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for place, file in enumerate((nothing, told, told)):
        os.dup2(file, place)
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
    signal.signal(signal.SIGINT, signal.default_int_handler)
    sys.argv = ["ttt", *words]
    try:
        run_module("ttt", run_name="__main__", alter_sys=True)
    finally:
        atexit._run_exitfuncs()
