"""Starts and stops working: in the app's own process, or in one of its own."""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

from dbos import DBOS
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from ttt.errors import StoreError
from ttt.found import Source
from ttt.jobs import (
    backups,
    charts,
    database,
    plays,
    process,
    recording,
    upkeep,
    waits,
    workflows,
)
from ttt.music import Period
from ttt.services.context import Context
from ttt.services.server import maintenance, workers
from ttt.services.server.workers import Hold, Kept
from ttt.services.values import sources

# With a version of our own, a changed program goes on with the work of the one before.
_APPLICATION_VERSION = "1"
LOOK_EVERY = 1.0
# More often than workers.take_name lets others wait.
LOOK_FOR_NAME_EVERY = 2.0
_CONNECTIONS = 10
# They wait for requests nearly all the time.
_ENRICHED_AT_A_TIME = 50
# No more than these are begun in a second, however short they are. Who follows an account reads
# pages for long, and is not to keep looks at Spotify waiting.
_AT_A_TIME = {
    workflows.LOOK_UP_NAMES: 2,
    recording.RECORD: 4,
    recording.FOLLOW: 4,
    recording.RELAY: 2,
    recording.DERIVE: 4,
    plays.IMPORT: 1,
}
_log = logging.getLogger("ttt.jobs")


@contextmanager
def working(context: Context, asked_to_end: Event | None = None) -> Iterator[str]:
    """Run queued and scheduled work in threads of this process until the block ends.

    Yields the name that the process has among all that work. waits.Ended where it was asked to end
    while it waited for its database to start on.
    """
    over = Event()
    shift = _Shift(context, over)
    keeper = Thread(target=_keep, args=(shift, over), name="keeps the worker's name", daemon=True)
    try:
        _begin(shift, asked_to_end or over, context.settings.database_wait)
        keeper.start()
        yield shift.name
    finally:
        over.set()
        while keeper.is_alive():
            # It may be about to start anew, and then DBOS waits for its database once more.
            waits.end()
            keeper.join(LOOK_EVERY)
        shift.end()


class _Shift:
    """Work under a name: under another one when a lost connection has cost the first."""

    def __init__(self, context: Context, over: Event) -> None:
        self._context = context
        self._over = over
        self._hold: Hold | None = None
        self._works = False
        self.name = ""

    def begin(self) -> None:
        """Take a name, unless one is held, and start, unless there is maintenance."""
        if self._hold is None:
            self.name, self._hold = workers.take_name(self._context, self._over.wait)
        if not self._over.is_set() and not maintenance.is_on(self._context):
            self._start()

    def _start(self) -> None:
        logging.getLogger("dbos").setLevel(logging.WARNING)
        url = self._context.settings.jobs_database
        database.prepare(url)
        process.use(self._context)
        waits.begin()
        DBOS(
            config={
                "name": database.APPLICATION,
                "system_database_url": url,
                "application_version": _APPLICATION_VERSION,
                "executor_id": self.name,
                "log_level": "WARNING",
                "sys_db_pool_size": _CONNECTIONS,
                # On SQLite only; the end of a process waits for it.
                "notification_listener_polling_interval_sec": LOOK_EVERY,
            }
        )
        DBOS.launch()
        _register_queues(self._context)
        _schedule()
        self._works = True

    def look(self) -> None:
        """Keep the name, start anew when the connection was lost, and rest in maintenance.

        DBOS waits until the database is back, but an outage can end a piece of work in memory
        that still counts as under way; only a start finds it again.
        """
        if self._hold is not None and (kept := self._hold.keep()) is not Kept.AGAIN:
            if kept is Kept.HELD:
                self._rest_or_work()
                return
            self._hold = None
        _log.warning("the database was away: %s starts anew", self.name)
        self._stop()
        self.begin()

    def _rest_or_work(self) -> None:
        if maintenance.is_on(self._context) is not self._works:
            return
        _log.warning("%s %s", self.name, "rests for maintenance" if self._works else "goes on")
        if self._works:
            self._stop()
        else:
            self._start()

    def end(self) -> None:
        """Stop, and give the name back."""
        self._stop()
        process.use(None)
        if self._hold is not None:
            self._hold()
            self._hold = None

    def _stop(self) -> None:
        self._works = False
        # What is cut off goes on in the next process, and is no error.
        logging.getLogger("dbos").setLevel(logging.CRITICAL)
        waits.end()
        DBOS.destroy()


def _begin(shift: _Shift, asked_to_end: Event, patience: float) -> None:
    """Start; a database that goes away meanwhile is waited for, until that is asked to end."""
    gives_up_at = time.monotonic() + patience
    while True:
        try:
            with waits.starting(asked_to_end):
                shift.begin()
        except (OperationalError, StoreError):
            shift.end()
            if time.monotonic() > gives_up_at:
                raise
            waits.rest(asked_to_end, LOOK_FOR_NAME_EVERY)
        else:
            return


def _keep(shift: _Shift, over: Event) -> None:
    while not over.wait(LOOK_FOR_NAME_EVERY):
        try:
            shift.look()
        except (SQLAlchemyError, StoreError) as error:
            _log.warning("the worker's name cannot be looked up (%s)", type(error).__name__)


def _register_queues(context: Context) -> None:
    DBOS.register_queue(
        workflows.ENRICH,
        worker_concurrency=_ENRICHED_AT_A_TIME,
        polling_interval_sec=LOOK_EVERY,
    )
    DBOS.register_queue(
        workflows.SNAPSHOT,
        worker_concurrency=1,
        limiter={"limit": 1, "period": len(Period) / sources.rate(context, Source.SPOTIFY)},
        polling_interval_sec=2 * LOOK_EVERY,
    )
    DBOS.register_queue(
        workflows.SEND,
        worker_concurrency=_ENRICHED_AT_A_TIME,
        polling_interval_sec=LOOK_EVERY,
    )
    for queue, at_a_time in _AT_A_TIME.items():
        DBOS.register_queue(queue, worker_concurrency=at_a_time, polling_interval_sec=LOOK_EVERY)
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
        "11 4 * * *": recording.derive_whole,
        "23 3 * * *": backups.back_up,
    }
    DBOS.apply_schedules(
        [
            {"schedule_name": function.__name__, "workflow_fn": function, "schedule": cron}
            for cron, function in schedules.items()
        ]
    )
