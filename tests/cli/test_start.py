import errno

import pytest

from tests.cli.conftest import Run
from ttt.__main__ import Commands
from ttt.settings import load
from ttt.store import engine as store_engine


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("TTT_PORT", "many", "TTT_PORT"),
        ("TTT_SECRET_KEY", "hush", "TTT_SECRET_KEY"),
        ("TTT_DATABASE_URL", "mysql://me:hush@db/x", "TTT_DATABASE_URL"),
        ("TTT_DATABASE_URL", "postgresql://me:hush@db:port/x", "TTT_DATABASE_URL"),
        ("TTT_CATALOGUE_FILE", "/nowhere/catalogue.csv", "TTT_CATALOGUE_FILE"),
    ],
)
def test_a_bad_setting_is_one_line_without_secrets(
    run: Run, ada: str, monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str
) -> None:
    monkeypatch.setenv(name, value)
    result = run("tracks", "add", "--user", "ada", "4h9wh7iOZ0GGn8QVp4RAOB")
    assert result.exit_code == 1
    assert said in result.stderr
    assert "hush" not in result.output
    assert result.stderr.count("\n") == 1


def test_every_command_is_there_by_the_name_that_the_help_shows(run: Run) -> None:
    shown = run("--help").output
    assert Commands().commands
    for name, command in Commands().commands.items():
        assert command.name == name
        assert f" {name} " in shown
        assert run(name, "--help").exit_code == 0


def test_a_database_that_is_away_is_one_line(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TTT_DATABASE_URL", "postgresql://me:hush@127.0.0.1:1/ttt")
    result = run("users", "list")
    assert result.exit_code == 1
    assert result.stderr.startswith("The database cannot be used: connection")
    assert result.stderr.count("\n") == 1
    assert "hush" not in result.stderr
    store_engine.connect(load().database).dispose()


def test_nobody_is_told_that_nobody_reads_on(
    run: Run, ada: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_: object) -> None:
        raise BrokenPipeError(errno.EPIPE, "Broken pipe")

    monkeypatch.setattr("ttt.cli.tracks.show", gone)
    result = run("tracks", "list", "--user", ada)
    assert (result.exit_code, result.output) == (1, "")
