"""Jobs are counted by queue and state, and the oldest of each queue has its time in seconds."""

import sqlite3
from pathlib import Path

from ttt.store.server import tallies

JOBS = [
    *(("imports", "ENQUEUED", 90_000, None), ("imports", "ENQUEUED", 50_000, 70_000)),
    *(("imports", "PENDING", 10_000, None), ("imports", "SUCCESS", 1_000, None)),
    (None, "ERROR", 20_000, None),
]


def test_jobs_that_did_not_end_well_are_counted_and_the_oldest_waits_since(
    tmp_path: Path,
) -> None:
    with sqlite3.connect(tmp_path / "jobs.sqlite3") as connection:
        connection.execute(
            "CREATE TABLE workflow_status"
            " (queue_name, status, created_at INTEGER, delay_until_epoch_ms INTEGER)"
        )
        connection.executemany("INSERT INTO workflow_status VALUES (?, ?, ?, ?)", JOBS)
    connection.close()
    url = f"sqlite:///{tmp_path}/jobs.sqlite3"
    assert tallies.jobs(url) == {
        ("imports", "ENQUEUED"): 2,
        ("imports", "PENDING"): 1,
        ("", "ERROR"): 1,
    }
    assert tallies.oldest_jobs(url) == {"imports": 70}
