"""Checks the database once a day, and takes the day's copy where there is a folder for it."""

from datetime import datetime
from typing import Any

from dbos import DBOS

from ttt.errors import TTTError
from ttt.jobs import process
from ttt.jobs.steps import step
from ttt.jobs.workflows import JobFailed
from ttt.services.explain import explain
from ttt.services.server.backups import backups

BACK_UP = "back up"


@DBOS.workflow(name=BACK_UP)
def back_up(_scheduled: datetime, _context: Any) -> None:
    """Do it; what is wrong stands in the list of jobs."""
    _back_up()


@step
def _back_up() -> str:
    try:
        return backups.daily(process.context())
    except TTTError as error:
        raise JobFailed(str(explain(error))) from None
