"""Starts and stops working: in the app's own process, or in one of its own."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from dbos import DBOS

from ttt.jobs import charts, database, plays, process, recording, upkeep, workflows
from ttt.services.context import Context
from ttt.services.server import workers
from ttt.services.values import sources

# With a version of our own, a changed program goes on with the work of the one before.
_APPLICATION_VERSION = "1"
LOOK_EVERY = 1.0
_CONNECTIONS = 10
# They wait for requests nearly all the time.
_ENRICHED_AT_A_TIME = 50


@contextmanager
def working(context: Context) -> Iterator[str]:
    """Run queued and scheduled work in threads of this process until the block ends.

    Yields the name that the process has among all that work.
    """
    name, release = workers.take_name(context)
    try:
        database.prepare(context.settings.jobs_database)
        process.use(context)
        DBOS(
            config={
                "name": database.APPLICATION,
                "system_database_url": context.settings.jobs_database,
                "application_version": _APPLICATION_VERSION,
                "executor_id": name,
                "log_level": "WARNING",
                "sys_db_pool_size": _CONNECTIONS,
            }
        )
        DBOS.launch()
        _register_queues(context)
        _schedule()
        yield name
    finally:
        # What is cut off goes on in the next process, and is no error.
        logging.getLogger("dbos").setLevel(logging.CRITICAL)
        DBOS.destroy()
        process.use(None)
        release()


def _register_queues(context: Context) -> None:
    DBOS.register_queue(
        workflows.ENRICH,
        worker_concurrency=_ENRICHED_AT_A_TIME,
        polling_interval_sec=LOOK_EVERY,
    )
    DBOS.register_queue(
        workflows.SNAPSHOT,
        worker_concurrency=1,
        limiter={"limit": 1, "period": 2.0},
        polling_interval_sec=5 * LOOK_EVERY,
    )
    DBOS.register_queue(
        workflows.SEND,
        worker_concurrency=_ENRICHED_AT_A_TIME,
        polling_interval_sec=LOOK_EVERY,
    )
    for queue in (recording.RECORD, recording.DERIVE):
        DBOS.register_queue(queue, worker_concurrency=2, polling_interval_sec=LOOK_EVERY)
    DBOS.register_queue(plays.IMPORT, worker_concurrency=1, polling_interval_sec=LOOK_EVERY)
    for source in sources.services(context):
        period = sources.together(context, source) / sources.rate(context, source)
        DBOS.register_queue(
            workflows.queue_of(source),
            worker_concurrency=1,
            limiter={"limit": 1, "period": period},
            polling_interval_sec=LOOK_EVERY,
        )


def _schedule() -> None:
    schedules = {
        "*/10 * * * *": workflows.start_due_snapshots,
        "17 * * * *": workflows.start_due_lookups,
        "37 * * * *": charts.fetch_charts,
        "5-59/10 * * * *": upkeep.tidy_up,
        "*/5 * * * *": recording.start_recording,
        "43 * * * *": recording.warn_of_endings,
    }
    DBOS.apply_schedules(
        [
            {"schedule_name": function.__name__, "workflow_fn": function, "schedule": cron}
            for cron, function in schedules.items()
        ]
    )
