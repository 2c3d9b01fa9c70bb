"""The workflows: killed in the middle, each goes on after its last finished step.

Their arguments and results are plain data, as they are kept in a database.
"""

from collections import deque
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict
from datetime import datetime
from typing import Any

from dbos import DBOS, SetEnqueueOptions, SetWorkflowID

from ttt.errors import SpotifyError
from ttt.found import Kind, Source
from ttt.jobs import process
from ttt.music import Period
from ttt.services import accounts, enrich, sources, top_tracks
from ttt.services.enrich import Asked
from ttt.services.explain import explain

ENRICH = "enrich"
SNAPSHOT = "snapshot"
# Enough that every process has a portion to work on, and few enough to stop in time.
_PORTIONS_UNDER_WAY = 4
_LOOK_EVERY = 0.25
_SWEPT_TOGETHER = 500
_AFTER_PEOPLE = 10


class JobFailed(Exception):
    """A job could not be done; the message is for people."""


def queue_of(source: Source) -> str:
    """Queue of the requests to one service."""
    return f"ask {source}"


@DBOS.workflow(name=ENRICH)
def enrich_tracks(spotify_ids: list[str], user_id: int | None) -> dict[str, dict[str, Any]]:
    """Ask every source in its order about the tracks; return what became of it, by source.

    Without a person it is nobody's wait, and those of people go first.
    """
    _share(spotify_ids)
    told: dict[str, Asked] = {}
    for kind, source in _plan():
        asked = _ask_until_known(kind, source, spotify_ids, user_id)
        told[source] = told.get(source, Asked()) + asked
    return {source: asdict(asked) for source, asked in told.items()}


@DBOS.workflow(name="ask")
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


@DBOS.workflow(name="start snapshots")
def start_due_snapshots(scheduled: datetime, _context: Any) -> None:
    """Start the snapshots whose time of the day has come; one that failed, six hours later."""
    for user_id in _due_people():
        with SetWorkflowID(f"snapshot-{user_id}-{scheduled:%Y%m%d}-{scheduled.hour // 6}"):
            DBOS.enqueue_workflow(SNAPSHOT, take_snapshot, user_id)


@DBOS.workflow(name="start look-ups")
def start_due_lookups(_scheduled: datetime, _context: Any) -> None:
    """Ask about listed tracks whose values are old, were missed long ago or could not be asked."""
    waiting = _waiting(None)
    for start in range(0, len(waiting), _SWEPT_TOGETHER):
        with SetEnqueueOptions(
            deduplication_id=f"sweep-{start}",
            duplication_policy="return-existing",
            priority=_AFTER_PEOPLE,
        ):
            DBOS.enqueue_workflow(
                ENRICH, enrich_tracks, waiting[start : start + _SWEPT_TOGETHER], None
            )


def _ask_until_known(
    kind: str, source: str, spotify_ids: Sequence[str], user_id: int | None
) -> Asked:
    """Ask until nothing is due: a miss can make the same recording's other id due."""
    total = Asked()
    while not total.blocked:
        portions = _due_portions(kind, source, list(spotify_ids))
        if not portions:
            break
        total += _ask_portions(kind, source, portions, user_id)
    return total


def _ask_portions(
    kind: str, source: str, portions: Sequence[list[list[str]]], user_id: int | None
) -> Asked:
    total, under_way = Asked(), deque[Any]()
    for portion in portions:
        if len(under_way) == _PORTIONS_UNDER_WAY:
            total += _result(under_way.popleft())
        if total.blocked:
            break
        with _politely(user_id):
            queue = queue_of(Source(source))
            under_way.append(DBOS.enqueue_workflow(queue, ask, kind, source, portion, user_id))
    return sum(map(_result, under_way), total)


def _result(request: Any) -> Asked:
    return Asked(**request.get_result(polling_interval_sec=_LOOK_EVERY))


def _politely(user_id: int | None) -> AbstractContextManager[Any]:
    return SetEnqueueOptions(priority=_AFTER_PEOPLE) if user_id is None else nullcontext()


@DBOS.step()
def _share(spotify_ids: list[str]) -> None:
    enrich.share(process.context(), spotify_ids)


@DBOS.step()
def _plan() -> list[tuple[str, str]]:
    return [(kind.value, source.value) for kind, source in sources.plan(process.context())]


@DBOS.step()
def _due_portions(kind: str, source: str, spotify_ids: list[str]) -> list[list[list[str]]]:
    context = process.context()
    batches = enrich.due_batches(context, Kind(kind), Source(source), spotify_ids)
    size = sources.together(context, Source(source))
    return [batches[start : start + size] for start in range(0, len(batches), size)]


@DBOS.step()
def _ask(kind: str, source: str, spotify_ids: list[str], user_id: int | None) -> dict[str, Any]:
    context = process.context()
    return asdict(enrich.ask(context, Kind(kind), Source(source), spotify_ids, user_id))


@DBOS.step()
def _refresh(user_id: int, period: str) -> None:
    context = process.context()
    try:
        top_tracks.refresh(context, accounts.by_id(context, user_id), [Period(period)])
    except SpotifyError as error:
        # As words: DBOS keeps errors, and ours do not survive being stored.
        raise JobFailed(str(explain(error))) from None


@DBOS.step()
def _due_people() -> list[int]:
    return top_tracks.people_due(process.context())


@DBOS.step()
def _waiting(user_id: int | None) -> list[str]:
    context = process.context()
    person = None if user_id is None else accounts.by_id(context, user_id)
    return enrich.waiting(context, person)
