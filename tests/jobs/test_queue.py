import time
from dataclasses import replace

import pytest

from tests.jobs.conftest import ada, saved
from ttt.errors import NotAllowed, NotFound
from ttt.jobs import database, queue, workflows
from ttt.jobs.queue import Job, State
from ttt.services.accounts import accounts
from ttt.services.context import Context
from ttt.store.server import tallies


def listed(context: Context) -> list[Job]:
    return queue.listed(context, accounts.operator(context))


def test_a_look_up_waits_until_somebody_works(context: Context) -> None:
    (spotify_id,) = saved(context, 1)
    queue.enrich(context, ada(context).id, [spotify_id], "job")
    (job,) = listed(context)
    assert (job.id, job.name, job.about) == ("job", "enrich", "1 track of ada")
    assert (job.state, job.ended, job.can_retry) == (State.WAITING, False, False)
    assert queue.find(context, "job").state is State.WAITING


def test_a_job_of_the_same_name_is_started_once(context: Context) -> None:
    spotify_ids = saved(context, 2)
    for _ in range(2):
        queue.enrich(context, None, spotify_ids, "job")
    assert [job.about for job in listed(context)] == ["2 tracks"]


def test_nothing_is_started_for_no_tracks(on_sqlite: Context) -> None:
    queue.enrich(on_sqlite, None, [], "job")
    assert listed(on_sqlite) == []


def test_nothing_is_started_where_jobs_are_off(on_sqlite: Context) -> None:
    spotify_ids = saved(on_sqlite, 1)
    off = replace(on_sqlite, settings=on_sqlite.settings.model_copy(update={"jobs": "off"}))
    queue.enrich(off, None, spotify_ids, "job")
    assert listed(on_sqlite) == []


def test_the_newest_jobs_come_first(on_sqlite: Context) -> None:
    spotify_ids = saved(on_sqlite, 1)
    for number in range(3):
        queue.enrich(on_sqlite, None, spotify_ids, f"job-{number}")
    newest = queue.listed(on_sqlite, accounts.operator(on_sqlite), limit=2)
    times = [job.created_at for job in newest]
    assert len(times) == 2
    assert times == sorted(times, reverse=True)


def test_members_neither_see_nor_retry_jobs(on_sqlite: Context) -> None:
    saved(on_sqlite, 0)
    with pytest.raises(NotAllowed):
        queue.listed(on_sqlite, ada(on_sqlite))
    with pytest.raises(NotAllowed):
        queue.retry(on_sqlite, ada(on_sqlite), "job")


def test_a_job_that_there_is_not_is_not_found(on_sqlite: Context) -> None:
    with pytest.raises(NotFound):
        queue.find(on_sqlite, "nothing")
    with pytest.raises(NotFound):
        queue.retry(on_sqlite, accounts.operator(on_sqlite), "nothing")


def test_a_job_for_somebody_who_has_left_is_listed(on_sqlite: Context) -> None:
    queue.enrich(on_sqlite, 999, saved(on_sqlite, 1), "job")
    assert [job.about for job in listed(on_sqlite)] == ["1 track of somebody"]


def test_how_long_the_oldest_job_of_a_queue_waits_is_told(context: Context) -> None:
    began = time.time()
    url = context.settings.jobs_database
    queue.start(context, None, ["4uLU6hMCjMI75M1A2tKUQC"], "first")
    client = database.client(url)
    later = {"workflow_name": workflows.SEND, "queue_name": workflows.SEND, "delay_seconds": 600.0}
    client.enqueue(later, 1, 1)  # type: ignore[arg-type]
    oldest = tallies.oldest_jobs(url)
    assert set(oldest) == {workflows.ENRICH}
    # SQLite's clock tells whole seconds.
    assert began - 1 <= oldest[workflows.ENRICH] <= time.time()
