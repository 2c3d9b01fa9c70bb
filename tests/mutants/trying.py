"""Runs the tests against one change after the other, each in a process forked for it.

The changed module lies in that process's memory and never on disk, so the work tree stays as it
is whatever ends the run. What the tests import from elsewhere is imported once, before forking.
"""

import ast
import contextlib
import importlib
import json
import os
import resource
import signal
import sys
import time
import warnings
from collections import defaultdict
from collections.abc import Callable
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from pathlib import Path
from types import CodeType

import coverage
import pytest

from tests.mutants.changes import Change

PROJECT = Path(__file__).resolve().parents[2]
MEMORY = 6 << 30  # bytes of addresses: an endless list ends before the machine does
NO_TESTS = pytest.ExitCode.NO_TESTS_COLLECTED
# So many times what they took before may tests take, and what importing takes, in seconds.
PATIENCE, START = 3, 30
# What the import rules keep from knowing a floor, and so need not be imported anew with a change.
_PLAIN = {"music", "found", "errors", "roles", "text", "plays", "chartdata", "settings"}
_BELOW = {"store": _PLAIN | {"models"}, "services": _PLAIN | {"models", "store", "providers"}}
_OPTIONS = ("-q", "-x", "-p", "no:cacheprovider", "-p", "no:xdist", "--quick")


class _Changed(MetaPathFinder, SourceFileLoader):
    """Gives the changed text of one module where Python asks for it."""

    def __init__(self, name: str, change: Change) -> None:
        super().__init__(name, str(change.path))
        self._change = change

    def find_spec(self, name: str, *_: object) -> ModuleSpec | None:
        """The changed module's, and nobody else's."""
        return spec_from_file_location(name, self.path, loader=self) if name == self.name else None

    def get_code(self, fullname: str) -> CodeType:
        """Compiled anew: what was compiled before is of the unchanged text."""
        return compile(self._change.source, self.path, "exec")


class _Only:
    """Leaves the tests whose names are given, in their order."""

    def __init__(self, names: list[str]) -> None:
        self._order = {name: place for place, name in enumerate(names)}

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """The others are not run."""
        items[:] = [item for item in items if item.nodeid in self._order]
        items.sort(key=lambda item: self._order[item.nodeid])


class _Costs:
    """Adds up how long each test takes."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Set-up, test and taking down, each reported for itself."""
        self.seconds[report.nodeid] += report.duration


class Bench:
    """Tests in files and folders, and which of them come by which line of which module."""

    def __init__(self, tests: tuple[Path, ...], place: Path, floor: str = "") -> None:
        self._tests, self._place, self._floor = tests, place, floor
        self._covered = place / "covered"
        if code := _forked(self._look, place / "unchanged.log", timeout=1800):
            said = (place / "unchanged.log").read_text()
            raise SystemExit(f"{said}\nThe tests fail ({code}) with nothing changed.")
        self._data = coverage.CoverageData(str(self._covered))
        self._data.read()
        self._costs: dict[str, float] = json.loads((place / "costs").read_text())
        _import_all(json.loads((place / "imported").read_text()))

    def notices(self, change: Change) -> bool:
        """Whether a test fails, or does not end, when the change is made."""
        names = self._who_comes_by(change)
        if not names:
            return False
        # Quick ones first, as the first that fails is enough.
        names.sort(key=lambda name: self._costs[name])
        log = self._place / "changed.log"
        longest = PATIENCE * sum(self._costs[name] for name in names) + START
        return _forked(lambda: self._try(change, names), log, longest) not in {0, NO_TESTS}

    def _look(self) -> int:
        os.environ["COVERAGE_FILE"] = str(self._covered)
        watch = ("--cov=ttt", "--cov-context=test", "--cov-report=", "--cov-fail-under=0")
        costs = _Costs()
        code = pytest.main([*self._options(), *watch, *map(str, self._tests)], plugins=[costs])
        (self._place / "imported").write_text(json.dumps(list(filter(self._stays, sys.modules))))
        (self._place / "costs").write_text(json.dumps(costs.seconds))
        return code

    def _stays(self, name: str) -> bool:
        """Whether a module is the same whatever is changed on the floor."""
        first, _, inside = name.partition(".")
        if first == "ttt":
            return inside.partition(".")[0] in _BELOW.get(self._floor, ())
        return first not in {"tests", "app"}

    def _try(self, change: Change, names: list[str]) -> int:
        sys.meta_path.insert(0, _Changed(module_name(change.path), change))
        files = dict.fromkeys(name.partition("::")[0] for name in names)
        return pytest.main([*self._options(), *files], plugins=[_Only(names)])

    def _options(self) -> list[str]:
        return [*_OPTIONS, f"--rootdir={PROJECT}", f"--basetemp={self._place / 'tmp'}"]

    def _who_comes_by(self, change: Change) -> list[str]:
        """Tests that run something of the function around a change; all, where there is none."""
        around = _function_around(change)
        if around is None:
            return list(self._costs)
        by_line = self._data.contexts_by_lineno(str(change.path))
        contexts = {c for line in around for c in by_line.get(line, ()) if c}
        return sorted({context.rpartition("|")[0] for context in contexts})


def module_name(path: Path) -> str:
    """As imports call a file of ttt."""
    parts = path.relative_to(PROJECT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _function_around(change: Change) -> range | None:
    """Lines in the body of the function in which a change lies; None when it lies in none."""
    for node in ast.walk(ast.parse(change.path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            first, last = node.body[0].lineno, node.end_lineno or 0
            if first <= change.line <= last:
                return range(first, last + 1)
    return None


def _import_all(names: list[str]) -> None:
    with warnings.catch_warnings(action="ignore"):
        for name in names:
            with contextlib.suppress(Exception):
                importlib.import_module(name)


def _forked(task: Callable[[], int], log: Path, timeout: float) -> int:
    """What a task in a process of its own returned; minus the signal that ended it."""
    child = os.fork()
    if child == 0:
        _be_quiet(log)
        code = 70
        with contextlib.suppress(BaseException):
            code = int(task())
        # Without the goodbyes of what was imported before, and of threads that were left.
        os._exit(code)
    return _waited(child, time.monotonic() + timeout)


def _be_quiet(log: Path) -> None:
    handle = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    for stream in (1, 2):
        os.dup2(handle, stream)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    sys.dont_write_bytecode = True


def _waited(child: int, until: float) -> int:
    while time.monotonic() < until:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.02)
    with contextlib.suppress(ProcessLookupError):
        os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return -signal.SIGKILL
