import ast
from collections.abc import Iterator
from dataclasses import replace

import pytest

from ttt.music import Period
from ttt.services.tracks.rows import TrackRow
from ttt.settings import PROJECT
from ttt.ui.frame.view import View

DUST = TrackRow("spotify:track:1", "Dust")
SAND = TrackRow("spotify:track:2", "Sand")


def keeping() -> Iterator[ast.FunctionDef]:
    """Every function whose result is kept under a view."""
    for file in sorted((PROJECT / "ttt" / "ui").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.FunctionDef) and any(
                "SAME_ROWS" in ast.unparse(decorator) for decorator in node.decorator_list
            ):
                yield node


def test_the_same_rows_in_another_list_are_the_same_rows() -> None:
    assert View([DUST, SAND]).which() == View((DUST, SAND)).which()


@pytest.mark.parametrize(
    "other",
    [
        View([DUST]),
        View([SAND, DUST]),
        View([DUST, replace(SAND)]),
        View([DUST], [SAND]),
        View([DUST, SAND], [SAND]),
        View([DUST, SAND], lists={Period.LONG_TERM: [SAND]}),
        View([DUST, SAND], part=[SAND]),
        View([DUST, SAND], part=[]),
    ],
    ids=[
        *("fewer", "in another order", "equal", "compared", "with another", "with a period"),
        *("with a part", "with an empty part"),
    ],
)
def test_other_rows_are_never_taken_for_these(other: View) -> None:
    assert other.which() != View([DUST, SAND]).which()


def test_each_period_has_lists_of_its_own() -> None:
    year, weeks = Period.LONG_TERM, Period.SHORT_TERM
    one = View([], lists={year: [DUST], weeks: [SAND]})
    other = View([], lists={year: [SAND], weeks: [DUST]})
    assert one.which() != other.which()
    assert View([], lists={year: [DUST]}).which() != View([], lists={weeks: [DUST]}).which()


def test_whatever_is_kept_holds_the_rows_it_is_kept_under() -> None:
    functions = list(keeping())
    assert functions
    for function in functions:
        assert function.returns is not None
        returned = ast.unparse(function.returns)
        assert returned == "View" or returned.startswith("tuple[View, "), function.name
