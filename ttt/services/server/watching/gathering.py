"""Numbers that are looked up when somebody asks for them."""

from collections.abc import Iterable, Iterator
from contextlib import suppress

from prometheus_client import Metric
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from sqlalchemy.exc import SQLAlchemyError

from ttt import __version__
from ttt.errors import StoreError
from ttt.services.context import Context
from ttt.services.recorders import following
from ttt.services.server.watching import condition, descriptors
from ttt.services.values import limits, sources
from ttt.store.server import tallies
from ttt.store.values import service_state


class Gathering(Collector):
    """Limits, database, jobs, calls, recorders and uploads, as they are now."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def describe(self) -> Iterable[Metric]:
        """Nothing beforehand: looking it up would ask the database."""
        return []

    def collect(self) -> Iterator[Metric]:
        """Everything; without a database what needs none."""
        yield _one("ttt_build_info", "The version that runs.", 1, version=__version__)
        tabs = descriptors.tabs(self._context.settings)
        yield _one("ttt_tabs_allowed", "Open tabs that this process takes.", tabs)
        in_use = tallies.pool(self._context.engine)
        yield _one("ttt_database_connections", "Connections in use.", in_use)
        yield self._problems()
        for part in (self._jobs, self._services, self._plays):
            # Jobs have no tables before the first of them.
            with suppress(SQLAlchemyError, StoreError):
                yield from list(part())

    def _problems(self) -> Metric:
        family = GaugeMetricFamily(
            "ttt_problem", "1 for each thing that is wrong.", labels=["what"]
        )
        for problem in condition.look(self._context).problems:
            family.add_metric([problem], 1)
        return family

    def _jobs(self) -> Iterator[Metric]:
        family = GaugeMetricFamily("ttt_jobs", "Jobs by state.", labels=["queue", "state"])
        for (queue, state), count in tallies.jobs(self._context.settings.jobs_database).items():
            family.add_metric([queue, state.lower()], count)
        oldest = GaugeMetricFamily(
            "ttt_jobs_oldest_seconds", "Since when the oldest job waits.", labels=["queue"]
        )
        now = self._context.now().timestamp()
        for queue, since in tallies.oldest_jobs(self._context.settings.jobs_database).items():
            oldest.add_metric([queue], max(0.0, now - since))
        yield from (family, oldest)

    def _services(self) -> Iterator[Metric]:
        calls = GaugeMetricFamily("ttt_service_calls_today", "Requests.", labels=["service"])
        budgets = GaugeMetricFamily("ttt_service_budget", "Requests a day.", labels=["service"])
        with self._context.session() as session:
            today = limits.today(self._context)
            for source in sources.services(self._context):
                name = sources.service(self._context, source)
                calls.add_metric([source], service_state.calls(session, name, today))
                budgets.add_metric([source], sources.budget(self._context, source))
        yield from (calls, budgets)

    def _plays(self) -> Iterator[Metric]:
        uploads = GaugeMetricFamily("ttt_uploads", "Files with plays.", labels=["state"])
        now, kinds = self._context.now(), following.recorded(self._context)
        with self._context.session() as session:
            late, oldest = tallies.recorders_due(session, kinds, now)
            for state, count in tallies.uploads(session).items():
                uploads.add_metric([state], count)
        lag = max(0.0, (now - oldest).total_seconds()) if oldest else 0.0
        yield uploads
        yield _one("ttt_recorders_late", "Recorders whose time has come.", late)
        yield _one("ttt_recorder_lag_seconds", "Since when the latest of them is late.", lag)


def _one(name: str, words: str, value: float, **labels: str) -> Metric:
    family = GaugeMetricFamily(name, words, labels=list(labels))
    family.add_metric(list(labels.values()), value)
    return family
