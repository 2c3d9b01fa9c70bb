"""Puts work on the queues, and tells what runs, ran and failed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from dbos import DBOSClient, WorkflowStatus

from ttt import words
from ttt.errors import NotFound
from ttt.found import Source
from ttt.jobs import charts, database, recording, upkeep, workflows
from ttt.services.accounts import accounts
from ttt.services.context import Context
from ttt.services.lists import imports
from ttt.services.person import Person, require_admin
from ttt.services.playlists import playlists
from ttt.services.playlists.playlists import Sent
from ttt.services.tables.receipt import Receipt
from ttt.services.values.asked import Asked


class State(StrEnum):
    """How far a job is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Job:
    """A piece of work as people see it; `about` says for what, `error` why it failed."""

    id: str
    name: str
    about: str
    state: State
    created_at: datetime
    error: str | None

    @property
    def ended(self) -> bool:
        """Whether nothing more happens."""
        return self.state not in {State.WAITING, State.RUNNING}

    @property
    def can_retry(self) -> bool:
        """Whether it ended without doing what it should."""
        return self.state in {State.FAILED, State.STOPPED}


_STATES = {
    "ENQUEUED": State.WAITING,
    "DELAYED": State.WAITING,
    "PENDING": State.RUNNING,
    "SUCCESS": State.DONE,
    "ERROR": State.FAILED,
    "MAX_RECOVERY_ATTEMPTS_EXCEEDED": State.FAILED,
    "CANCELLED": State.STOPPED,
}
# What starts others is listed only when it failed: it runs every few minutes.
_STARTERS = [
    workflows.START_SNAPSHOTS,
    workflows.START_LOOKUPS,
    charts.FETCH_CHARTS,
    upkeep.TIDY_UP,
    recording.START_RECORDING,
    recording.WARN,
    recording.RECORD,
    recording.DERIVE,
    recording.RELAY,
]
_LISTED = [
    *(workflows.ENRICH, workflows.SNAPSHOT, workflows.SEND, workflows.LOOK_UP_NAMES),
    recording.FOLLOW,
]
_LONGEST_ERROR = 200


def enrich(context: Context, user_id: int | None, spotify_ids: Sequence[str], name: str) -> None:
    """Have tracks looked up in the background; a second job of the same name is not started."""
    if context.settings.jobs != "off" and spotify_ids:
        start(context, user_id, spotify_ids, name)


def start(context: Context, user_id: int | None, spotify_ids: Sequence[str], name: str) -> None:
    """Put a look-up of tracks on the queue, whoever may work on it."""
    _put(context, workflows.ENRICH, name, user_id, list(spotify_ids), user_id)


def send_playlist(context: Context, person: Person, sent: Sent) -> None:
    """Have a playlist of the person's history made at Spotify; once for each run of it."""
    playlists.find(context, person, sent.id)
    _put(context, workflows.SEND, _job_of(sent), person.id, sent.id, person.id)


def look_up_names(context: Context, person: Person, receipt: Receipt) -> None:
    """Have the names of an import looked up that wait, where there are any."""
    if receipt.import_id is None or not receipt.waiting or context.settings.jobs == "off":
        return
    found = imports.find(context, person, receipt.import_id)
    # As below: with its time, or one with the id of a deleted import would wait for ever.
    name = f"names-{found.id}-{found.at.timestamp():.0f}"
    _put(context, workflows.LOOK_UP_NAMES, name, person.id, found.id, person.id)


def forget(context: Context, person: Person) -> None:
    """Stop and forget all work for somebody whose account was deleted.

    What runs at this moment is stopped, and forgotten with the next upkeep.
    """
    if context.settings.jobs == "off":
        return
    client = _client(context)
    theirs = client.list_workflows(
        user=workflows.owner(person.id), load_input=False, load_output=False
    )
    client.cancel_workflows([status.workflow_id for status in theirs])
    client.delete_workflows([s.workflow_id for s in theirs if _STATES[s.status] != State.RUNNING])


def is_sending(context: Context, sent: Sent) -> bool:
    """Whether somebody works on a playlist, or will by themselves."""
    found = _found(context, 1, workflow_ids=[_job_of(sent)])
    return bool(found) and not _job(found[0], {}).ended


def listed(context: Context, actor: Person, limit: int = 50) -> list[Job]:
    """The newest jobs, for admins; the single requests of a job are left out."""
    names = {person.id: person.username for person in accounts.listed(context, actor)}
    found = _found(context, limit, name=_LISTED)
    found += _found(context, limit, name=_STARTERS, status="ERROR")
    jobs = [_job(status, names) for status in found]
    return sorted(jobs, key=lambda job: job.created_at, reverse=True)[:limit]


def retry(context: Context, actor: Person, job_id: str) -> None:
    """Do a failed or stopped job again from its start, in the place of the one that failed.

    NotFound when there is none of that id that failed.
    """
    require_admin(context, actor)
    found = next(iter(_found(context, 1, workflow_ids=[job_id])), None)
    if found is None or not _job(found, {}).can_retry:
        raise NotFound("failed job")
    # A copy: DBOS keeps a failure as a result, and those of what the job had started.
    client = _client(context)
    client.fork_workflow(job_id, 1, queue_name=found.queue_name)
    client.delete_workflow(job_id, delete_children=True)


def find(context: Context, job_id: str) -> Job:
    """The job of an id; NotFound when there is none."""
    found = _found(context, 1, workflow_ids=[job_id])
    if not found:
        raise NotFound("job")
    return _job(found[0], {})


def outcome(context: Context, job_id: str) -> dict[Source, Asked]:
    """What became of a look-up that is done, by source."""
    told: dict[str, dict[str, Any]] = _client(context).retrieve_workflow(job_id).get_result()
    return {Source(source): Asked(**asked) for source, asked in told.items()}


def _put(context: Context, work: str, name: str, user_id: int | None, *arguments: object) -> None:
    owner = None if user_id is None else workflows.owner(user_id)
    database.enqueue(context.settings.jobs_database, work, name, owner, *arguments)


def _job_of(sent: Sent) -> str:
    # SQLite gives the ids of deleted rows to new ones, and jobs are remembered.
    return f"playlist-{sent.id}-{sent.created_at.timestamp():.0f}-{sent.run}"


def _found(context: Context, limit: int, **which: Any) -> list[WorkflowStatus]:
    return _client(context).list_workflows(limit=limit, sort_desc=True, **which)


def _client(context: Context) -> DBOSClient:
    return database.client(context.settings.jobs_database)


def _job(status: WorkflowStatus, names: Mapping[int, str]) -> Job:
    return Job(
        id=status.workflow_id,
        name=status.name,
        about=_about(status, names),
        state=_STATES[status.status],
        created_at=datetime.fromtimestamp((status.created_at or 0) / 1000, UTC),
        error=str(status.error).partition("\n")[0][:_LONGEST_ERROR] if status.error else None,
    )


def _about(status: WorkflowStatus, names: Mapping[int, str]) -> str:
    arguments = status.input["args"] if status.input else ()
    match status.name, arguments:
        case workflows.ENRICH, (list(tracks), user_id):
            whose = f" of {names.get(user_id, 'somebody')}" if user_id else ""
            return words.counted(len(tracks), "track") + whose
        case ((workflows.SEND | workflows.LOOK_UP_NAMES), (_, user_id)):
            return names.get(user_id, "somebody")
        case recording.RECORD | recording.FOLLOW, (_, user_id):
            return names.get(user_id, "somebody")
        case workflows.SNAPSHOT, (user_id,):
            return names.get(user_id, "somebody")
    return ""
