"""The daily copy, and what counts as a passing failure of a step."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from dbos import DBOS
from sqlalchemy.exc import IntegrityError, OperationalError

from ttt.errors import NotConnected, StoreAway, StoreBusy
from ttt.jobs import backups, worker
from ttt.jobs.steps import is_passing
from ttt.jobs.workflows import JobFailed
from ttt.services.context import Context
from ttt.services.server.backups import generations, sqlite

NIGHT = datetime(2026, 11, 22, 3, 23, tzinfo=UTC)


def run() -> None:
    DBOS.start_workflow(backups.back_up, NIGHT, None).get_result(polling_interval_sec=0.05)


def test_the_nightly_job_takes_a_copy_and_fails_when_there_is_none_to_take(
    on_sqlite: Context, tmp_path: Path
) -> None:
    folder = tmp_path / "backups"
    settings = on_sqlite.settings.model_copy(update={"backup_dir": folder})
    context = Context(settings, on_sqlite.engine, on_sqlite.vault, on_sqlite.now)
    with worker.working(context):
        run()
        ((_, copy),) = generations.listed(folder)
        assert sqlite.damage(copy) == ""
        assert sqlite.jobs_of(copy).exists()
        file = sqlite.database_file(context)
        context.engine.dispose()
        file.rename(file.with_suffix(".away"))
        with pytest.raises(JobFailed, match="no such database"):
            run()
    assert [kept for _, kept in generations.listed(folder)] == [copy]


@pytest.mark.parametrize(
    ("error", "passes"),
    [
        (StoreAway(), True),
        (StoreBusy(), True),
        (OperationalError("", None, Exception()), True),
        (IntegrityError("", None, Exception()), False),
        (IntegrityError("", None, Exception(), connection_invalidated=True), True),
        (NotConnected(), False),
        (JobFailed("no"), False),
    ],
)
def test_only_what_is_the_databases_and_passes_is_tried_again(
    error: Exception, passes: bool
) -> None:
    assert is_passing(error) is passes
