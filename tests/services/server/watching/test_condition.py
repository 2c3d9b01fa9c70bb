"""What whoever watches a server is told, to the last byte of room."""

import errno
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from ttt.services.context import Context
from ttt.services.server.watching import condition
from ttt.services.server.watching.condition import Condition


@pytest.mark.parametrize(
    ("problem", "well", "ready"),
    [
        (condition.NEARLY_FULL, True, True),
        (condition.FULL, False, True),
        (condition.READ_ONLY, False, True),
        (condition.NO_WRITES, False, True),
        (condition.AWAY, False, False),
        (condition.SILENT, False, False),
        (condition.OLD, False, False),
    ],
)
def test_people_are_sent_where_pages_can_be_read_and_somebody_is_called_where_not_all_is_well(
    problem: str, well: bool, ready: bool
) -> None:
    assert (Condition((problem,)).well, Condition((problem,)).ready) == (well, ready)
    assert (Condition().well, Condition().ready) == (True, True)


@pytest.mark.parametrize(
    ("free", "said"), [(199_999_999, (condition.NEARLY_FULL,)), (2 * 10**8, ())]
)
def test_less_than_two_hundred_megabytes_of_room_are_said(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, free: int, said: tuple[str, ...]
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _place: SimpleNamespace(free=free))
    assert condition.disk(tmp_path) == said


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, condition.FULL),
        (errno.EDQUOT, condition.FULL),
        (errno.EACCES, condition.NO_WRITES),
        (errno.EROFS, condition.NO_WRITES),
    ],
)
def test_a_full_disk_is_told_from_one_that_nobody_may_write_to(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, number: int, said: str
) -> None:
    def refused(**_: object) -> Callable[[], None]:
        raise OSError(number, "refused")

    monkeypatch.setattr(condition, "TemporaryFile", refused)
    assert condition.disk(tmp_path) == (said,)


def test_the_disk_that_matters_is_that_of_the_database_where_it_is_a_file(
    context: Context, tmp_path: Path
) -> None:
    def folder(url: str) -> Path:
        settings = context.settings.model_copy(update={"database_url": url})
        return condition.folder(replace(context, settings=settings))

    assert folder(f"sqlite:///{tmp_path}/elsewhere/ttt.sqlite3") == tmp_path / "elsewhere"
    assert folder("postgresql+psycopg://localhost/ttt") == context.settings.data_dir


def test_a_server_with_all_it_needs_has_nothing_to_say(
    monkeypatch: pytest.MonkeyPatch, context: Context
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _place: SimpleNamespace(free=10**12))
    assert condition.look(context) == Condition()
    assert condition.folder(context) == context.settings.data_dir
