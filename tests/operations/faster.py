"""python -m tests.operations.faster ...: `python -m ttt ...` by a clock that runs faster.

SOAK_BEGAN is the Unix time from when on it does, SOAK_SPEED how much. Schedules come as often by
that clock as they do by a right one; what waits for answers waits as long as ever.
"""

import os
import time
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from dbos import DBOS

from ttt.services import context

_SCHEDULES = {  # seconds
    "start_recording": 300,
    "start_due_snapshots": 600,
    "tidy_up": 600,
    "start_due_lookups": 3600,
    "fetch_charts": 3600,
    "warn_of_endings": 3600,
    "derive_whole": 14_400,
}


def clock() -> datetime:
    """The time by the faster clock."""
    began, speed = float(os.environ["SOAK_BEGAN"]), float(os.environ["SOAK_SPEED"])
    return datetime.fromtimestamp(began + (time.time() - began) * speed, UTC)


def faster() -> None:
    """Let the services of this process go by that clock, from their opening on."""
    plainly = context.open_context

    def open_context(*arguments: Any, **options: Any) -> context.Context:
        return replace(plainly(*arguments, **options), now=clock)

    context.open_context = open_context


def _schedule() -> None:
    from ttt.jobs import charts, recording, upkeep, workflows

    speed = float(os.environ["SOAK_SPEED"])
    found = {
        function.__name__: function
        for function in (
            *(recording.start_recording, recording.warn_of_endings, recording.derive_whole),
            *(workflows.start_due_snapshots, workflows.start_due_lookups),
            *(upkeep.tidy_up, charts.fetch_charts),
        )
    }
    DBOS.apply_schedules(
        [
            {
                "schedule_name": name,
                "workflow_fn": found[name],
                "schedule": f"*/{min(59, max(2, round(seconds / speed)))} * * * * *",
            }
            for name, seconds in _SCHEDULES.items()
        ]
    )


def main() -> None:
    """Run a command of the app."""
    faster()
    from ttt.jobs import worker

    worker._schedule = _schedule
    from ttt.__main__ import app

    app()


if __name__ == "__main__":
    main()
