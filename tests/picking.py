"""Which tests `make quick` leaves out, and which files start first.

A test is slow when it needs a browser, PostgreSQL or processes of its own, or waits for something.
That is seen by where it lies, by what it asks for, or by its mark.
"""

import json
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import is_hypothesis_test, settings

TESTS = Path(__file__).parent
COSTS = TESTS / "costs.json"
# Everything in these folders starts servers and waits for them.
FOLDERS = tuple(TESTS / folder for folder in ("bench", "browser", "jobs", "security/attack"))
BROWSER = TESTS / "browser"
FIXTURES = {"postgres", "outages"}
PARAMETERS = {"postgresql", "on_postgresql"}
REASON = "needs a browser, PostgreSQL or processes of its own, or waits for something"
WORTH_NOTING = 2.0  # seconds
FEW = 20


def add_options(parser: pytest.Parser) -> None:
    """Options of this project's tests."""
    group = parser.getgroup("Top Track Tracker")
    group.addoption("--quick", action="store_true", help=f"leave out whatever {REASON}")
    group.addoption("--write-costs", action="store_true", help=f"note what files cost in {COSTS}")


def mark_slow(item: pytest.Item) -> None:
    """Mark a test as slow when its folder, a fixture or a parameter says so."""
    parameters = getattr(item, "callspec", None)
    values = parameters.params.values() if parameters else ()
    if (
        _lies_in(item.path, FOLDERS)
        or FIXTURES & set(getattr(item, "fixturenames", ()))
        or any(isinstance(value, str) and value in PARAMETERS for value in values)
    ):
        item.add_marker(pytest.mark.slow)


# There are thousands of tests, in some hundred files.
@cache
def _lies_in(path: Path, folders: tuple[Path, ...]) -> bool:
    return any(path.is_relative_to(folder) for folder in folders)


def is_slow(item: pytest.Item) -> bool:
    """Whether `make quick` leaves a test out."""
    return item.get_closest_marker("slow") is not None


def try_few(item: pytest.Item) -> None:
    """Let a property be tried by few examples, also where a test names a number."""
    test: Any = getattr(item, "obj", None)
    if is_hypothesis_test(test):
        found = test._hypothesis_internal_use_settings
        test._hypothesis_internal_use_settings = settings(
            found, max_examples=min(found.max_examples, FEW)
        )


def by_cost(items: list[pytest.Item], costs: dict[str, float]) -> list[pytest.Item]:
    """The same tests, those of the costliest file first, and each file's in their order.

    Those that share a browser come before all others, so that it is started once.
    """

    def place(item: pytest.Item) -> tuple[bool, float]:
        return not item.path.is_relative_to(BROWSER), -costs.get(name_of(item.path), 0.0)

    return sorted(items, key=place)


@cache
def name_of(path: Path) -> str:
    """A file of tests as costs.json names it."""
    return path.relative_to(TESTS).as_posix() if path.is_relative_to(TESTS) else str(path)


class Costs:
    """Adds up what the tests of each file take, and writes it down in the end."""

    def __init__(self) -> None:
        self._seconds: defaultdict[str, float] = defaultdict(float)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Set-up, test and taking down, each reported for itself."""
        name = report.nodeid.partition("::")[0].removeprefix("tests/")
        self._seconds[name] += report.duration

    def pytest_sessionfinish(self) -> None:
        """Keep the files that are worth an early start."""
        costs = {name: round(s) for name, s in self._seconds.items() if s >= WORTH_NOTING}
        ordered = dict(sorted(costs.items(), key=lambda entry: (-entry[1], entry[0])))
        COSTS.write_text(json.dumps(ordered, indent=2) + "\n")
