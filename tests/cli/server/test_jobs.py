import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from ttt.jobs import database, worker, workflows
from ttt.services.accounts import accounts
from ttt.services.context import open_context
from ttt.settings import PROJECT, load

pytestmark = pytest.mark.slow  # workers, which are waited for


@pytest.fixture
def failed(run: Run, ada: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """Id of a snapshot for Ada that failed, as she is not connected."""
    monkeypatch.setattr(worker, "LOOK_EVERY", 0.05)
    context = open_context(load())
    client = database.client(context.settings.jobs_database)
    user_id = accounts.find(context, ada).id
    with worker.working(context):
        job = client.enqueue(
            {"workflow_name": workflows.SNAPSHOT, "queue_name": workflows.SNAPSHOT}, user_id
        )
        with pytest.raises(workflows.JobFailed, match="not connected"):
            job.get_result(polling_interval_sec=0.05)
    return job.get_workflow_id()


def listed(run: Run) -> list[dict[str, object]]:
    result = run("jobs", "list", "--format", "json")
    assert result.exit_code == 0
    jobs: list[dict[str, object]] = json.loads(result.stdout)
    return jobs


def test_before_the_first_job_the_list_is_empty(run: Run) -> None:
    assert listed(run) == []
    assert run("jobs", "list").stdout.split()[:2] == ["id", "name"]


def test_a_job_is_listed_with_what_went_wrong(run: Run, failed: str) -> None:
    (job,) = listed(run)
    assert job.pop("created_at")
    assert job == {
        "id": failed,
        "name": "snapshot",
        "about": "ada",
        "state": "failed",
        "error": "Your Spotify is not connected. Connect it on the Spotify page.",
    }
    assert failed in run("jobs", "list").stdout


def test_a_failed_job_is_done_again_in_its_place(run: Run, failed: str) -> None:
    assert run("jobs", "retry", failed).stdout == "The job waits for its turn.\n"
    (job,) = listed(run)
    assert (job["about"], job["state"], job["error"]) == ("ada", "waiting", None)
    assert job["id"] != failed


@pytest.mark.parametrize("state", ["unknown", "waiting"])
def test_a_job_that_did_not_fail_cannot_be_retried(run: Run, failed: str, state: str) -> None:
    job_id = "nothing"
    if state == "waiting":
        run("jobs", "retry", failed)
        job_id = str(listed(run)[0]["id"])
    result = run("jobs", "retry", job_id)
    assert result.exit_code == 1
    assert result.stderr.startswith("There is no such failed job.")


def test_a_worker_works_until_it_is_asked_to_end(tmp_path: Path) -> None:
    own = {"TTT_DATA_DIR": str(tmp_path / "data"), "TTT_JOBS": "worker"}
    process = subprocess.Popen(
        [sys.executable, "-m", "ttt", "worker"],
        cwd=PROJECT,
        env={**os.environ, **own},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    with process:
        assert process.stdout is not None
        assert process.stdout.readline() == "Working as worker-1. Ctrl-C ends it.\n"
        process.send_signal(signal.SIGTERM)
        rest = process.stdout.read()
    assert (process.returncode, rest) == (0, "")
