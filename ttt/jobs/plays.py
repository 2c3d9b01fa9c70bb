"""Imports of listening histories: a step for each file inside, so that any process goes on."""

from dbos import DBOS

from ttt.jobs import database, process, workflows
from ttt.jobs.steps import step
from ttt.services.context import Context
from ttt.services.person import Person
from ttt.services.plays import heard
from ttt.services.plays.bringing import importing, uploads
from ttt.services.plays.bringing.reading import Held
from ttt.services.plays.bringing.uploads import State, Upload

IMPORT = "import plays"


@DBOS.workflow(name=IMPORT)
def import_plays(upload_id: int, user_id: int) -> None:
    """Take in a history, judge it, then have looked up what is known of its tracks."""
    held = Held()
    for number in range(_plan_import(upload_id)):
        if not _read(upload_id, number, held):
            return
    held.forget()
    _finish(upload_id)
    waiting = _without_values(user_id)
    if waiting:
        DBOS.enqueue_workflow(workflows.ENRICH, workflows.enrich_tracks, waiting, user_id)


def start(context: Context, person: Person, upload_id: int) -> None:
    """Have an upload imported that is here and asks nothing; once for each run of it."""
    upload = uploads.find(context, person, upload_id)
    if context.settings.jobs == "off" or upload.state not in {State.WAITING, State.READING}:
        return
    owner, url = workflows.owner(person.id), context.settings.jobs_database
    database.enqueue(url, IMPORT, _job_of(upload), owner, upload_id, person.id)


def _job_of(upload: Upload) -> str:
    # SQLite gives the ids of deleted rows to new ones, and jobs are remembered.
    return f"import-{upload.id}-{upload.created_at.timestamp():.0f}-{upload.run}"


@step
def _plan_import(upload_id: int) -> int:
    return importing.plan(process.context(), upload_id)


@step
def _read(upload_id: int, number: int, held: Held) -> bool:
    return importing.read(process.context(), upload_id, number, held)


@step
def _finish(upload_id: int) -> None:
    importing.finish(process.context(), upload_id)


@step
def _without_values(user_id: int) -> list[str]:
    context = process.context()
    return heard.waiting(context, user_id, heard.borrow(context, user_id))
