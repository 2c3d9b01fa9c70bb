"""The workflows: killed in the middle, each goes on after its last finished step."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from dbos import DBOS, SetWorkflowID

from ttt.errors import SpotifyError
from ttt.found import Kind, Source
from ttt.jobs import process
from ttt.services import accounts, enrich, sources, top_tracks
from ttt.services.explain import explain

ENRICH = "enrich"
SNAPSHOT = "snapshot"


class JobFailed(Exception):
    """A job could not be done; the message is for people."""


def queue_of(source: Source) -> str:
    """Queue of the requests to one service."""
    return f"ask {source}"


@DBOS.workflow(name=ENRICH)
def enrich_tracks(spotify_ids: list[str], user_id: int | None) -> None:
    """Ask every source in its order about the tracks that it should be asked about."""
    for kind, source in sources.plan(process.context()):
        batches = _due_batches(source, kind, spotify_ids)
        requests = [
            DBOS.enqueue_workflow(queue_of(source), ask, source, kind, batch, user_id)
            for batch in batches
        ]
        for request in requests:
            request.get_result()


@DBOS.workflow(name="ask")
def ask(source: str, kind: str, spotify_ids: list[str], user_id: int | None) -> dict[str, Any]:
    """Make one request to a source."""
    return _ask(source, kind, spotify_ids, user_id)


@DBOS.workflow(name=SNAPSHOT)
def take_snapshot(user_id: int) -> None:
    """Fetch a person's three top lists, then the values of what is new on them."""
    spotify_ids = _refresh(user_id)
    DBOS.start_workflow(enrich_tracks, spotify_ids, user_id)


@DBOS.workflow(name="daily snapshots")
def start_due_snapshots(scheduled: datetime, _context: Any) -> None:
    """Start the snapshots whose time of the day has come."""
    for user_id in _due_people():
        with SetWorkflowID(f"snapshot-{user_id}-{scheduled:%Y%m%d}"):
            DBOS.enqueue_workflow(SNAPSHOT, take_snapshot, user_id)


@DBOS.workflow(name="refresh old values")
def start_due_lookups(_scheduled: datetime, _context: Any) -> None:
    """Ask again about listed tracks whose values are old or were missed long ago."""
    for batch in _listed_tracks():
        DBOS.enqueue_workflow(ENRICH, enrich_tracks, batch, None)


@DBOS.step()
def _due_batches(source: Source, kind: Kind, spotify_ids: list[str]) -> list[list[str]]:
    due = enrich.due(process.context(), source, kind, spotify_ids)
    size = sources.batch(process.context(), source)
    return [due[start : start + size] for start in range(0, len(due), size)]


@DBOS.step()
def _ask(source: str, kind: str, spotify_ids: list[str], user_id: int | None) -> dict[str, Any]:
    asked = enrich.ask(process.context(), Source(source), Kind(kind), spotify_ids, user_id)
    return asdict(asked) | {"trouble": str(explain(asked.trouble)) if asked.trouble else None}


@DBOS.step()
def _refresh(user_id: int) -> list[str]:
    context = process.context()
    person = accounts.by_id(context, user_id)
    try:
        top_tracks.refresh(context, person)
    except SpotifyError as error:
        # As words: DBOS keeps errors, and ours do not survive being stored.
        raise JobFailed(str(explain(error))) from None
    return top_tracks.spotify_ids(context, person)


@DBOS.step()
def _due_people() -> list[int]:
    return top_tracks.people_due(process.context())


@DBOS.step()
def _listed_tracks() -> list[list[str]]:
    listed = enrich.listed_tracks(process.context())
    return [listed[start : start + _SWEEP] for start in range(0, len(listed), _SWEEP)]


_SWEEP = 500
