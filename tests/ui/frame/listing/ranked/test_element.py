from collections.abc import Sequence

import pytest

from tests.ui.conftest import play
from ttt.ui.frame.listing.ranked import element
from ttt.ui.frame.listing.ranked.shape import Row

SEEN: list[list[str]] = []


def rows(keys: str) -> list[Row]:
    return [Row(key, key) for key in keys]


def settled(*steps: tuple[str, Sequence[str] | None, bool]) -> list[str]:
    """What is ticked in the end, of lists shown one after the other, some rows ticked between."""

    def script() -> None:
        for keys, ticked, every in steps:
            now = element.settle("list", rows(keys), every)
            if ticked is not None:
                element.tick("list", ticked)
                now = element.ticked("list")
            SEEN.append(now)

    SEEN.clear()
    assert not play(script).exception
    return SEEN[-1]


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ([("abc", None, False)], ""),
        ([("abc", "ac", False), ("abc", None, False)], "ac"),
        ([("abc", "ac", False), ("bcd", None, False)], "c"),
        ([("abc", None, True)], "abc"),
        ([("abc", "a", True), ("abc", None, True)], "a"),
        ([("abc", None, False), ("ab", None, True), ("abc", None, False)], ""),
    ],
)
def test_ticks_hold_for_the_rows_that_are_still_there(
    steps: list[tuple[str, Sequence[str] | None, bool]], expected: str
) -> None:
    assert "".join(settled(*steps)) == expected


def test_a_list_is_one_element_whatever_its_length() -> None:
    def script() -> None:
        element.settle("list", many)
        element.show(many, [], "list")

    many = [Row(str(number), "Dust") for number in range(2_000)]
    app = play(script)
    assert not app.exception
    assert len(app.main.children) == 1
