"""Fetches public charts once a day, and the play counts that start pages show."""

from datetime import datetime
from typing import Any

from dbos import DBOS

from ttt.errors import NotFound
from ttt.found import Chart
from ttt.jobs import process
from ttt.jobs.steps import step
from ttt.services.accounts import accounts
from ttt.services.discover import discover, listening

FETCH_CHARTS = "fetch charts"


@DBOS.workflow(name=FETCH_CHARTS)
def fetch_charts(_scheduled: datetime, _context: Any) -> None:
    """Ask for each chart that is due; one that is in trouble leaves the others standing."""
    for chart in _due_charts():
        _fetch_chart(chart)
    for user_id in _due_listeners():
        _fetch_plays(user_id)


@step
def _due_charts() -> list[str]:
    return [chart.value for chart in discover.due(process.context())]


@step
def _fetch_chart(chart: str) -> None:
    discover.refresh(process.context(), Chart(chart))


@step
def _due_listeners() -> list[int]:
    return listening.people_due(process.context())


@step
def _fetch_plays(user_id: int) -> None:
    context = process.context()
    try:
        person = accounts.by_id(context, user_id)
    except NotFound:
        return  # the account was deleted meanwhile
    listening.refresh(context, person, listening.ON_HOME)
