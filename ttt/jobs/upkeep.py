"""Upkeep: work that a dead process left, work long done, and what happened long ago."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from dbos import DBOS, WorkflowStatus

from ttt.jobs import process
from ttt.jobs.steps import step
from ttt.services.accounts import audit_log
from ttt.services.server import workers

TIDY_UP = "tidy up"
_KEPT = timedelta(days=7)
_CLOCKS_DIFFER_BY = timedelta(minutes=1)
_STOPPED = "CANCELLED"
_DONE = ["SUCCESS", "ERROR", _STOPPED, "MAX_RECOVERY_ATTEMPTS_EXCEEDED"]
_FORGOTTEN_TOGETHER = 2_000


@DBOS.workflow(name=TIDY_UP)
def tidy_up(scheduled: datetime, _context: Any) -> None:
    """Let the work of dead processes go on in this one, and forget what was done long ago."""
    _adopt()
    _forget(_DONE, scheduled - _KEPT)
    # Nobody stops work but for an account that goes.
    _forget([_STOPPED], scheduled)
    _forget_what_is_to_come()
    _shorten_trail()


@step
def _adopt() -> None:
    for name in {status.executor_id for status in _pending() if status.executor_id}:
        release = workers.take(process.context(), name)
        if release is not None:
            try:
                # Read again: nobody has the name now, so nobody works on what is under it.
                _resume(_pending(name))
            finally:
                release()


@step
def _forget(status: list[str], before: datetime) -> None:
    old = DBOS.list_workflows(
        status=status,
        end_time=before.isoformat(),
        limit=_FORGOTTEN_TOGETHER,
        load_input=False,
        load_output=False,
    )
    DBOS.delete_workflows([status.workflow_id for status in old])


@step
def _forget_what_is_to_come() -> None:
    """Forget work that is done and bears a time to come: it would hold up its queue until then."""
    wrong = process.context().now() + _CLOCKS_DIFFER_BY
    found = DBOS.list_workflows(
        status=_DONE, dequeued_after=wrong.isoformat(), load_input=False, load_output=False
    )
    DBOS.delete_workflows([status.workflow_id for status in found])


@step
def _shorten_trail() -> None:
    audit_log.prune(process.context())


def _pending(executor: str | None = None) -> list[WorkflowStatus]:
    return DBOS.list_workflows(
        status="PENDING", executor_id=executor, load_input=False, load_output=False
    )


def _resume(left: Iterable[WorkflowStatus]) -> None:
    for status in left:
        DBOS.resume_workflow(status.workflow_id, queue_name=status.queue_name)
