"""Regular expressions say the same to every Python that is supported."""

import importlib
import re
from collections.abc import Iterator
from re import _parser  # type: ignore[attr-defined]
from typing import Any

import pytest

from tests.test_structure import MODULES, RUN_BY_OTHERS, name_of, within

_MOVES = {"ASSERT", "ASSERT_NOT", "ATOMIC_GROUP", "BRANCH", "SUBPATTERN"}
# Where a string is not closed, its end is not found by either.
_ALIKE = {"ttt.providers.history_files.pieces.scanning._NEXT"}


def groups(parsed: Any) -> Iterator[Any]:
    """What is in each group that gives nothing back, as `(...)*+`."""
    if isinstance(parsed, _parser.SubPattern | list | tuple):
        for part in parsed:
            if isinstance(part, tuple) and str(part[0]) == "POSSESSIVE_REPEAT":
                yield part[1][2]
            yield from groups(part)


def is_simple(group: Any) -> bool:
    """Whether no alternative can have moved on in several ways before it fails."""
    operator, argument = group[0]
    alternatives = argument[1] if len(group) == 1 and str(operator) == "BRANCH" else [group]
    return not any(
        str(operator) in _MOVES or "REPEAT" in str(operator)
        for alternative in alternatives
        if len(alternative) > 1
        for operator, _ in alternative
    )


def is_safe(pattern: re.Pattern[Any]) -> bool:
    return all(map(is_simple, groups(_parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE))))


def patterns() -> Iterator[tuple[str, re.Pattern[Any]]]:
    for module in map(name_of, MODULES):
        if not within(module, RUN_BY_OTHERS):
            for name, value in vars(importlib.import_module(module)).items():
                if isinstance(value, re.Pattern):
                    yield f"{module}.{name}", value


@pytest.mark.parametrize(
    ("pattern", "safe"),
    [
        *((r"(?:(?!b).)*+", False), (r"(?:a\s*b)*+", False), (r"x(?:c|a(?:bb|dd))*+", False)),
        *((r"(?:(?!b).)*", True), (r"a*+b", True), (r"(?:[^b]++|bc)*+", True)),
    ],
)
def test_a_group_that_some_pythons_mistake_is_seen(pattern: str, safe: bool) -> None:
    assert is_safe(re.compile(pattern)) is safe


def test_what_gives_nothing_back_is_simple() -> None:
    # Python 3.11.2, as Debian 12 has it, goes on where such a group failed, not where it began.
    found = dict(patterns())
    assert len(found) > 100
    assert {name for name, pattern in found.items() if not is_safe(pattern)} == _ALIKE
