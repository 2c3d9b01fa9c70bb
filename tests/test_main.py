import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import ttt

pytestmark = pytest.mark.slow  # processes of their own

PROJECT = Path(__file__).resolve().parents[1]
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs `python -m ttt` as people do, on a server of its own."""

    def start(*words: str, given: str = "", **settings: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "ttt", *words],
            cwd=PROJECT,
            env={**os.environ, "TTT_DATA_DIR": str(tmp_path / "data"), **settings},
            input=given,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    return start


def test_without_arguments_the_help_is_shown(run: Run) -> None:
    result = run()
    assert result.returncode == 0
    for command in ("serve", "users", "tracks", "db", "secret", "doctor"):
        assert command in result.stdout


def test_the_version_is_shown(run: Run) -> None:
    assert run("--version").stdout == f"{ttt.__version__}\n"


def test_neither_the_version_nor_a_command_waits_for_what_others_need() -> None:
    asked = "import sys; from ttt.__main__ import Commands; Commands().commands['secret']; "
    command = [sys.executable, "-c", asked + "print(*sys.modules)"]
    result = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True)
    loaded = {*result.stdout.split()}
    assert "ttt.cli.server.secret" in loaded
    assert not {"ttt.cli.users", "ttt.jobs.queue", "dbos", "pyarrow"} & loaded


def test_each_new_secret_is_another_one_and_long_enough(run: Run) -> None:
    one, two = (run("secret", "new").stdout.strip() for _ in range(2))
    assert one != two
    assert run("users", "list", TTT_SECRET_KEY=one).returncode == 0


def test_a_new_server_is_healthy_and_can_be_used(run: Run) -> None:
    result = run("doctor")
    assert result.returncode == 0, result.stdout
    assert all(line.startswith("ok: ") for line in result.stdout.splitlines())
    added = run("users", "add", "ada", "--password-stdin", given="correct horse battery")
    assert added.returncode == 0, added.stderr
    link = "spotify:track:4h9wh7iOZ0GGn8QVp4RAOB"
    receipt = run("tracks", "add", "--user", "ada", link, "--format", "json")
    assert json.loads(receipt.stdout) == {
        "added": 1,
        "already_there": 0,
        "repeated": 0,
        "waiting": 0,
        "values": {},
        "refused": [],
    }
    (track,) = json.loads(run("tracks", "list", "--user", "ada", "--format", "json").stdout)
    assert track["song"] == "I Ain't Worried"


def test_the_doctor_says_what_to_do(run: Run) -> None:
    result = run("doctor", TTT_DATABASE_URL="postgresql://me:hush@127.0.0.1:1/ttt")
    assert result.returncode == 1
    (problem,) = [line for line in result.stdout.splitlines() if line.startswith("problem: ")]
    assert "check TTT_DATABASE_URL" in problem
    assert "hush" not in result.stdout


def test_an_error_is_one_line_and_no_traceback(run: Run) -> None:
    result = run("users", "disable", "nobody", PYTHONIOENCODING="ascii")
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr == "There is no such account. It may have been removed meanwhile.\n"


def test_a_name_that_is_no_text_is_told(run: Run) -> None:
    result = run("users", "disable", "\udcff", PYTHONUTF8="1")
    assert (result.returncode, result.stderr) == (1, "What you typed is not in UTF-8.\n")


def test_titles_are_shown_on_any_terminal(run: Run) -> None:
    run("users", "add", "ada", "--password-stdin", given="correct horse battery")
    given = f"song,uri\nDéjà ♯,{1:022}\n"
    run("tracks", "import", "--user", "ada", "-", given=given, PYTHONUTF8="1")
    result = run("tracks", "list", "--user", "ada", PYTHONIOENCODING="ascii")
    assert result.returncode == 0, result.stderr
    assert f"{1:022}" in result.stdout
