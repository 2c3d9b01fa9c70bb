"""Starts and stops working: in the app's own process, or in one of its own."""

from collections.abc import Iterator
from contextlib import contextmanager

from dbos import DBOS

from ttt.jobs import process, workflows
from ttt.services import sources
from ttt.services.context import Context

# With a version of our own, a changed program goes on with the work of the one before.
_APPLICATION_VERSION = "1"
_POLL_SECONDS = 1.0


@contextmanager
def working(context: Context) -> Iterator[None]:
    """Run queued and scheduled work in threads of this process until the block ends."""
    name, lock = process.take_name(context.settings.data_dir)
    process.use(context)
    DBOS(
        config={
            "name": "top-track-tracker",
            "system_database_url": context.settings.jobs_database,
            "application_version": _APPLICATION_VERSION,
            "executor_id": name,
            "log_level": "WARNING",
        }
    )
    try:
        DBOS.launch()
        _register_queues(context)
        _schedule()
        yield
    finally:
        DBOS.destroy()
        process.use(None)
        lock.release()


def _register_queues(context: Context) -> None:
    DBOS.register_queue(workflows.ENRICH, worker_concurrency=4, polling_interval_sec=_POLL_SECONDS)
    DBOS.register_queue(
        workflows.SNAPSHOT,
        worker_concurrency=1,
        limiter={"limit": 1, "period": 2.0},
        polling_interval_sec=_POLL_SECONDS,
    )
    for source in {source for _, source in sources.plan(context)}:
        rate = sources.rate(context, source)
        DBOS.register_queue(
            workflows.queue_of(source),
            worker_concurrency=2,
            limiter={"limit": max(1, round(rate)), "period": max(1.0, 1 / rate)},
            polling_interval_sec=_POLL_SECONDS,
        )


def _schedule() -> None:
    DBOS.apply_schedules(
        [
            {
                "schedule_name": "daily snapshots",
                "workflow_fn": workflows.start_due_snapshots,
                "schedule": "*/10 * * * *",
                "context": None,
            },
            {
                "schedule_name": "refresh old values",
                "workflow_fn": workflows.start_due_lookups,
                "schedule": "17 * * * *",
                "context": None,
            },
        ]
    )
