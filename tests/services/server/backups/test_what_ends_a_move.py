"""Whatever ends a move to PostgreSQL, what was there comes back; a scratch database is reached."""

from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import make_url
from sqlalchemy.exc import DataError

from ttt.errors import InvalidInput, StoreFull
from ttt.services.context import Context
from ttt.services.server.backups import moving, postgresql, scratch, sqlite
from ttt.store.server import copies


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
def test_what_was_there_comes_back_and_a_row_that_does_not_fit_is_told(
    context: Context,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    error: Callable[[], BaseException],
    said: str | None,
) -> None:
    raised, back, how = error(), list[Path](), dict[str, bool]()

    def move(*_: object) -> None:
        raise raised

    monkeypatch.setattr(sqlite, "require_ours", lambda _file: None)
    monkeypatch.setattr(moving, "on_sqlite", lambda there, _file: nullcontext(there))
    monkeypatch.setattr(moving, "prepare", lambda _context, **said: how.update(said))
    monkeypatch.setattr(moving.moving, "move", move)
    monkeypatch.setattr(postgresql, "set_aside", lambda _context: tmp_path / "kept")
    monkeypatch.setattr(postgresql, "bring_back", lambda _context, kept: back.append(kept))
    expected = pytest.raises(InvalidInput, match=said) if said else pytest.raises(type(raised))
    with expected:
        moving.put_back(context, tmp_path / "copy.sqlite3")
    assert back == [tmp_path / "kept"]
    assert how == {"copied": False}  # what was there is set aside already


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
