"""Puts work on the queues, and tells what runs, ran and failed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

from dbos import DBOSClient, EnqueueOptions

from ttt.errors import NotAllowed, NotFound
from ttt.jobs import workflows
from ttt.services.accounts import Person
from ttt.services.context import Context


@dataclass(frozen=True, slots=True)
class Job:
    """A workflow as people see it; `state` is waiting, running, done, failed or stopped."""

    id: str
    name: str
    state: str
    created_at: datetime
    error: str | None


_STATES = {
    "ENQUEUED": "waiting",
    "DELAYED": "waiting",
    "PENDING": "running",
    "SUCCESS": "done",
    "ERROR": "failed",
    "MAX_RECOVERY_ATTEMPTS_EXCEEDED": "failed",
    "CANCELLED": "stopped",
}


def enrich(context: Context, user_id: int | None, spotify_ids: Sequence[str], name: str) -> None:
    """Have tracks looked up in the background; a second job of the same name is not started."""
    if context.settings.jobs != "off" and spotify_ids:
        options: EnqueueOptions = {
            "workflow_name": workflows.ENRICH,
            "queue_name": workflows.ENRICH,
            "workflow_id": name,
        }
        _client(context.settings.jobs_database).enqueue(options, list(spotify_ids), user_id)


def listed(context: Context, actor: Person, limit: int = 50) -> list[Job]:
    """The newest jobs, for admins; the single requests of a job are left out."""
    if not actor.is_admin:
        raise NotAllowed
    client = _client(context.settings.jobs_database)
    names = [workflows.ENRICH, workflows.SNAPSHOT]
    found = client.list_workflows(name=names, limit=limit, sort_desc=True)
    return [
        Job(
            id=w.workflow_id,
            name=w.name or "",
            state=_STATES.get(w.status or "", "unknown"),
            created_at=datetime.fromtimestamp((w.created_at or 0) / 1000, UTC),
            error=str(w.error) if w.error else None,
        )
        for w in found
    ]


def retry(context: Context, actor: Person, job_id: str) -> None:
    """Let a failed or stopped job go on, for admins."""
    if not actor.is_admin:
        raise NotAllowed
    client = _client(context.settings.jobs_database)
    found = client.list_workflows(workflow_ids=[job_id])
    if not found:
        raise NotFound("job")
    if found[0].status == "ERROR":
        client.fork_workflow(job_id, 1)  # DBOS keeps a failure as a result: a copy starts anew
    else:
        client.resume_workflow(job_id)


@cache
def _client(url: str) -> DBOSClient:
    return DBOSClient(system_database_url=url)
