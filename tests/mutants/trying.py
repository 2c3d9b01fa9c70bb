"""Tries one change after the other, each in a process forked for it.

All that tests import is imported and all tests are collected once, before forking. A change within
a function is put into that function as it lies in memory; what is changed elsewhere (a constant, a
default) is imported anew, with all that may have taken it over. Nothing is written into the work
tree, whatever ends the run.
"""

import json
import signal
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from pathlib import Path
from types import CodeType

import coverage

from tests.mutants.apart import forked
from tests.mutants.changes import MIGRATIONS, PROJECT, Change
from tests.mutants.running import Running
from tests.mutants.swapping import Functions
from tests.surroundings.databases import opened
from ttt.store import migrate

# So many times the seconds of CPU that they took before may tests take, as others may be at work,
# and what importing takes.
PATIENCE, START = 8, 60
WORTH = 10.0  # seconds of CPU that a change is worth, the nearest and cheapest tests first
PROMISES = "tests/test_promises"  # both files of them
# What the import rules keep from knowing a floor, and so need not be imported anew with a change.
_PLAIN = {"music", "found", "errors", "roles", "text", "plays", "chartdata", "settings"}
_BELOW = {"store": _PLAIN | {"models"}, "services": _PLAIN | {"models", "store", "providers"}}


class Bench(Running):
    """Tests, and which of them come by which line of which module."""

    def __init__(self, place: Path, work: "Callable[[Bench], None]") -> None:
        super().__init__(place)
        self._work = work

    def begin(self) -> None:
        """Look at what the tests come by, unless that is kept, and do the work."""
        self._functions = Functions(PROJECT / "ttt")
        if not (self.place / "costs").exists():
            self._ended_well(self._look, timeout=3600)
        self._data = coverage.CoverageData(str(self.place / "covered"))
        self._data.read()
        self.costs = json.loads((self.place / "costs").read_text())
        self._work(self)

    def notices(self, change: Change, near: tuple[Path, ...]) -> str:
        """The test that fails, or does not end, when a change is made; empty when none does."""
        names = self._who_comes_by(change, near)
        if not names:
            return ""
        failed = self.place / "failed"
        failed.write_text("nobody: it cannot be imported")
        longest = PATIENCE * sum(self.costs.get(name, 0) for name in names) + START
        code = forked(self._task(change, names), self.place / "changed.log", longest)
        if code == -signal.SIGKILL:
            return f"nobody: it does not end within {longest:.0f} seconds"
        return failed.read_text() if code else ""

    def _lying(self, near: tuple[Path, ...]) -> set[str]:
        items = self.items.items()
        return {name for name, item in items if any(item.path.is_relative_to(one) for one in near)}

    def _task(self, change: Change, names: list[str]) -> Callable[[], int]:
        if change.path.is_relative_to(MIGRATIONS):
            return lambda: self._migrating(change, names)
        codes = self._functions.changed(change.path, change.source)
        if codes is None:
            return lambda: self._anew(change, names)
        return lambda: self._functions.put(codes) or self.run(names)

    def _anew(self, change: Change, names: list[str]) -> int:
        floor = change.path.relative_to(PROJECT / "ttt").parts[0]
        for name in [name for name in sys.modules if not _stays(name, floor)]:
            _forget(name)
        sys.meta_path.insert(0, _Changed(module_name(change.path), change))
        return _Anew(self.place, names).tried()

    def _migrating(self, change: Change, names: list[str]) -> int:
        """Alembic reads a migration from its file each time; the empty database is made anew."""
        plain = SourceFileLoader.get_code

        def get_code(loader: SourceFileLoader, name: str) -> CodeType | None:
            is_it = loader.path == str(change.path)
            return compile(change.source, loader.path, "exec") if is_it else plain(loader, name)

        SourceFileLoader.get_code = get_code  # type: ignore[method-assign]
        for left in (self.place / "tmp").glob(self.migrated.name):
            left.unlink()
        self.migrated = self.place / "nowhere"
        return self.run(names)

    def _look(self) -> int:
        """Run all tests, and note what each takes and which lines it comes by."""
        watch = coverage.Coverage(
            str(self.place / "covered"), config_file=False, source=[str(PROJECT / "ttt")]
        )
        next(iter(self.items.values())).config.pluginmanager.unregister(name="terminalreporter")
        watch.start()
        self._migrate()
        for name, item in self.items.items():
            watch.switch_context(name)
            begun = time.process_time()
            item.ihook.pytest_runtest_protocol(item=item, nextitem=None)
            self.costs[name] = time.process_time() - begun
        watch.stop()
        watch.save()
        (self.place / "costs").write_text(json.dumps(self.costs))
        return self.items[name].session.testsfailed

    def _migrate(self) -> None:
        with opened(f"sqlite:///{self.migrated}") as engine:
            migrate.upgrade(engine)
            with engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        self.migrated.chmod(0o600)  # as the app makes it; copies keep it

    def _ended_well(self, task: Callable[[], int], timeout: float) -> None:
        log = self.place / "unchanged.log"
        if code := forked(task, log, timeout):
            raise SystemExit(f"{log.read_text()}\nThe tests fail ({code}) with nothing changed.")

    def _who_comes_by(self, change: Change, near: tuple[Path, ...]) -> list[str]:
        """Tests that run the changed line; where import does, any of the module, and promises."""
        by_line = self._data.contexts_by_lineno(str(change.path))
        names = {name for line in change.statement for name in by_line.get(line, ()) if name}
        if not names and not change.in_function:
            names = {name for found in by_line.values() for name in found if name}
            names |= {name for name in self.items if name.startswith(PROMISES)}
            own = f"test_{change.path.stem}"
            names |= {name for name, item in self.items.items() if item.path.stem == own}
            # Of a module without functions nothing is run but by import.
            names |= set() if any(map(any, by_line.values())) else self._lying(near)
        if change.path.is_relative_to(MIGRATIONS):
            names = {name for name in self.items if not name.startswith(PROMISES)}
        paths = {name: self.items[name].path for name in names & self.items.keys()}
        return _worth_it(nearest_first(paths, change.path, near, self.costs), self.costs)


class _Anew(Running):
    """Tests that are collected once more, after what was changed was forgotten."""

    def __init__(self, place: Path, names: list[str]) -> None:
        super().__init__(place)
        self._names, self._code = names, 1

    def tried(self) -> int:
        """0 when all of them pass."""
        files = dict.fromkeys(PROJECT / name.partition("::")[0] for name in self._names)
        return self.collect(files) or self._code

    def begin(self) -> None:
        """Run them."""
        self._code = self.run(self._names)


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


def _forget(name: str) -> None:
    """Let a module be imported anew, also by those who know it as a part of its package."""
    package, _, inside = name.rpartition(".")
    if package in sys.modules:
        vars(sys.modules[package]).pop(inside, None)
    sys.modules.pop(name, None)


def _worth_it(names: list[str], costs: dict[str, float]) -> list[str]:
    chosen, spent = [], 0.0
    for name in names:
        spent += costs.get(name, 0)
        if chosen and spent > WORTH:
            break
        chosen.append(name)
    return chosen


def _stays(name: str, floor: str) -> bool:
    """Whether a module is the same whatever is changed on a floor."""
    first, _, inside = name.partition(".")
    if first == "ttt":
        return not inside or inside.partition(".")[0] in _BELOW.get(floor, ())
    return first not in {"tests", "app"} or name.startswith("tests.mutants")


def nearest_first(
    tests: Mapping[str, Path], module: Path, near: Sequence[Path], costs: Mapping[str, float]
) -> list[str]:
    """Names of tests: those in a file of the module's name, then those that lie near, by cost.

    A file of that name on another floor can be about something else, and is only near.
    """

    def key(name: str) -> tuple[bool, bool, float]:
        path = tests[name]
        is_near = name.startswith(PROMISES) or any(path.is_relative_to(one) for one in near)
        is_own = path.stem == f"test_{module.stem}" and path.is_relative_to(near[0])
        return not is_own, not is_near, costs.get(name, 0)

    return sorted(tests, key=key)


def module_name(path: Path) -> str:
    """As imports call a file of ttt."""
    parts = path.relative_to(PROJECT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
