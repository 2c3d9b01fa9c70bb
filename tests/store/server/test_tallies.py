"""Jobs are counted by queue and state, and the oldest of each queue has its time in seconds."""

import sqlite3
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine
from sqlmodel import Session

from ttt.models import HistoryUpload, Recorder, User
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


def test_files_are_counted_by_state(session: Session, ada: int, bob: int, now: datetime) -> None:
    for who, state in ((ada, "done"), (bob, "done"), (ada, "reading")):
        row = {"name": "a", "size": 1, "created_at": now}
        session.add(HistoryUpload(user_id=who, state=state, **row))
    session.commit()
    assert tallies.uploads(session) == {"done": 2, "reading": 1}


def test_recorders_of_enabled_accounts_are_late_after_their_time(
    session: Session, ada: int, bob: int, now: datetime
) -> None:
    second = timedelta(seconds=1)
    for who, kind, late in ((ada, "spotify", 9), (ada, "lastfm", 0), (bob, "lastfm", 5)):
        row = {"kind": kind, "account": kind, "started_at": now}
        session.add(Recorder(user_id=who, next_at=now - late * second, **row))
    session.commit()
    both = ["spotify", "lastfm"]
    assert tallies.recorders_due(session, both, now) == (2, now - 9 * second)
    assert tallies.recorders_due(session, ["lastfm"], now) == (1, now - 5 * second)
    session.get_one(User, bob).disabled_at = now
    session.commit()
    assert tallies.recorders_due(session, ["lastfm"], now) == (0, None)
    assert tallies.recorders_due(session, ["lastfm"], now + second) == (1, now)


def test_connections_in_use_are_counted(engine: Engine) -> None:
    before = tallies.pool(engine)
    with engine.connect():
        assert tallies.pool(engine) == before + 1
    assert tallies.pool(engine) == before
