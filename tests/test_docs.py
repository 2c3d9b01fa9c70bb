"""What the documents show exists: files, make targets, commands and settings."""

import re
import shlex
import tomllib
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import typer.main

from tests.surroundings import environment
from ttt.__main__ import app
from ttt.settings import PROJECT

DOCUMENTS = sorted(
    path for folder in (".", "docs", "data") for path in (PROJECT / folder).glob("*.md")
)
SCREENSHOTS = PROJECT / "docs" / "screenshots"
FENCED = re.compile(r"^ *```\w*\n(.*?)^ *```$", re.DOTALL | re.MULTILINE)
INLINE = re.compile(r"`([^`\n]+)`")
TARGET = re.compile(r'\]\(([^)\s]+)\)|(?:src|srcset|href)="([^"]+)"')
PROGRAM = "python -m ttt"
AFTER_A_COMMAND = {"|", ">", "<", "&&", "||", ";"}


def fenced_lines() -> Iterator[str]:
    for document in DOCUMENTS:
        for block in FENCED.findall(document.read_text()):
            yield from block.splitlines()


def inline_code() -> Iterator[str]:
    for document in DOCUMENTS:
        yield from INLINE.findall(FENCED.sub("", document.read_text()))


def relative_targets(document: Path) -> Iterator[str]:
    text = INLINE.sub("", FENCED.sub("", document.read_text()))
    for found in TARGET.findall(text):
        target = "".join(found).partition("#")[0]
        if target and "://" not in target and not target.startswith("mailto:"):
            yield target


def after_program(line: str) -> list[str]:
    """Words that follow `python -m ttt`, without comments and what the shell does next."""
    # systemd puts what a service was named after in the place of %i, here a port.
    words = shlex.split(line.partition(f"{PROGRAM} ")[2].replace("%i", "8501"), comments=True)
    ends = (place for place, word in enumerate(words) if word in AFTER_A_COMMAND)
    return words[: next(ends, len(words))]


def resolved(words: list[str]) -> tuple[Any, list[str]]:
    """The command that words lead to, and those that are left; KeyError where there is none."""
    command: Any = typer.main.get_command(app)
    rest = list(words)
    while isinstance(command, typer.core.TyperGroup) and rest and not rest[0].startswith("-"):
        command = command.commands[rest.pop(0)]
    return command, rest


def make_targets(code: str) -> set[str]:
    return {word for words in re.findall(r"\bmake((?: [a-z]+)+)", code) for word in words.split()}


SHOWN = sorted({line.strip() for line in fenced_lines() if f"{PROGRAM} " in line})
NAMED = sorted({code for code in inline_code() if code.startswith(f"{PROGRAM} ")})


def test_there_are_documents_that_show_commands() -> None:
    assert {"README.md", "CONTRIBUTING.md", "CHANGELOG.md"} <= {d.name for d in DOCUMENTS}
    assert SHOWN
    assert NAMED


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda d: str(d.relative_to(PROJECT)))
def test_every_relative_link_and_picture_exists(document: Path) -> None:
    missing = {t for t in relative_targets(document) if not (document.parent / t).exists()}
    if not any(SCREENSHOTS.glob("*.png")):  # `make screenshots` was never run here
        missing = {t for t in missing if (document.parent / t).parent != SCREENSHOTS}
    assert missing == set()


@pytest.mark.parametrize("line", SHOWN)
def test_every_command_in_a_code_block_is_taken(line: str) -> None:
    command, rest = resolved(after_program(line))
    command.make_context(PROGRAM, rest)  # raises for unknown options and missing arguments


@pytest.mark.parametrize("code", NAMED)
def test_every_command_named_in_a_sentence_exists(code: str) -> None:
    resolved(after_program(code))


def test_every_make_target_exists() -> None:
    makefile = (PROJECT / "Makefile").read_text()
    targets = set(re.findall(r"^([a-z]+):", makefile, flags=re.MULTILINE))
    used = set().union(*map(make_targets, [*fenced_lines(), *inline_code()]))
    assert used
    assert used - targets == set()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda d: str(d.relative_to(PROJECT)))
def test_every_setting_that_is_named_exists(document: Path) -> None:
    named = set(re.findall(r"\b(?:TTT|SPOTIFY)_[A-Z_]*[A-Z]\b", document.read_text()))
    assert named - set(environment.names()) == set()


def test_the_drawing_has_a_title_and_fits_dark_and_light() -> None:
    drawing = PROJECT / "docs" / "architecture.svg"
    root = ElementTree.parse(drawing).getroot()
    assert root.find("{http://www.w3.org/2000/svg}title") is not None
    assert "@media (prefers-color-scheme: dark)" in drawing.read_text()


def test_the_drawing_of_the_wings_has_the_order_that_is_held() -> None:
    held = tomllib.loads((PROJECT / "pyproject.toml").read_text())["tool"]["importlinter"]
    floors = {"ttt.ui": 32, "ttt.services": 337, "ttt.store": 642}  # and where each is drawn
    drawn = ElementTree.parse(PROJECT / "docs" / "wings.svg").iter(
        "{http://www.w3.org/2000/svg}text"
    )
    names = [(float(text.get("x", 0)), text.get("y"), text.text) for text in drawn]
    for floor, left in floors.items():
        [layers] = [c["layers"] for c in held["contracts"] if c.get("containers") == [floor]]
        rows: dict[str | None, list[str | None]] = {}
        for x, y, name in names:
            if left < x < left + 290:
                rows.setdefault(y, []).append(name)
        wings = [re.findall(r"\w+", layer) for layer in layers]
        assert list(chain(*rows.values())) == list(chain(*wings))
        assert all(any(set(row) <= set(layer) for layer in wings) for row in rows.values())


def test_every_test_that_a_document_names_exists() -> None:
    named = {code for code in inline_code() if re.fullmatch(r"tests/[\w/.]+", code)}
    assert named
    assert {path for path in named if not (PROJECT / path).exists()} == set()
