"""Looks at what is played on Spotify and elsewhere, and derives what counts of it.

A look and what it brought are one step; killed after it, the next process goes on with deriving.
"""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from dbos import DBOS, DBOSContextSetAuth, EnqueueOptions, SetWorkflowID

from ttt.jobs import database, process
from ttt.jobs.steps import step
from ttt.jobs.workflows import owner
from ttt.services.context import Context
from ttt.services.plays.deriving import deriving
from ttt.services.recorders import endings, following, recording

RECORD = "record plays"
FOLLOW = "follow account"
DERIVE = "derive plays"
DERIVE_WHOLE = "derive all plays"
START_RECORDING = "start recording"
WARN = "warn of endings"
_LOOK = "recorder-"
_TOGETHER = 30
"""Seconds in which plays come in that are derived at once."""
_BETWEEN_PAGES = 1.0


@DBOS.workflow(name=START_RECORDING)
def start_recording(scheduled: datetime, _context: Any) -> None:
    """Start a look for each recorder whose time has come, unless its last one waits or runs."""
    under_way = {*_under_way()}
    for workflow, due in ((record, _due_on_spotify()), (follow, _due_elsewhere())):
        for recorder_id, user_id in due:
            # Where looks take longer than they are apart, they would pile up without end.
            if recorder_id in under_way:
                continue
            job_id = f"{_LOOK}{recorder_id}-{scheduled:%Y%m%d-%H%M}"
            with SetWorkflowID(job_id), DBOSContextSetAuth(owner(user_id), []):
                DBOS.enqueue_workflow(RECORD, workflow, recorder_id, user_id)


@DBOS.workflow(name=RECORD)
def record(recorder_id: int, user_id: int) -> None:
    """Look at the list of the newest plays once."""
    found = _look(recorder_id)
    # A look that a killed process had kept is not due again, and tells nothing.
    if found is None or found["new"]:
        _derive(user_id)


@DBOS.workflow(name=FOLLOW)
def follow(recorder_id: int, user_id: int) -> None:
    """Read pages of an account elsewhere until there is nothing more, or it has to rest."""
    cursor: dict[str, Any] | None = None
    while True:
        page = _page(recorder_id, cursor)
        _derive(user_id)
        cursor = page["cursor"]
        if cursor is None:
            return
        DBOS.sleep(_BETWEEN_PAGES)


@DBOS.workflow(name=DERIVE)
def derive(user_id: int) -> None:
    """Judge plays that players sent."""
    _derive(user_id)


@DBOS.workflow(name=DERIVE_WHOLE)
def derive_whole(_scheduled: datetime, _context: Any) -> None:
    """Judge all plays of those together to whom some came in since the last time.

    Their tracks may be described better than they were: lengths and names decide as well.
    """
    for user_id in _changed_people():
        _derive_whole(user_id)


@DBOS.workflow(name=WARN)
def warn_of_endings(_scheduled: datetime, _context: Any) -> None:
    """Mail those whose authorization ends soon; each warning once."""
    for user_id in _due_warnings():
        _warn(user_id)


def derive_soon(context: Context, user_id: int) -> None:
    """Have what was sent derived within a minute, together with what comes until then."""
    if context.settings.jobs == "off":
        deriving.derive(context, user_id)
        return
    now = int(context.now().timestamp())
    part = now // _TOGETHER
    options: EnqueueOptions = {
        "workflow_name": DERIVE,
        "queue_name": DERIVE,
        "workflow_id": f"derive-{user_id}-{part}",
        "delay_seconds": float((part + 1) * _TOGETHER - now + 1),
        "authenticated_user": owner(user_id),
    }
    database.client(context.settings.jobs_database).enqueue(options, user_id)


@step
def _under_way() -> list[int]:
    found = DBOS.list_workflows(
        status=["ENQUEUED", "DELAYED", "PENDING"],
        workflow_id_prefix=_LOOK,
        load_input=False,
        load_output=False,
    )
    return [int(one.workflow_id.removeprefix(_LOOK).split("-")[0]) for one in found]


@step
def _due_on_spotify() -> list[tuple[int, int]]:
    return recording.due(process.context())


@step
def _due_elsewhere() -> list[tuple[int, int]]:
    return following.due(process.context())


@step
def _look(recorder_id: int) -> dict[str, Any] | None:
    found = recording.look(process.context(), recorder_id)
    return None if found is None else {"new": found.new}


@step
def _page(recorder_id: int, cursor: dict[str, Any] | None) -> dict[str, Any]:
    return asdict(following.page(process.context(), recorder_id, cursor))


@step
def _derive(user_id: int) -> None:
    deriving.derive(process.context(), user_id)


@step
def _changed_people() -> list[int]:
    return deriving.people_due(process.context())


@step
def _derive_whole(user_id: int) -> None:
    deriving.derive(process.context(), user_id, whole=True)


@step
def _due_warnings() -> list[int]:
    return endings.people_due(process.context())


@step
def _warn(user_id: int) -> None:
    endings.warn(process.context(), user_id)
