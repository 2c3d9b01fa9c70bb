"""Runs some of the tests that pytest has collected, instead of all of them once."""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from tests.mutants.changes import PROJECT

_OPTIONS = (
    "-qq",
    "--capture=sys",
    "-p",
    "no:cacheprovider",
    "-p",
    "no:xdist",
    "--quick",
    f"--rootdir={PROJECT}",
)


class Running:
    """A plugin of pytest that knows its tests by name."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.migrated = place / "migrated.sqlite3"
        self.items: dict[str, pytest.Item] = {}
        self.costs: dict[str, float] = {}

    def collect(self, tests: Iterable[Path]) -> int:
        """Collect tests, then do what `begin` does; the exit code of pytest."""
        basetemp = f"--basetemp={self.place / 'tmp'}"
        return pytest.main([*_OPTIONS, basetemp, *map(str, tests)], plugins=[self])

    def begin(self) -> None:
        """What is done where pytest would run the tests."""

    def run(self, names: list[str]) -> int:
        """Run tests until one fails, and note its name."""
        items = [self.items[name] for name in names]
        items[0].config.pluginmanager.unregister(name="terminalreporter")
        for item, then in zip(items, [*items[1:], None], strict=True):
            item.ihook.pytest_runtest_protocol(item=item, nextitem=then)
            if item.session.testsfailed:
                (self.place / "failed").write_text(item.nodeid)
                return 1
        return 0

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Instead of pytest's own, which runs each test once."""
        self.items = {item.nodeid: item for item in session.items}
        self.begin()
        return True

    @pytest.hookimpl(tryfirst=True)
    def pytest_fixture_setup(self, fixturedef: Any, request: Any) -> Path | None:
        """An empty database is made once and not in each process."""
        if fixturedef.argname != "migrated_sqlite" or not self.migrated.exists():
            return None
        fixturedef.cached_result = (self.migrated, fixturedef.cache_key(request), None)
        return self.migrated

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Set-up, test and taking down, each reported for itself."""
        if report.failed:
            os.write(1, report.longreprtext.encode())
