"""Upkeep: work that a dead process left, work long done, and what happened long ago."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from dbos import DBOS, WorkflowStatus

from ttt.jobs import process
from ttt.services import audit_log, workers

TIDY_UP = "tidy up"
_KEPT = timedelta(days=7)
_DONE = ["SUCCESS", "ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"]
_FORGOTTEN_TOGETHER = 2_000


@DBOS.workflow(name=TIDY_UP)
def tidy_up(scheduled: datetime, _context: Any) -> None:
    """Let the work of dead processes go on in this one, and forget what was done long ago."""
    _adopt()
    _forget(scheduled - _KEPT)
    _shorten_trail()


@DBOS.step()
def _adopt() -> None:
    for name in {status.executor_id for status in _pending() if status.executor_id}:
        release = workers.take(process.context(), name)
        if release is not None:
            try:
                # Read again: nobody has the name now, so nobody works on what is under it.
                _resume(_pending(name))
            finally:
                release()


@DBOS.step()
def _forget(before: datetime) -> None:
    old = DBOS.list_workflows(
        status=_DONE,
        end_time=before.isoformat(),
        limit=_FORGOTTEN_TOGETHER,
        load_input=False,
        load_output=False,
    )
    DBOS.delete_workflows([status.workflow_id for status in old])


@DBOS.step()
def _shorten_trail() -> None:
    audit_log.prune(process.context())


def _pending(executor: str | None = None) -> list[WorkflowStatus]:
    return DBOS.list_workflows(
        status="PENDING", executor_id=executor, load_input=False, load_output=False
    )


def _resume(left: Iterable[WorkflowStatus]) -> None:
    for status in left:
        DBOS.resume_workflow(status.workflow_id, queue_name=status.queue_name)
