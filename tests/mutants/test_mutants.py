"""What makes small mistakes makes them where it says, and notices what it should."""

import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("cosmic_ray", reason="`make mutants` brings cosmic-ray")

from tests.mutants.__main__ import where_tested, wing_of
from tests.mutants.changes import PROJECT, sample
from tests.mutants.trying import nearest_first

HEALTH = "tests/web/watching/test_health.py"
OPENID = ["tests/providers/test_openid.py", "tests/web/routes/test_openid.py"]
MODULE = '''"""What 3 == 3 says in a text is left alone."""


def dear(price: int | None, most: int = 10) -> bool:
    return price is not None and price >= most


FREE = 5
'''


@pytest.fixture
def module(tmp_path: Path) -> Path:
    path = tmp_path / "prices.py"
    path.write_text(MODULE)
    return path


def test_a_sample_is_the_same_for_the_same_seed(module: Path) -> None:
    assert sample(module, 3, 1) == sample(module, 3, 1)
    assert len({tuple(sample(module, 3, seed)) for seed in range(9)}) > 1


def test_each_place_is_changed_once_and_texts_and_annotations_never(module: Path) -> None:
    changes = sample(module, 99, 1)
    assert [change.line for change in changes] == [4, 5, 5, 5, 8]
    assert module.read_text() == MODULE
    assert "return price is None" in " ".join(c.said for c in changes if "Is" in c.operator)
    for change in changes:
        assert change.source != MODULE
        compile(change.source, "prices.py", "exec")


def test_what_would_be_no_python_is_left_out(module: Path) -> None:
    module.write_text("def f():\n    while more := g():\n        pass\n")
    for change in (one for seed in range(9) for one in sample(module, 9, seed)):
        compile(change.source, "f.py", "exec")


def test_a_module_is_tried_by_the_file_of_its_name_first_then_by_those_near_it() -> None:
    here, module = PROJECT / "tests" / "services" / "plays", PROJECT / "ttt/services/plays/gaps.py"
    tests = {
        "elsewhere": PROJECT / "tests" / "store" / "test_charts.py",
        "dear": here / "test_heard.py",
        "cheap": here / "test_covering.py",
        "its own": here / "test_gaps.py",
        "of its name": PROJECT / "tests" / "security" / "test_gaps.py",
    }
    costs = {"elsewhere": 0.1, "dear": 2.0, "cheap": 1.0, "its own": 9.0, "of its name": 1.5}
    order = ["its own", "cheap", "of its name", "dear", "elsewhere"]
    assert nearest_first(tests, module, (here, tests["of its name"]), costs) == order


def test_a_constant_moves_up_or_down(module: Path) -> None:
    said = {c.said for seed in range(20) for c in sample(module, 99, seed) if c.line == 8}
    assert {one.replace("  ", " ") for one in said} == {
        "FREE = 5 -> FREE = 6",
        "FREE = 5 -> FREE = 4",
    }


@pytest.mark.parametrize(
    ("module", "tests"),
    [
        ("ttt/music.py", ["tests/test_music.py"]),
        ("ttt/services/accounts/throttle.py", ["tests/services/accounts"]),
        ("ttt/services/doors/openid.py", ["tests/services/doors", *OPENID]),
        ("ttt/services/server/watching/health.py", ["tests/services/server/watching", HEALTH]),
        ("ttt/store/doors/tries.py", ["tests/store/doors", "tests/services/doors"]),
        ("ttt/services/tracks/__init__.py", ["tests/services/tracks"]),
        ("ttt/services/explain/__init__.py", ["tests/services/test_explain.py"]),
        ("ttt/services/explain/clocks.py", ["tests/services/test_explain.py"]),
        ("ttt/services/plays/judging/fitting.py", ["tests/services/plays/judging"]),
        ("ttt/services/plays/out/showing.py", ["tests/services/plays/out"]),
        ("ttt/store/plays/told.py", ["tests/store/plays", "tests/services/plays"]),
        ("ttt/store/locks.py", ["tests/store/test_locks.py"]),
        ("ttt/store/patience.py", ["tests/store/test_patience.py"]),
        ("ttt/store/another.py", ["tests/store"]),
        ("ttt/store/migrations/versions/0007_plays.py", ["tests/store/test_migrate.py"]),
    ],
)
def test_the_tests_of_a_module_lie_where_it_lies(module: str, tests: list[str]) -> None:
    assert where_tested(PROJECT / module) == tuple(PROJECT / one for one in tests)


@pytest.mark.parametrize(
    ("module", "wing"),
    [
        ("ttt/services/plays/measures/charts/race.py", ["tests/services/plays"]),
        ("ttt/store/doors/tries.py", ["tests/store/doors"]),
        ("ttt/services/person.py", []),
        ("ttt/music.py", []),
    ],
)
def test_all_tests_of_a_wing_are_near_its_modules(module: str, wing: list[str]) -> None:
    assert wing_of(PROJECT / module) == tuple(PROJECT / one for one in wing)


def test_a_change_belongs_to_the_smallest_statement_around_it(module: Path) -> None:
    module.write_text(
        "def f(a: int) -> int:\n    if (\n        a > 3\n    ):\n        return 4\n    return 5\n"
    )
    statements = {(c.line, c.statement, c.in_function) for c in sample(module, 99, 1)}
    assert statements == {
        (2, range(2, 5), True),
        (3, range(2, 5), True),
        (5, range(5, 6), True),
        (6, range(6, 7), True),
    }


TRIED = """
import sys
from pathlib import Path
from tests.mutants.changes import Change, sample
from tests.mutants.trying import PROJECT, Bench

class Unchanged(Change):
    @property
    def source(self):
        # One name more, so that the module is imported anew for a change outside of functions.
        return self.path.read_text() + ("" if self.in_function else "_MORE = 1\\n")

tests = PROJECT / "tests" / "test_music.py"
changes = sample(PROJECT / "ttt" / "music.py", 99, 1)
inside = [change for change in changes if change.in_function][-1]
constant = [change for change in changes if not change.in_function][0]

def tried(bench):
    for change in (inside, constant):
        same = Unchanged(change.path, change.line, change.operator, change.occurrence)
        for one in (change, same):
            print("noticed", bool(bench.notices(one, ())), file=sys.__stderr__)

sys.exit(Bench(Path(sys.argv[1]), tried).collect([tests]))
"""


@pytest.mark.slow
def test_a_change_is_noticed_and_the_same_text_is_not_and_nothing_is_written(
    tmp_path: Path,
) -> None:
    def written() -> dict[Path, int]:
        return {path: path.stat().st_mtime_ns for path in (PROJECT / "ttt").rglob("*.py")}

    before = written()
    command = [sys.executable, "-c", TRIED, str(tmp_path)]
    said = subprocess.run(command, cwd=PROJECT, capture_output=True, check=True, timeout=300).stderr
    found = [line for line in said.decode().splitlines() if line.startswith("noticed")]
    assert found == ["noticed True", "noticed False"] * 2
    assert written() == before
