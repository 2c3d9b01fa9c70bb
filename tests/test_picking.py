"""What `make quick` leaves out, and what starts first."""

import json
from pathlib import Path

import pytest

from tests import picking

TESTS = Path(__file__).parent
pytest_plugins = ["pytester"]

MADE = """
import pytest

@pytest.fixture
def postgres():
    pass

@pytest.fixture
def store(postgres):
    pass

@pytest.fixture(params=["sqlite", "postgresql"])
def url(request):
    return request.param

def test_plain(): pass
def test_asks_for_postgres(postgres): pass
def test_asks_for_what_asks_for_postgres(store): pass
def test_on_either(url): pass
@pytest.mark.slow
def test_marked(): pass
@pytest.mark.parametrize("word", ["postgresql://host"])
def test_only_speaks_of_it(word): pass
"""


TRIED = """
from hypothesis import given, settings, strategies as st

tried = {"many": set(), "few": set()}

@settings(max_examples=200, derandomize=True)
@given(number=st.integers())
def test_names_many(number):
    tried["many"].add(number)

@settings(max_examples=5, derandomize=True)
@given(number=st.integers())
def test_names_few(number):
    tried["few"].add(number)
"""


@pytest.fixture
def items(pytester: pytest.Pytester) -> list[pytest.Item]:
    """Made-up tests, marked as the real ones are."""
    made, _ = pytester.inline_genitems(pytester.makepyfile(MADE))
    for item in made:
        picking.mark_slow(item)
    return made


def test_what_needs_postgresql_or_is_marked_is_slow(items: list[pytest.Item]) -> None:
    assert [item.name for item in items if not picking.is_slow(item)] == [
        "test_plain",
        "test_on_either[sqlite]",
        "test_only_speaks_of_it[postgresql://host]",
    ]


def test_a_property_is_tried_by_few_examples_also_where_it_names_a_number(
    pytester: pytest.Pytester,
) -> None:
    made, _ = pytester.inline_genitems(pytester.makepyfile(TRIED))
    for item in made:
        picking.try_few(item)
        item.obj()  # type: ignore[attr-defined]
    tried = made[0].module.tried  # type: ignore[attr-defined]
    assert 10 < len(tried["many"]) <= picking.FEW == 20
    assert len(tried["few"]) <= 5


def test_whatever_lies_in_a_folder_that_starts_servers_is_slow(
    items: list[pytest.Item], monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = items[0]
    assert not picking.is_slow(plain)
    monkeypatch.setattr(picking, "FOLDERS", (plain.path.parent,))
    picking.mark_slow(plain)
    assert picking.is_slow(plain)


@pytest.mark.parametrize("folder", picking.FOLDERS, ids=lambda folder: folder.name)
def test_every_such_folder_exists(folder: Path) -> None:
    assert list(folder.glob("*.py"))


def test_the_costliest_file_comes_first_and_its_tests_keep_their_order(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(picking, "TESTS", pytester.path)
    body = "def test_one(): pass\ndef test_two(): pass\n"
    pytester.makepyfile(test_a=body, test_b=body, test_c=body, test_d=body)
    made, _ = pytester.inline_genitems()
    ordered = picking.by_cost(made, {"test_c.py": 9.0, "test_b.py": 40.0})
    assert [item.nodeid for item in ordered] == [
        f"test_{name}.py::test_{number}" for name in "bcad" for number in ("one", "two")
    ]


def test_files_that_share_a_browser_start_before_all_others(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(picking, "BROWSER", pytester.mkdir("browser"))
    pytester.makepyfile(
        **{"test_dear": "def test_it(): pass", "browser/test_cheap": "def test_it(): pass"}
    )
    made, _ = pytester.inline_genitems()
    ordered = picking.by_cost(made, {"test_dear.py": 9.0})
    assert [item.path.name for item in ordered] == ["test_cheap.py", "test_dear.py"]


def test_costs_are_those_of_all_tests_of_a_file_with_their_fixtures(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(picking, "COSTS", tmp_path / "costs.json")
    costs = picking.Costs()
    for file, seconds in [("ui/test_a.py", 2.0), ("test_b.py", 30.0), ("ui/test_a.py", 1.2)]:
        costs.pytest_runtest_logreport(_report(f"tests/{file}::test_it", seconds))
    costs.pytest_runtest_logreport(_report("tests/test_cheap.py::test_it", 0.1))
    costs.pytest_sessionfinish()
    assert list(json.loads(picking.COSTS.read_text()).items()) == [
        ("test_b.py", 30),
        ("ui/test_a.py", 3),
    ]


def test_only_files_that_exist_have_a_cost() -> None:
    costs = json.loads(picking.COSTS.read_text())
    assert costs
    assert {name for name in costs if not (TESTS / name).is_file()} == set()


def _report(nodeid: str, duration: float) -> pytest.TestReport:
    return pytest.TestReport(nodeid, ("", 0, ""), {}, "passed", None, "call", duration=duration)
