"""A standby of PostgreSQL takes no writes; SQLite is asked nothing."""

from contextlib import nullcontext
from types import SimpleNamespace
from typing import Any

import pytest

from ttt.store.server import writable


def engine(dialect: str, shown: str) -> Any:
    """An engine that shows whether its transactions only read."""
    answer = SimpleNamespace(scalar_one=lambda: shown)
    connection = SimpleNamespace(exec_driver_sql=lambda _statement: answer)
    return SimpleNamespace(
        dialect=SimpleNamespace(name=dialect), connect=lambda: nullcontext(connection)
    )


@pytest.mark.parametrize(
    ("asked", "shown", "found"), [(True, "off", True), (True, "on", False), (False, "on", True)]
)
def test_only_a_server_says_whether_it_takes_writes(asked: bool, shown: str, found: bool) -> None:
    dialect = "postgresql" if asked else "sqlite"
    assert writable.is_writable(engine(dialect, shown)) is found
