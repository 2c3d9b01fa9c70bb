"""Whoever watches a server reads the calls, jobs, uploads and recorders that there are now."""

from dataclasses import replace
from datetime import timedelta

import pytest

from ttt import __version__
from ttt.found import Source
from ttt.models import HistoryUpload, Recorder
from ttt.services.context import Context
from ttt.services.person import Person
from ttt.services.server.watching import condition, descriptors
from ttt.services.server.watching.gathering import Gathering
from ttt.services.values import limits, sources
from ttt.store.server import tallies
from ttt.store.values import service_state


def numbers(context: Context) -> dict[tuple[str, ...], float]:
    """Every number by its name and its labels."""
    return {
        (sample.name, *sample.labels.values()): sample.value
        for metric in Gathering(context).collect()
        for sample in metric.samples
    }


@pytest.mark.parametrize("service", [Source.RECCOBEATS, Source.LASTFM, Source.SPOTIFY])
def test_calls_and_budgets_of_each_service_are_told(context: Context, service: Source) -> None:
    asking = {"feature_providers": "reccobeats,spotify", "popularity_providers": "lastfm"}
    context = replace(context, settings=context.settings.model_copy(update=asking))
    with context.session() as session:
        for _ in range(3):
            name = sources.service(context, service)
            service_state.take_call(session, name, limits.today(context), 9)
        session.commit()
    found = numbers(context)
    assert found["ttt_service_calls_today", service] == 3
    assert found["ttt_service_budget", service] == sources.budget(context, service) > 3


def test_uploads_and_how_late_recorders_are_is_told(context: Context, ada: Person) -> None:
    at = context.now()
    recorder = {"user_id": ada.id, "kind": "spotify", "started_at": at}
    with context.session() as session:
        session.add(HistoryUpload(user_id=ada.id, name="a", size=1, state="reading", created_at=at))
        session.add(Recorder(account="x", next_at=at - timedelta(seconds=90), **recorder))
        session.commit()
    found = numbers(context)
    assert found["ttt_uploads", "reading"] == 1
    assert found["ttt_recorders_late",] == 1
    assert found["ttt_recorder_lag_seconds",] == 90


def test_where_nothing_is_late_there_is_no_lag(context: Context) -> None:
    found = numbers(context)
    assert (found["ttt_recorders_late",], found["ttt_recorder_lag_seconds",]) == (0, 0)


def test_each_thing_that_is_wrong_is_told(
    context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = condition.Condition((condition.FULL, condition.NEWER))
    monkeypatch.setattr(condition, "look", lambda _context: wrong)
    found = numbers(context)
    assert (found["ttt_problem", condition.FULL], found["ttt_problem", condition.NEWER]) == (1, 1)


def test_jobs_are_told_by_queue_and_state_and_since_when_the_oldest_waits(
    context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = context.now().timestamp()
    waiting = {("plays", "ENQUEUED"): 3, ("plays", "PENDING"): 1, ("lists", "ENQUEUED"): 2}
    monkeypatch.setattr(tallies, "jobs", lambda _url: waiting)
    monkeypatch.setattr(tallies, "oldest_jobs", lambda _url: {"plays": now - 90, "lists": now + 5})
    found = numbers(context)
    assert {key: value for key, value in found.items() if key[0].startswith("ttt_jobs")} == {
        ("ttt_jobs", "plays", "enqueued"): 3,
        ("ttt_jobs", "plays", "pending"): 1,
        ("ttt_jobs", "lists", "enqueued"): 2,
        ("ttt_jobs_oldest_seconds", "plays"): 90,
        ("ttt_jobs_oldest_seconds", "lists"): 0,
    }


def test_the_version_the_tabs_and_the_connections_of_a_process_are_told(context: Context) -> None:
    tabs = descriptors.tabs(context.settings)
    found = numbers(context)
    assert found["ttt_build_info", __version__] == 1
    assert found["ttt_tabs_allowed",] == tabs
    with context.engine.connect():
        assert numbers(context)["ttt_database_connections",] == 1
    assert found["ttt_database_connections",] == 0
