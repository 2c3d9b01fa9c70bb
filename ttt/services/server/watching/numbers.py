"""Numbers that this process counts while it works, for Prometheus."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    PlatformCollector,
    ProcessCollector,
)
from sqlalchemy import Engine, event

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
_STARTED = "ttt_started"


class Numbers:
    """One registry with everything; names begin with ttt_ and end with their unit."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)  # memory, CPU, descriptors
        PlatformCollector(registry=self.registry)
        given: Any = {"registry": self.registry}
        self.requests = Counter(
            "ttt_requests", "HTTP requests by status class.", ["status"], **given
        )
        self.request_seconds = Histogram(
            "ttt_request_seconds", "Time to answer an HTTP request.", buckets=_SECONDS, **given
        )
        self.run_seconds = Histogram(
            "ttt_page_run_seconds", "Time of a run of a page.", ["page"], buckets=_SECONDS, **given
        )
        self.failed_runs = Counter("ttt_page_failures", "Runs of pages that failed.", **given)
        self.tabs = Gauge("ttt_tabs", "Open tabs.", **given)
        self.refused = Counter("ttt_tabs_refused", "Tabs refused by a bound.", ["bound"], **given)
        self.statement_seconds = Histogram(
            "ttt_database_seconds", "Time of a statement.", buckets=_SECONDS, **given
        )

    @contextmanager
    def run(self, page: str) -> Iterator[None]:
        """Time a run of a page, whatever way it ends."""
        started = time.perf_counter()
        try:
            yield
        finally:
            self.run_seconds.labels(page).observe(time.perf_counter() - started)

    def watch(self, engine: Engine) -> None:
        """Time the statements of an engine from now on, once for each engine."""
        if event.contains(engine, "before_cursor_execute", _begin):
            return
        event.listen(engine, "before_cursor_execute", _begin)
        event.listen(engine, "after_cursor_execute", self._end)

    def _end(
        self, _connection: Any, _cursor: Any, _sql: Any, _values: Any, context: Any, _m: Any
    ) -> None:
        started = getattr(context, _STARTED, None)
        if started is not None:
            self.statement_seconds.observe(time.perf_counter() - started)


@cache
def numbers() -> Numbers:
    """The numbers of this process."""
    return Numbers()


def _begin(_connection: Any, _cursor: Any, _sql: Any, _values: Any, context: Any, _m: Any) -> None:
    if context is not None:
        setattr(context, _STARTED, time.perf_counter())
