"""Looks at what is played on Spotify and elsewhere, derives what counts of it, and passes on.

A look and what it brought are one step; killed after it, the next process goes on with deriving.
What players send is derived for many people at once: a job for each would cost more than its work.
"""

import random
import time
from dataclasses import asdict
from datetime import datetime
from typing import Any

from dbos import DBOS, DBOSContextSetAuth, EnqueueOptions, SetWorkflowID

from ttt.jobs import database, process
from ttt.jobs.steps import is_passing, step
from ttt.jobs.workflows import owner
from ttt.services.context import Context
from ttt.services.plays.deriving import deriving
from ttt.services.recorders import endings, following, recording
from ttt.services.recorders.players import relaying

RECORD = "record plays"
FOLLOW = "follow account"
RELAY = "relay listens"
DERIVE = "derive plays"
DERIVE_WHOLE = "derive all plays"
START_RECORDING = "start recording"
WARN = "warn of endings"
_LOOK, _SHARE, _RELAYED = "recorder-", "share-", "relay-"
_TOGETHER = 30
"""Seconds in which plays come in that are derived at once."""
_SHARES = 16
"""Into so many parts people are divided, which workers have among them."""
_BETWEEN_PAGES = 1.0


@DBOS.workflow(name=START_RECORDING)
def start_recording(scheduled: datetime, _context: Any) -> None:
    """Start a look for each recorder whose time has come, unless its last one waits or runs."""
    under_way = {*_under_way(_LOOK)}
    for queue, workflow, due in (
        (RECORD, record, _due_on_spotify()),
        (FOLLOW, follow, _due_elsewhere()),
    ):
        for recorder_id, user_id in due:
            # Where looks take longer than they are apart, they would pile up without end.
            if recorder_id in under_way:
                continue
            job_id = f"{_LOOK}{recorder_id}-{scheduled:%Y%m%d-%H%M}"
            with SetWorkflowID(job_id), DBOSContextSetAuth(owner(user_id), []):
                DBOS.enqueue_workflow(queue, workflow, recorder_id, user_id)
    _derive_what_was_left(scheduled)
    # Last: a run that another version began goes by the order of its steps.
    _relay_what_waits(scheduled)


def _relay_what_waits(scheduled: datetime) -> None:
    """Start passing on for whom listens wait, unless somebody is at it."""
    for user_id in {*_due_to_relay()} - {*_under_way(_RELAYED)}:
        job_id = f"{_RELAYED}{user_id}-{scheduled:%Y%m%d-%H%M}"
        with SetWorkflowID(job_id), DBOSContextSetAuth(owner(user_id), []):
            DBOS.enqueue_workflow(RELAY, relay, user_id)


def _derive_what_was_left(scheduled: datetime) -> None:
    """Start work on shares that nobody has any for: a process died before it asked for it."""
    for share in {*_shares_waiting()} - {*_under_way(_SHARE)}:
        with SetWorkflowID(f"{_SHARE}{share}-{scheduled:%Y%m%d-%H%M}"):
            DBOS.enqueue_workflow(DERIVE, derive, share)


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


@DBOS.workflow(name=RELAY)
def relay(user_id: int) -> None:
    """Pass on what somebody's players sent, until nothing waits or it has to rest."""
    while _relay(user_id):
        DBOS.sleep(_BETWEEN_PAGES)


@DBOS.workflow(name=DERIVE)
def derive(share: int) -> None:
    """Judge plays that players sent to the people of a share, which a number of any size names."""
    _derive_share(share % _SHARES)


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
    # Not the context's time: it is DBOS that waits, by the machine's clock.
    now, share = time.time(), user_id % _SHARES
    part = int(now // _TOGETHER)
    options: EnqueueOptions = {
        "workflow_name": DERIVE,
        "queue_name": DERIVE,
        "workflow_id": f"{_SHARE}{share}-{part}",
        "delay_seconds": (part + 1) * _TOGETHER - now + 1,
    }
    database.client(context.settings.jobs_database).enqueue(options, share)


@step
def _under_way(prefix: str) -> list[int]:
    found = DBOS.list_workflows(
        status=["ENQUEUED", "DELAYED", "PENDING"],
        workflow_id_prefix=prefix,
        load_input=False,
        load_output=False,
    )
    return [int(one.workflow_id.removeprefix(prefix).split("-")[0]) for one in found]


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
def _due_to_relay() -> list[int]:
    return relaying.due(process.context())


@step
def _relay(user_id: int) -> bool:
    return relaying.advance(process.context(), user_id)


@step
def _derive(user_id: int) -> None:
    deriving.derive(process.context(), user_id)


@step
def _derive_share(share: int) -> None:
    people = deriving.people_waiting(process.context(), share, _SHARES)
    # Whoever works on the same share at the same time is seldom at the same person.
    random.shuffle(people)
    failed: Exception | None = None
    for user_id in people:
        try:
            deriving.derive(process.context(), user_id)
        except Exception as error:  # the others of the share are not to wait for it
            if is_passing(error):
                raise
            failed = error
    if failed is not None:
        raise failed


@step
def _shares_waiting() -> list[int]:
    return deriving.shares_waiting(process.context(), _SHARES)


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
