"""People read one vocabulary: words that were replaced stand in nothing that they read."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from ttt.settings import PROJECT

GLOSSARY = (PROJECT / "docs" / "words.md").read_text()
# Where the words are that people read.
READ = ("pages", "ttt/ui", "ttt/charts", "ttt/services/explain", "ttt/services/plays/measures")


def replaced() -> list[str]:
    """The words in the last column of the glossary, and those that its last lines name."""
    rows = [line.split("|")[3] for line in GLOSSARY.splitlines() if line.startswith("| ")]
    return re.findall(r"`([^`]+)`", "\n".join([*rows, GLOSSARY.splitlines()[-1]]))


def files() -> Iterator[Path]:
    for place in READ:
        path = PROJECT / place
        yield from path.rglob("*.py") if path.is_dir() else [path.with_suffix(".py")]


def said(path: Path) -> Iterator[str]:
    """All texts of a module but its docstrings."""
    tree = ast.parse(path.read_text())
    docs = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node.value


@cache
def texts() -> list[tuple[str, str]]:
    """All that is said, each with the file that says it."""
    return [(path.name, text) for path in files() for text in said(path)]


@pytest.mark.parametrize("word", replaced())
def test_a_word_that_was_replaced_is_said_nowhere(word: str) -> None:
    pattern = re.compile(rf"(?<!\w){re.escape(word)}(?!\w)")
    found = [f"{name}: {text}" for name, text in texts() if pattern.search(text)]
    assert found == []


def test_no_sentence_holds_a_sign_whose_name_would_be_read_aloud() -> None:
    sign = re.compile(r":material/\w+:")
    assert [
        f"{name}: {text}" for name, text in texts() if sign.search(text) and sign.sub("", text)
    ] == []


def test_a_glossary_has_each_word_once() -> None:
    words = [line.split("|")[1].strip() for line in GLOSSARY.splitlines() if line.startswith("| ")]
    assert len(words) == len(set(words))
    assert len(words) > 40
