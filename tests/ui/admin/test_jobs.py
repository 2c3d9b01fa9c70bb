from datetime import UTC, datetime

import pytest
from streamlit.testing.v1 import AppTest

from tests.services.conftest import add_person
from tests.ui.conftest import Visitor, click, labels, signed_in, table, words
from ttt.jobs import queue
from ttt.jobs.queue import Job, State
from ttt.services.context import Context
from ttt.services.person import Person

AT = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
DONE = Job("a", "enrich", "50 tracks of ada", State.DONE, AT, None)
FAILED = Job("b", "snapshot", "ada", State.FAILED, AT, "Spotify is not available.")


@pytest.fixture
def listed(monkeypatch: pytest.MonkeyPatch) -> list[Job]:
    """The jobs there are; doing one again takes it off."""
    jobs: list[Job] = []

    def retry(_context: Context, _actor: Person, job_id: str) -> None:
        jobs[:] = [job for job in jobs if job.id != job_id]

    monkeypatch.setattr(queue, "listed", lambda *_: list(jobs))
    monkeypatch.setattr(queue, "retry", retry)
    return jobs


@pytest.fixture
def page(app: AppTest, context: Context, visitor: Visitor, listed: list[Job]) -> AppTest:
    """The page of an admin, not opened yet."""
    visitor.cookie = signed_in(context, add_person(context, "root", admin=True))
    return app.run()


def opened(page: AppTest) -> AppTest:
    page.session_state["section"] = "Server"
    app = page.switch_page("../../pages/admin.py").run()
    assert not app.exception
    return app


def test_without_jobs_it_is_said_that_there_is_none(page: AppTest) -> None:
    assert "No job has run yet." in words(opened(page))


def test_what_runs_ran_and_failed_is_listed(page: AppTest, listed: list[Job]) -> None:
    listed += [DONE, FAILED]
    rows = table(opened(page), "Jobs")
    assert [row["Job"] for row in rows] == ["enrich", "snapshot"]
    assert [row["For"] for row in rows] == ["50 tracks of ada", "ada"]
    assert [row["State"] for row in rows] == ["done", "failed"]


def test_a_failed_job_says_why_and_can_be_done_again(page: AppTest, listed: list[Job]) -> None:
    listed += [DONE, FAILED]
    app = opened(page)
    assert "snapshot ada: Spotify is not available." in words(app)
    assert labels(app).count("Retry") == 1
    click(app, "Retry")
    assert listed == [DONE]
    assert "Retry" not in labels(app)
