"""The workflows: killed in the middle, each goes on after its last finished step.

Their arguments and results are plain data, as they are kept in a database.
"""

import asyncio
from collections import deque
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from time import sleep
from typing import Any

from dbos import (
    DBOS,
    DBOSContextSetAuth,
    EnqueueOptions,
    SetEnqueueOptions,
    SetWorkflowID,
    WorkflowHandleAsync,
)

from ttt.errors import TTTError
from ttt.found import Kind, Source
from ttt.jobs import process
from ttt.jobs.steps import step
from ttt.music import Period
from ttt.services.accounts import accounts
from ttt.services.explain import explain
from ttt.services.lists import imports
from ttt.services.playlists import sending
from ttt.services.plays import heard
from ttt.services.top import top_tracks
from ttt.services.values import enrich, sources
from ttt.services.values.asked import Asked

ENRICH = "enrich"
SNAPSHOT = "snapshot"
ASK = "ask"
SEND = "send playlist"
LOOK_UP_NAMES = "look up names"
START_SNAPSHOTS = "start snapshots"
START_LOOKUPS = "start look-ups"
# Enough that every process has a portion to work on, and few enough to stop in time.
_PORTIONS_UNDER_WAY = 4
LOOK_EVERY = 0.5
_SWEPT_TOGETHER = 500
# More than the slowest service can be asked about until the next sweep.
_SWEPT_AN_HOUR = 5_000
_PEOPLE_FIRST, _AFTER_PEOPLE = 1, 10


class JobFailed(Exception):
    """A job could not be done; the message is for people."""


def owner(user_id: int) -> str:
    """Whose a piece of work is, and what it starts: this goes with it into the database."""
    return f"user {user_id}"


def queue_of(source: Source) -> str:
    """Queue of the requests to one service."""
    return f"ask {source}"


# Waits most of the time, which costs no thread here, and ends at once with its process.
@DBOS.workflow(name=ENRICH)
async def enrich_tracks(spotify_ids: list[str], user_id: int | None) -> dict[str, dict[str, Any]]:
    """Ask every source in its order about the tracks; return what became of it, by source.

    Without a person it is nobody's wait, and those of people go first.
    """
    _share(spotify_ids)
    told: dict[str, Asked] = {}
    for kind, source in _plan():
        asked = await _ask_until_known(kind, source, spotify_ids, user_id)
        told[source] = told.get(source, Asked()) + asked
    return {source: asdict(asked) for source, asked in told.items()}


@DBOS.workflow(name=ASK)
def ask(kind: str, source: str, batches: list[list[str]], user_id: int | None) -> dict[str, Any]:
    """Make some requests to a source, one after the other."""
    total = Asked()
    for batch in batches:
        total += Asked(**_ask(kind, source, batch, user_id))
        if total.blocked:
            break
    return asdict(total)


@DBOS.workflow(name=SNAPSHOT)
def take_snapshot(user_id: int) -> None:
    """Fetch a person's three top lists, then have the values fetched of what is new on them."""
    for period in Period:
        _refresh(user_id, period)
    new = _waiting(user_id)
    if new:
        DBOS.enqueue_workflow(ENRICH, enrich_tracks, new, user_id)


# Waits for hours when Spotify says so.
@DBOS.workflow(name=SEND)
async def send_playlist(playlist_id: int, _user_id: int) -> None:
    """Make a playlist at Spotify, however often it has to be waited for."""
    while (seconds := await _advance(playlist_id)) is not None:
        if seconds:
            await DBOS.sleep_async(seconds)


@DBOS.workflow(name=LOOK_UP_NAMES)
async def look_up_names(import_id: int, _user_id: int) -> None:
    """Look up the names of an import that wait, however long Spotify says to wait."""
    while (seconds := await _advance_import(import_id)) is not None:
        if seconds:
            await DBOS.sleep_async(seconds)


@DBOS.workflow(name=START_SNAPSHOTS)
def start_due_snapshots(scheduled: datetime, _context: Any) -> None:
    """Start the snapshots whose time of the day has come; one that failed, six hours later."""
    for user_id in _due_people():
        job_id = f"snapshot-{user_id}-{scheduled:%Y%m%d}-{scheduled.hour // 6}"
        with SetWorkflowID(job_id), DBOSContextSetAuth(owner(user_id), []):
            DBOS.enqueue_workflow(SNAPSHOT, take_snapshot, user_id)


@DBOS.workflow(name=START_LOOKUPS)
def start_due_lookups(_scheduled: datetime, _context: Any) -> None:
    """Ask about listed tracks whose values are old, were missed long ago or could not be asked."""
    waiting = list(dict.fromkeys([*_waiting(None), *_heard()]))[:_SWEPT_AN_HOUR]
    for start in range(0, len(waiting), _SWEPT_TOGETHER):
        with SetEnqueueOptions(
            deduplication_id=f"sweep-{start}",
            duplication_policy="return-existing",
            priority=_AFTER_PEOPLE,
        ):
            DBOS.enqueue_workflow(
                ENRICH, enrich_tracks, waiting[start : start + _SWEPT_TOGETHER], None
            )


async def _ask_until_known(
    kind: str, source: str, spotify_ids: Sequence[str], user_id: int | None
) -> Asked:
    """Ask until nothing is due: a miss can make the same recording's other id due."""
    total = Asked()
    while not total.blocked:
        portions = _due_portions(kind, source, list(spotify_ids))
        if not portions:
            break
        total += await _ask_portions(kind, source, portions, user_id)
    return total


async def _ask_portions(
    kind: str, source: str, portions: Sequence[list[list[str]]], user_id: int | None
) -> Asked:
    total, under_way = Asked(), deque[WorkflowHandleAsync[Any]]()
    options: EnqueueOptions = {
        "workflow_name": ASK,
        "queue_name": queue_of(Source(source)),
        "priority": _AFTER_PEOPLE if user_id is None else _PEOPLE_FIRST,
    }
    enqueue = DBOS.enqueue_workflow_with_options_async
    for portion in portions:
        if len(under_way) == _PORTIONS_UNDER_WAY:
            total += await _result(under_way.popleft())
        if total.blocked:
            break
        under_way.append(await enqueue(options, kind, source, portion, user_id))
    for request in under_way:
        total += await _result(request)
    return total


async def _result(request: WorkflowHandleAsync[Any]) -> Asked:
    return Asked(**await request.get_result(polling_interval_sec=LOOK_EVERY))


@step
async def _advance(playlist_id: int) -> float | None:
    return await asyncio.to_thread(_advance_now, playlist_id)


def _advance_now(playlist_id: int) -> float | None:
    try:
        return sending.advance(process.context(), playlist_id)
    except TTTError as error:
        raise JobFailed(str(explain(error))) from None


@step
async def _advance_import(import_id: int) -> float | None:
    return await asyncio.to_thread(imports.advance, process.context(), import_id)


@step
def _share(spotify_ids: list[str]) -> None:
    enrich.share(process.context(), spotify_ids)


@step
def _plan() -> list[tuple[str, str]]:
    return [(kind.value, source.value) for kind, source in sources.plan(process.context())]


@step
def _due_portions(kind: str, source: str, spotify_ids: list[str]) -> list[list[list[str]]]:
    context = process.context()
    batches = enrich.due_batches(context, Kind(kind), Source(source), spotify_ids)
    size = sources.together(context, Source(source))
    return [batches[start : start + size] for start in range(0, len(batches), size)]


@step
def _ask(kind: str, source: str, spotify_ids: list[str], user_id: int | None) -> dict[str, Any]:
    context = process.context()
    # Requests of one portion are about a second's; what is left of it is waited for here.
    return asdict(enrich.ask(context, Kind(kind), Source(source), spotify_ids, user_id, sleep))


@step
def _refresh(user_id: int, period: str) -> None:
    context = process.context()
    try:
        top_tracks.refresh(context, accounts.by_id(context, user_id), [Period(period)])
    except TTTError as error:
        # DBOS keeps it, and admins read it in the list of jobs.
        raise JobFailed(str(explain(error))) from None


@step
def _due_people() -> list[int]:
    return top_tracks.people_due(process.context())


@step
def _heard() -> list[str]:
    context = process.context()
    return heard.waiting(context, more=heard.borrow(context))


@step
def _waiting(user_id: int | None) -> list[str]:
    context = process.context()
    person = None if user_id is None else accounts.by_id(context, user_id)
    return enrich.waiting(context, person)
