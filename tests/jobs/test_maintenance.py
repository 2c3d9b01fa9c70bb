"""Background work rests in maintenance, and goes on where it was."""

import time

import pytest

from tests.jobs.conftest import saved
from tests.jobs.workers import eventually
from tests.services.shell import beside
from tests.surroundings.answering import Services
from ttt.jobs import queue, worker
from ttt.services.accounts import accounts
from ttt.services.context import Context
from ttt.services.server import maintenance

TRACKS = 60


@pytest.fixture(autouse=True)
def looks_often_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(maintenance, "SEEN_WITHIN", 0.0)
    monkeypatch.setattr(worker, "LOOK_FOR_NAME_EVERY", 0.05)


def test_work_rests_while_it_lasts_and_asks_nothing_twice(
    context: Context, services: Services
) -> None:
    queue.start(context, None, saved(context, TRACKS), "job")
    with beside(context) as shell, maintenance.kept(context), worker.working(context):
        operator = accounts.operator(shell)
        eventually(lambda: len(services.requests) >= 3)
        maintenance.begin(shell, operator)
        eventually(lambda: worker_rests(services))
        asked = services.asked.copy()
        assert not queue.find(context, "job").ended
        maintenance.end(shell, operator)
        eventually(lambda: queue.find(context, "job").ended)
    assert sum(asked.values()) < 3 * TRACKS
    again = sum(services.asked.values()) - 3 * TRACKS
    assert 0 <= again <= 40  # one request at most was under way, and could not be kept


def worker_rests(services: Services) -> bool:
    before = len(services.requests)
    time.sleep(0.5)
    return len(services.requests) == before


def test_a_worker_that_starts_in_maintenance_waits_for_its_end(
    context: Context, services: Services
) -> None:
    operator = accounts.operator(context)
    queue.start(context, None, saved(context, 3), "job")
    maintenance.begin(context, operator)
    with worker.working(context) as name:
        assert name == "worker-1"
        assert worker_rests(services)
        maintenance.end(context, operator)
        eventually(lambda: queue.find(context, "job").ended)
    assert services.requests
