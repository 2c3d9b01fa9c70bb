"""A program is found and run, or it is said that it is not there or what it says is wrong."""

import sys

import pytest
from sqlalchemy import make_url

from ttt.errors import InvalidInput
from ttt.store.server import programs

URL = make_url("postgresql+psycopg://ada:secret@db:5433/ttt?sslmode=require")


def test_what_is_not_installed_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not programs.is_there("pg_nothing")
    with pytest.raises(InvalidInput, match="pg_nothing is not installed"):
        programs.started("pg_nothing")
    monkeypatch.setattr(programs.shutil, "which", lambda _name: sys.executable)
    assert programs.is_there("pg_dump")


@pytest.fixture
def python(monkeypatch: pytest.MonkeyPatch) -> None:
    """Python in the place of every program."""
    monkeypatch.setattr(programs.shutil, "which", lambda _name: sys.executable)


@pytest.mark.usefixtures("python")
def test_a_program_hears_of_the_database_by_its_environment() -> None:
    names = "PGHOST PGPORT PGUSER PGPASSWORD PGDATABASE PGSSLMODE"
    code = f"import os; print(*(os.environ[n] for n in '{names}'.split()))"
    done = programs.started("psql", "-c", code, url=URL)
    assert done.stdout.split() == ["db", "5433", "ada", "secret", "ttt", "require"]


@pytest.mark.usefixtures("python")
def test_what_a_program_says_is_wrong_is_told() -> None:
    programs.run("psql", "-c", "pass", url=URL)
    with pytest.raises(InvalidInput, match=r"^psql: no such table\.$"):
        programs.run("psql", "-c", "raise SystemExit('psql: error: no such table.')", url=URL)
    with pytest.raises(InvalidInput, match=rf"^psql: {'x' * 300}\.$"):
        programs.run("psql", "-c", "raise SystemExit('psql: error: ' + 'x' * 301)", url=URL)
