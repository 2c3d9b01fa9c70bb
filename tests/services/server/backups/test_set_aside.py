"""Whatever ends a restore on PostgreSQL, what was there comes back; a scratch one is reached."""

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import make_url
from sqlalchemy.exc import DataError

from ttt.errors import InvalidInput, StoreFull
from ttt.services.context import Context
from ttt.services.server.backups import moving, postgresql, scratch, sqlite
from ttt.store.server import copies


@pytest.fixture
def done(context: Context, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is done to PostgreSQL, where a server would be: that nobody else is connected."""
    done: list[str] = []

    def take(_context: Context, file: Path) -> None:
        file.touch()
        done.append(f"keep {file.name}")

    monkeypatch.setattr(copies, "others", lambda _engine: 0)
    monkeypatch.setattr(copies, "empty", lambda _engine: done.append("empty"))
    monkeypatch.setattr(postgresql, "take_as_it_is", take)
    monkeypatch.setattr(postgresql, "load", lambda file, _url: done.append(f"load {file.name}"))
    for module in (sqlite, postgresql):
        monkeypatch.setattr(module, "require_ours", lambda _file: None)
    for module in (moving, postgresql):
        monkeypatch.setattr(module, "prepare", lambda _, copied: done.append(f"prepare {copied}"))
    monkeypatch.setattr(moving, "on_sqlite", lambda there, _file: nullcontext(there))
    return done


KEPT = "ttt.before-restore.dump"
AS_IT_WAS = ["empty", f"load {KEPT}"]


def failing(error: BaseException) -> Callable[..., None]:
    def fail(*_given: object, **_how: object) -> None:
        raise error

    return fail


def too_long() -> Exception:
    return DataError("INSERT", None, ValueError("value too long\nDETAIL: a name"))


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (too_long, "copy.sqlite3 does not fit into PostgreSQL: value too long."),
        (lambda: ValueError("no such day\nat all"), "PostgreSQL: no such day."),
        (StoreFull, None),
        (KeyboardInterrupt, None),
        (lambda: MemoryError("out"), None),
    ],
    ids=["a row", "a value", "no room", "interrupted", "no memory"],
)
def test_a_move_that_ends_leaves_what_was_there_and_says_which_row_does_not_fit(
    context: Context,
    done: list[str],
    monkeypatch: pytest.MonkeyPatch,
    error: Callable[[], BaseException],
    said: str | None,
) -> None:
    raised = error()
    monkeypatch.setattr(moving.moving, "move", failing(raised))
    expected = pytest.raises(InvalidInput, match=said) if said else pytest.raises(type(raised))
    with expected:
        moving.put_back(context, context.settings.data_dir / "copy.sqlite3")
    assert done == [f"keep {KEPT}", "empty", "prepare False", *AS_IT_WAS]
    assert not (context.settings.data_dir / KEPT).exists()


@pytest.mark.parametrize("error", [InvalidInput("pg_restore: no room."), KeyboardInterrupt()])
def test_a_copy_that_cannot_be_put_back_leaves_what_was_there(
    context: Context, done: list[str], monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    monkeypatch.setattr(postgresql, "prepare", failing(error))
    with pytest.raises(type(error)):
        postgresql.put_back(context, context.settings.data_dir / "copy.dump")
    assert done == [f"keep {KEPT}", "empty", "load copy.dump", *AS_IT_WAS]
    assert not (context.settings.data_dir / KEPT).exists()


def test_what_was_there_is_kept_where_all_goes_well(context: Context, done: list[str]) -> None:
    kept = postgresql.put_back(context, context.settings.data_dir / "copy.dump")
    assert kept == context.settings.data_dir / KEPT
    assert kept.exists()
    assert done == [f"keep {KEPT}", "empty", "load copy.dump", "prepare False"]


def test_a_database_that_is_in_use_is_left_alone(
    context: Context, done: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copies, "others", lambda _engine: 1)
    with pytest.raises(InvalidInput, match="stop the app first"):
        postgresql.put_back(context, context.settings.data_dir / "copy.dump")
    assert done == []


def test_a_scratch_database_is_reached_by_the_apps_own_password(
    context: Context, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = make_url("postgresql+psycopg://me:secret@db/ttt_verify_1")
    loaded: list[Any] = []
    monkeypatch.setattr(copies, "scratch", lambda _engine: nullcontext(url))
    monkeypatch.setattr(postgresql, "load", lambda *given: loaded.append(given))
    with scratch.on_postgresql(context, tmp_path / "copy") as there:
        assert there.engine.url == url
    assert loaded == [(tmp_path / "copy", url)]
    monkeypatch.setattr(copies, "scratch", lambda _engine: nullcontext(None))
    refused = pytest.raises(InvalidInput, match="CREATEDB")
    with refused, scratch.on_postgresql(context, tmp_path / "copy"):
        """Nothing is reached."""


def test_a_scratch_database_is_made_where_no_pooler_would_not_know_it(
    context: Context, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = "postgresql+psycopg://me@db/ttt"
    behind = context.settings.model_copy(update={"database_direct_url": there})
    made_by: list[Any] = []

    def made(engine: Any) -> nullcontext[None]:
        made_by.append(engine.url)
        return nullcontext(None)

    monkeypatch.setattr(copies, "scratch", made)
    with (
        pytest.raises(InvalidInput, match="CREATEDB"),
        scratch.on_postgresql(replace(context, settings=behind), tmp_path / "copy"),
    ):
        """Nothing is reached."""
    assert made_by == [make_url(there)]
