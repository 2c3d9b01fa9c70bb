"""Rules of the layout that import-linter (see pyproject.toml) cannot express."""

import ast
import json
import os
import socket
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_socket import SocketConnectBlockedError

from ttt.charts.theme import ThemeName, theme

PROJECT = Path(__file__).resolve().parents[1]
PAGES = sorted((PROJECT / "pages").glob("*.py"))
MODULES = sorted((PROJECT / "ttt").rglob("*.py"))
SCRIPTS = [p for p in sorted((PROJECT / "ttt").rglob("*.js")) if "vendor" not in p.parts]
TESTS = sorted((PROJECT / "tests").rglob("*.py"))
SHARED_BY_ALL = {"__init__.py", "conftest.py"}
FOR_PAGES = {
    *(
        "streamlit",
        "ttt.ui",
        "ttt.services",
        "ttt.charts",
        "ttt.chartdata",
        "ttt.music",
        "ttt.errors",
    ),
    *("collections", "dataclasses", "datetime", "functools", "itertools", "typing"),
}
# Alembic runs its own files, and Streamlit its main script.
RUN_BY_OTHERS = {"ttt.store.migrations", "ttt.ui.main"}
# A migration is written once and as long as the change it makes.
DIARY = {"ttt.store.migrations.versions"}
# Tests of pages lie as the pages do, a file each.
ONE_FILE_A_THING = {"tests.browser"} | DIARY
# Streamlit's name of each colour that pages and charts share.
COLOURS = {
    "backgroundColor": "ground",
    "secondaryBackgroundColor": "panel",
    "textColor": "ink",
    "linkColor": "ink",
    "grayColor": "quiet",
    "borderColor": "rule",
    "primaryColor": "accent",
    "yellowColor": "popularity",
    "orangeColor": "energy",
    "greenColor": "valence",
    "violetColor": "tempo",
}

IMPORT_EVERYTHING = """
import gc, importlib, json, os, sys

seen = []

def watch(event, arguments):
    writes = event == "open" and isinstance(arguments[2], int) and (
        arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
    )
    if writes and arguments[0] != os.devnull or event in {
        "os.mkdir", "os.rename", "os.remove", "sqlite3.connect", "socket.connect"
    }:
        seen.append(f"{event} {arguments[0]!r}")

sys.addaudithook(watch)
for name in json.loads(sys.argv[1]):
    importlib.import_module(name)

import sqlalchemy
engines = [o for o in gc.get_objects() if isinstance(o, sqlalchemy.Engine)]
print(json.dumps({"seen": seen, "engines": len(engines)}))
"""


def name_of(path: Path) -> str:
    parts = path.relative_to(PROJECT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(path: Path) -> Iterator[str]:
    """Every module that a file imports, `from ttt import music` as ttt.music."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = node.module or ""
            yield from (f"ttt.{a.name}" for a in node.names) if module == "ttt" else (module,)


def lines(path: Path) -> int:
    return len(path.read_text().splitlines())


def is_text(call: ast.Call) -> bool:
    """Whether a call reads or writes a file as text."""
    name = getattr(call.func, "attr", getattr(call.func, "id", ""))
    modes = {a.value for a in call.args if isinstance(a, ast.Constant)} & {"w", "a", "x", "r"}
    opens = name == "open" and isinstance(call.func, ast.Attribute) and not call.args
    return name in {"read_text", "write_text"} or opens or ("TemporaryFile" in name and bool(modes))


def encoding(call: ast.Call) -> bool:
    """Whether it says in which encoding, or is of something else."""
    return any(keyword.arg in {"encoding", "fileobj"} for keyword in call.keywords)


def within(module: str, packages: set[str]) -> bool:
    return any(module == package or module.startswith(f"{package}.") for package in packages)


def is_wing(folder: Path) -> bool:
    return (folder / "__init__.py").exists() and folder.name != "migrations"


def test_there_are_pages_and_modules_to_look_at() -> None:
    assert PAGES
    assert MODULES


def test_a_page_has_at_most_60_lines() -> None:
    assert {page.name: lines(page) for page in PAGES if lines(page) > 60} == {}


def test_a_page_imports_only_what_composing_needs() -> None:
    foreign = {
        f"{page.name}: {module}"
        for page in PAGES
        for module in imports(page)
        if not within(module, FOR_PAGES)
    }
    assert foreign == set()


def test_a_module_or_script_has_fewer_than_250_lines() -> None:
    written = [m for m in MODULES if not within(name_of(m), DIARY)] + SCRIPTS
    assert {str(path): lines(path) for path in written if lines(path) >= 250} == {}


def test_a_text_is_read_and_written_in_utf_8_whatever_the_machine_prefers() -> None:
    calls = (
        (module, call)
        for module in (*MODULES, *(PROJECT / "tools").glob("*.py"))
        for call in ast.walk(ast.parse(module.read_text()))
        if isinstance(call, ast.Call)
    )
    told = [f"{m.name}:{call.lineno}" for m, call in calls if is_text(call) and not encoding(call)]
    assert told == []


def test_every_wing_says_what_it_holds_and_stands_in_the_documents() -> None:
    said = (PROJECT / "docs" / "architecture.md").read_text()
    for floor in ("services", "store", "ui"):
        for wing in sorted(p for p in (PROJECT / "ttt" / floor).iterdir() if is_wing(p)):
            doc = ast.get_docstring(ast.parse((wing / "__init__.py").read_text()))
            assert doc, wing
            assert f"`{floor}/{wing.name}`" in said, wing


def test_a_folder_holds_about_a_dozen_modules() -> None:
    held = Counter(path.parent for path in (*MODULES, *TESTS) if path.name not in SHARED_BY_ALL)
    crowded = {name_of(folder / "__init__.py"): n for folder, n in held.items() if n > 14}
    assert crowded.keys() - ONE_FILE_A_THING == set()


def test_every_folder_says_in_a_sentence_what_it_holds() -> None:
    ours = {m.parent for m in MODULES if not within(name_of(m), RUN_BY_OTHERS)}
    for folder in sorted(ours):
        doc = ast.get_docstring(ast.parse((folder / "__init__.py").read_text())) or ""
        assert doc.partition("\n")[0].endswith("."), folder


def test_only_the_user_interface_imports_streamlit() -> None:
    users = {
        name_of(module)
        for module in MODULES
        if "streamlit" in module.read_text()
        and any(within(name, {"streamlit", "streamlit_authenticator"}) for name in imports(module))
    }
    assert {name for name in users if not within(name, {"ttt.ui"})} == set()


def test_locks_pass_by_a_pooler_which_would_leave_them_at_any_connection() -> None:
    taken = {
        f"{name_of(module)}: {ast.unparse(call.args[0])}"
        for module in MODULES
        for call in ast.walk(ast.parse(module.read_text()))
        if isinstance(call, ast.Call) and ast.unparse(call.func) in {"locks.take", "locks.held"}
    }
    assert taken
    assert {one for one in taken if not one.endswith(": context.direct")} == set()


@pytest.mark.slow
def test_importing_every_module_does_nothing(tmp_path: Path) -> None:
    names = [name_of(m) for m in MODULES if not within(name_of(m), RUN_BY_OTHERS)]
    run = subprocess.run(
        [sys.executable, "-B", "-c", IMPORT_EVERYTHING, json.dumps(names)],
        cwd=tmp_path,
        env={
            **os.environ,
            "HOME": str(tmp_path),
            "PYTHONPATH": str(PROJECT),
            "TTT_DATA_DIR": str(tmp_path / "data"),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert json.loads(run.stdout) == {"seen": [], "engines": 0}
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["dark", "light"])
def test_pages_and_charts_wear_the_same_colours(name: ThemeName) -> None:
    options = tomllib.loads((PROJECT / ".streamlit" / "config.toml").read_text())["theme"][name]
    charts = theme(name)
    page = {option: options[option] for option in COLOURS}
    assert page == {option: getattr(charts, token) for option, token in COLOURS.items()}


@pytest.mark.filterwarnings("ignore:A test tried to use socket")
def test_no_test_reaches_beyond_this_machine() -> None:
    with socket.socket() as outside, pytest.raises(SocketConnectBlockedError):
        outside.connect(("192.0.2.1", 80))
