"""The workflows, run in this process on either database."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from dbos import DBOS

from tests.jobs.conftest import ada, saved
from tests.jobs.workers import eventually, started
from tests.services.demo_spotify import DemoSpotify, connect_demo
from tests.surroundings.answering import Services, spotify_id
from ttt.found import Source
from ttt.jobs import process, queue, upkeep, worker, workflows
from ttt.jobs.queue import Job, State
from ttt.models import AuditEvent
from ttt.services.accounts import accounts, audit_log
from ttt.services.context import Context
from ttt.services.top import top_tracks
from ttt.services.tracks import listing
from ttt.services.values import enrich, sources
from ttt.services.values.asked import Asked
from ttt.services.values.enrich import Progress
from ttt.store import engine as store_engine
from ttt.store.tracks import tracks

NOON = datetime(2026, 11, 22, 12, 10, tzinfo=UTC)


@pytest.fixture
def works(context: Context) -> Iterator[Context]:
    """Services in a process that works."""
    with worker.working(context):
        yield context


def ended(context: Context, job_id: str) -> Job:
    """The job, when it has ended."""
    eventually(lambda: queue.find(context, job_id).ended)
    return queue.find(context, job_id)


def run(workflow: Any, *arguments: Any) -> None:
    """Run a workflow that starts others, to its own end."""
    DBOS.start_workflow(workflow, *arguments).get_result(polling_interval_sec=0.05)


def jobs(context: Context, name: str) -> list[Job]:
    return [j for j in queue.listed(context, accounts.operator(context)) if j.name == name]


def of_whom(context: Context) -> set[str | None]:
    """Whose all the work is that is kept, but for what starts others."""
    names = [workflows.ENRICH, workflows.ASK, workflows.SNAPSHOT]
    return {status.authenticated_user for status in DBOS.list_workflows(name=names)}


def test_a_look_up_asks_every_source_and_says_what_became_of_it(
    works: Context, services: Services
) -> None:
    services.unknown = {0}
    spotify_ids = saved(works, 50)
    queue.start(works, None, spotify_ids, "job")
    assert ended(works, "job").state is State.DONE
    assert queue.outcome(works, "job") == {
        Source.RECCOBEATS: Asked(requests=4, hits=98, misses=2),
        Source.DEEZER: Asked(requests=50, hits=49, misses=1),
    }
    assert enrich.progress(works, spotify_ids) == Progress(50, 0)
    with works.session() as session:
        ids = tracks.ids_of(session, spotify_ids)
        rows = listing.rows(session, ids.values(), belief=sources.belief(works))
    values = rows[ids[spotify_id(1)]].values
    assert {name: values[name].source for name in ("energy", "tempo", "popularity")} == {
        "energy": Source.RECCOBEATS,
        "tempo": Source.DEEZER,
        "popularity": Source.RECCOBEATS,
    }


def test_a_second_look_up_asks_nothing(works: Context, services: Services) -> None:
    spotify_ids = saved(works, 3)
    for job_id in ("first", "second"):
        queue.start(works, None, spotify_ids, job_id)
        ended(works, job_id)
    assert set(services.asked.values()) == {1}
    assert set(queue.outcome(works, "second").values()) == {Asked()}


def test_a_service_that_blocks_stops_its_part_and_no_other(
    works: Context, services: Services
) -> None:
    services.answers["deezer"] = (200, '{"error": {"code": 4}}', {})
    queue.start(works, None, saved(works, 9), "job")
    assert ended(works, "job").state is State.DONE
    outcome = queue.outcome(works, "job")
    assert outcome[Source.RECCOBEATS] == Asked(requests=2, hits=18)
    assert (outcome[Source.DEEZER].requests, outcome[Source.DEEZER].blocked) == (1, True)
    assert services.asked.total() == 9 + 9 + 1


def test_three_failures_in_a_row_end_the_part_of_a_service(
    works: Context, services: Services
) -> None:
    services.answers["deezer"] = (500, "", {})
    queue.start(works, None, saved(works, 9), "job")
    ended(works, "job")
    outcome = queue.outcome(works, "job")
    assert outcome[Source.RECCOBEATS] == Asked(requests=2, hits=18)
    assert (outcome[Source.DEEZER].requests, outcome[Source.DEEZER].blocked) == (3, True)


def test_the_sweep_asks_about_what_is_due_once(works: Context, services: Services) -> None:
    saved(works, 3)
    for _ in range(2):
        run(workflows.start_due_lookups, NOON, None)
        for job in jobs(works, workflows.ENRICH):
            ended(works, job.id)
    (job,) = jobs(works, workflows.ENRICH)
    assert (job.about, job.state) == ("3 tracks", State.DONE)
    assert set(services.asked.values()) == {1}


def test_a_job_goes_on_where_a_process_without_successor_left_it(
    context: Context, services: Services
) -> None:
    services.hold(2)
    queue.start(context, None, saved(context, 50), "job")
    with started(context.settings) as dead:
        services.wait_until_held()
        with worker.working(context) as name:
            assert name == "worker-2"
            run(upkeep.tidy_up, NOON, None)
            dead.kill()
            dead.join()
            services.let_go()
            assert not queue.find(context, "job").ended
            run(upkeep.tidy_up, NOON, None)
            assert ended(context, "job").state is State.DONE
    assert services.asked.total() == 50 + 50 + 50 + 10


def test_what_was_done_a_week_ago_is_forgotten(works: Context) -> None:
    queue.start(works, None, saved(works, 1), "job")
    ended(works, "job")
    for days, left in ((0, 1), (6, 1), (8, 0)):
        run(upkeep.tidy_up, works.now() + timedelta(days=days), None)
        assert len(jobs(works, workflows.ENRICH)) == left


def test_work_that_began_in_the_future_holds_up_no_queue(
    works: Context, services: Services
) -> None:
    spotify_ids = saved(works, 50)
    queue.start(works, None, spotify_ids[:1], "job")
    ended(works, "job")
    table = "workflow_status" if works.engine.name == "sqlite" else "dbos.workflow_status"
    ahead = f"UPDATE {table} SET started_at_epoch_ms = started_at_epoch_ms + 34560000000"
    engine = store_engine.make(works.settings.jobs_database)
    with engine.begin() as connection:
        connection.exec_driver_sql(ahead)
    engine.dispose()
    queue.start(works, None, spotify_ids[1:], "next")
    run(upkeep.tidy_up, works.now(), None)
    assert ended(works, "next").state is State.DONE


def test_the_trail_does_not_go_back_for_ever(works: Context) -> None:
    with works.session() as session:
        for days in (364, 366):
            at = works.now() - timedelta(days=days)
            session.add(AuditEvent(at=at, actor="ada", action=f"{days} days ago"))
        session.commit()
    run(upkeep.tidy_up, works.now(), None)
    assert audit_log.actions(works, accounts.operator(works)) == ["364 days ago"]


@pytest.fixture
def listener(works: Context) -> Iterator[DemoSpotify]:
    """Ada's Spotify, which is the demo."""
    saved(works, 0)
    with DemoSpotify.served(works, works.now) as demo:
        connect_demo(works, ada(works))
        demo.asked.clear()
        yield demo


def test_a_snapshot_is_taken_of_who_is_connected_once_a_day(
    works: Context, listener: DemoSpotify
) -> None:
    assert top_tracks.people_due(works) == [ada(works).id]
    for _ in range(2):
        run(workflows.start_due_snapshots, works.now(), None)
    (job,) = jobs(works, workflows.SNAPSHOT)
    assert ended(works, job.id).state is State.DONE
    assert job.about == "ada"
    assert listener.asked == ["/v1/me/top/tracks"] * 3
    assert all(top.taken_at for top in top_tracks.read(works, ada(works)).values())
    assert top_tracks.people_due(works) == []


def test_a_snapshot_has_the_values_fetched_of_what_is_new(
    works: Context, services: Services, listener: DemoSpotify
) -> None:
    run(workflows.take_snapshot, ada(works).id)
    (job,) = jobs(works, workflows.ENRICH)
    assert job.about.endswith("tracks of ada")
    ended(works, job.id)
    assert enrich.waiting(works) == []


def test_nothing_is_left_of_the_work_for_somebody_who_has_left(
    works: Context, services: Services, listener: DemoSpotify
) -> None:
    run(workflows.start_due_snapshots, works.now(), None)
    eventually(lambda: len(jobs(works, workflows.ENRICH)) == 1)
    (job,) = jobs(works, workflows.ENRICH)
    ended(works, job.id)
    queue.start(works, None, [spotify_id(0)], "nobody's")
    assert of_whom(works) == {workflows.owner(ada(works).id), None}
    queue.forget(works, ada(works))
    assert of_whom(works) == {None}
    assert ended(works, "nobody's").state is State.DONE


def test_work_that_is_under_way_for_somebody_who_has_left_ends(
    works: Context, services: Services
) -> None:
    services.hold(1)
    spotify_ids = saved(works, 50)
    queue.start(works, ada(works).id, spotify_ids, "job")
    services.wait_until_held()
    queue.forget(works, ada(works))
    assert queue.find(works, "job").state is State.STOPPED
    services.let_go()
    queue.start(works, None, spotify_ids, "next")
    assert ended(works, "next").state is State.DONE
    run(upkeep.tidy_up, works.now() + timedelta(minutes=10), None)
    assert of_whom(works) == {None}


def test_a_snapshot_that_fails_says_why_and_can_be_taken_again(
    works: Context, listener: DemoSpotify
) -> None:
    listener.spoil("unavailable")
    run(workflows.start_due_snapshots, NOON, None)
    (job,) = jobs(works, workflows.SNAPSHOT)
    job = ended(works, job.id)
    assert job.state is State.FAILED
    assert job.error == "Spotify is not available. Try again in a few minutes."
    listener.mend()
    queue.retry(works, accounts.operator(works), job.id)
    (again,) = jobs(works, workflows.SNAPSHOT)
    assert ended(works, again.id).state is State.DONE


def test_a_snapshot_that_fails_is_tried_again_six_hours_later(
    works: Context, listener: DemoSpotify
) -> None:
    listener.spoil("unavailable")
    for hour in (0, 5, 6):
        run(workflows.start_due_snapshots, NOON.replace(hour=hour), None)
    assert len(jobs(works, workflows.SNAPSHOT)) == 2


def test_what_starts_jobs_is_listed_when_it_fails(
    works: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_context: Context) -> list[int]:
        raise LookupError("no people today")

    run(workflows.start_due_snapshots, NOON, None)
    assert jobs(works, workflows.START_SNAPSHOTS) == []
    monkeypatch.setattr(top_tracks, "people_due", broken)
    with pytest.raises(LookupError):
        run(workflows.start_due_snapshots, NOON, None)
    (job,) = jobs(works, workflows.START_SNAPSHOTS)
    assert (job.state, job.error) == (State.FAILED, "no people today")


def test_a_job_without_a_process_that_works_is_a_mistake() -> None:
    with pytest.raises(RuntimeError, match="no jobs are run"):
        process.context()
