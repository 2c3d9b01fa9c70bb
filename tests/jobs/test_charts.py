"""The daily job fetches what is due, and what fails leaves the rest standing."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from dbos import DBOS

from tests.jobs.conftest import ada, saved
from tests.providers.scripted import Reply, Server, serving
from tests.services.chart_server import asking, deezer, played
from ttt.found import Chart
from ttt.jobs import charts, worker
from ttt.models import LastFmAccount
from ttt.services.context import Context
from ttt.services.discover import discover, listening
from ttt.store import charts as store

NOON = datetime(2026, 11, 22, 12, 10, tzinfo=UTC)


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as server:
        yield server


@pytest.fixture
def works(on_sqlite: Context, server: Server) -> Iterator[Context]:
    """Services in a process that works, with two charts and a key of Last.fm."""
    asked = asking(on_sqlite, server)
    with worker.working(asked):
        yield asked


def run(workflow: Any) -> None:
    DBOS.start_workflow(workflow, NOON, None).get_result(polling_interval_sec=0.05)


def test_a_chart_in_trouble_leaves_the_others_standing(works: Context, server: Server) -> None:
    server.will(Reply(500), Reply(204))
    run(charts.fetch_charts)
    assert server.paths == ["/chart/0/tracks", "/1/stats/sitewide/recordings"]
    assert discover.read(works, Chart.LISTENBRAINZ).trouble == "It has computed nothing yet."
    assert discover.read(works, Chart.DEEZER).trouble == "It is not available."


def test_what_is_fresh_is_not_fetched_again(works: Context, server: Server) -> None:
    server.will(deezer(), Reply(204))
    run(charts.fetch_charts)
    run(charts.fetch_charts)
    assert len(server.asked) == 2
    assert len(discover.read(works, Chart.DEEZER).rows) == 3


def test_play_counts_of_everybody_with_a_name_are_fetched(works: Context, server: Server) -> None:
    saved(works, 0)
    person = ada(works)
    with works.session() as session:
        store.save_lastfm_account(session, LastFmAccount(user_id=person.id, username="robin"))
        session.commit()
    server.will(deezer(), Reply(204), played())
    run(charts.fetch_charts)
    assert len(listening.read(works, person, listening.ON_HOME).rows) == 3


def test_somebody_who_was_deleted_meanwhile_is_passed_over(
    works: Context, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.will(deezer(), Reply(204))
    monkeypatch.setattr(listening, "people_due", lambda _context: [4711])
    run(charts.fetch_charts)
    assert len(server.asked) == 2
