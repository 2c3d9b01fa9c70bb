"""Records what people play on Spotify: one look at the list of the newest 50 plays at a time.

No cursor: Spotify has no older ones, and the exact key of a play does the rest. A round that was
cut off is made again and adds nothing twice.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlmodel import Session

from ttt.errors import (
    NotConnected,
    NotFound,
    RateLimited,
    ReconnectNeeded,
    ScopeMissing,
    SpotifyError,
)
from ttt.found import Source
from ttt.models import Recorder
from ttt.plays import PlaySource
from ttt.providers.spotify import RecentPlays
from ttt.services.accounts import accounts
from ttt.services.context import Context
from ttt.services.explain import explain
from ttt.services.person import Person, own
from ttt.services.plays.taking import Taker
from ttt.services.recorders import missing, timing
from ttt.services.spotify import clients, lookup, spotify
from ttt.services.spotify.clients import Client
from ttt.services.values import enrich
from ttt.store import locks
from ttt.store.accounts import users
from ttt.store.plays import recorders
from ttt.store.plays.recorders import OFF, SPOTIFY
from ttt.store.spotify import spotify as spotify_store
from ttt.store.tracks import tracks

_SOURCE = PlaySource.SPOTIFY_RECENT
_SCOPE_FAULTS = 3
_LOOK_FOR_PERMISSION = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Round:
    """What a look at somebody's list came to.

    `trouble` is what happened in words, None when all went well; `unread` rows name no play.
    """

    user_id: int
    new: int = 0
    already_there: int = 0
    gap: bool = False
    trouble: str | None = None
    unread: int = 0


def due(context: Context) -> list[tuple[int, int]]:
    """Recorders whose time has come, with their users; whoever connected gets one."""
    now = context.now()
    with context.session() as session:
        connected = clients.connected_people(context, session)
        for user_id in recorders.without(session, connected):
            recorders.add(session, _new(user_id, now))
        missing.lengthen(context, session)
        found = recorders.due(session, [SPOTIFY], now)
        session.commit()
    return found


def of(context: Context, person: Person) -> int:
    """The id of a person's recorder of Spotify's list, made where there is none yet."""
    with context.session() as session:
        found = [r.id for r in recorders.of_user(session, person.id) if r.kind == SPOTIFY]
        recorder_id = found[0] if found else recorders.add(session, _new(person.id, context.now()))
        session.commit()
    return recorder_id


def turn_on(context: Context, person: Person) -> None:
    """Record again from now on."""
    # What was played meanwhile was not to be recorded, and is no gap.
    _change(context, person, next_at=context.now(), newest_at=None, ended_at=None, error=None)


def turn_off(context: Context, person: Person) -> None:
    """Record no longer; what was recorded stays."""
    _change(context, person, next_at=None, error=OFF)


def _change(context: Context, person: Person, **values: Any) -> None:
    recorder_id = of(context, person)
    with context.session() as session:
        own(session, person)
        recorders.change(session, recorder_id, failures=0, **values)
        users.touch(session, person.id)
        session.commit()


def look(context: Context, recorder_id: int, *, at_once: bool = False) -> Round | None:
    """Look at somebody's list, if that is due or wanted at once; None when nothing was to be done.

    All processes together make one request at a time by a client ID.
    """
    client = _asked_by(context, recorder_id)
    if client.demo and clients.real(context):
        _later(context, recorder_id)
        return None  # who looks around at the demo is not to have its plays for their own
    with locks.held(context.direct, f"recording {client.client_id}"):
        recorder = _wanted(context, recorder_id, at_once)
        if recorder is None:
            return None
        try:
            person = accounts.by_id(context, recorder.user_id)
        except NotFound:
            return None
        return _look(context, person, recorder)


def _look(context: Context, person: Person, recorder: Recorder) -> Round:
    with context.session() as session:
        listener = spotify_store.listener(session, person.id)
    source = lookup.source(context, person)
    try:
        told = spotify.call(context, person, lambda client: client.recent(), "recording")
        with context.session() as session:
            users.touch(session, person.id)  # whoever disconnects or connects takes turns
            if spotify_store.listener(session, person.id) != listener:
                raise NotConnected
            made = _keep(context, session, source, _same_account(recorder, listener or ""), told)
            session.commit()
    except SpotifyError as error:
        return _failed(context, recorder, error)
    return made


def _asked_by(context: Context, recorder_id: int) -> Client:
    with context.session() as session:
        recorder = recorders.get(session, recorder_id)
    return clients.serving(context, recorder.user_id if recorder else 0)


def _later(context: Context, recorder_id: int) -> None:
    with context.session() as session:
        recorder = recorders.get(session, recorder_id)
        if recorder is not None and recorder.next_at is not None:
            later = context.now() + _LOOK_FOR_PERMISSION
            recorders.change(session, recorder_id, next_at=later)
        session.commit()


def _wanted(context: Context, recorder_id: int, at_once: bool) -> Recorder | None:
    with context.session() as session:
        recorder = recorders.get(session, recorder_id)
    if recorder is None or at_once:
        return recorder
    return recorder if recorders.is_due(recorder, context.now()) else None


def _new(user_id: int, now: datetime) -> Recorder:
    return Recorder(user_id=user_id, kind=SPOTIFY, started_at=now, next_at=now)


def _same_account(recorder: Recorder, listener: str) -> Recorder:
    """What is known of the list: nothing, where another account is connected than before."""
    if recorder.account in {"", listener}:
        recorder.account = listener
        return recorder
    fresh = {"account": listener, "newest_at": None, "asked_at": None, "ended_at": None}
    return Recorder(**(recorder.model_dump() | fresh))


def _keep(
    context: Context, session: Session, source: Source, recorder: Recorder, told: RecentPlays
) -> Round:
    ids = tracks.save(session, list(told.tracks), source, context.now())
    enrich.from_catalogue(context, session, ids)
    taken = Taker(context, recorder.user_id, _SOURCE).take(session, told.plays)
    gap = missing.judge(context, session, recorder, told)
    now, zone = context.now(), users.time_zone(session, recorder.user_id)
    next_at = timing.next_look(now, zone, recorder.asked_at, news=taken.new > 0)
    recorders.change(
        session,
        recorder.id,
        account=recorder.account,
        asked_at=now,
        newest_at=_newest(recorder, told),
        next_at=None if recorder.error == OFF else next_at,
        plays=recorder.plays + taken.new,
        unread=told.unread,
        failures=0,
        error=OFF if recorder.error == OFF else None,
        ended_at=None,
    )
    there = taken.already_there + taken.double
    return Round(recorder.user_id, taken.new, there, gap, unread=told.unread)


def _newest(recorder: Recorder, told: RecentPlays) -> datetime | None:
    if not told.plays:
        return recorder.newest_at
    newest = datetime.fromtimestamp(told.plays[0].told_at, UTC)
    return newest if recorder.newest_at is None else max(newest, recorder.newest_at)


def _failed(context: Context, recorder: Recorder, error: SpotifyError) -> Round:
    """Keep what happened, and when to try again."""
    now, words = context.now(), str(explain(error))
    changes: dict[str, Any] = {
        "asked_at": recorders.asked_at(recorder, now),
        "next_at": timing.after_failure(now, recorder.failures + 1),
        "failures": recorder.failures + 1,
        "error": words[:300],
    }
    changes |= _after(error, recorder, now)
    if recorder.error == OFF:
        changes |= {"error": OFF, "next_at": None}
    with context.session() as session:
        recorders.change(session, recorder.id, **changes)
        session.commit()
    return Round(recorder.user_id, trouble=changes["error"] or words)


def _after(error: SpotifyError, recorder: Recorder, now: datetime) -> dict[str, Any]:
    """What else is kept after some errors than after others."""
    match error:
        case ReconnectNeeded():
            return {"next_at": None, "ended_at": recorder.ended_at or now}
        case NotConnected():
            # As they wish: nothing is missing.
            return {"next_at": None, "ended_at": None}
        case ScopeMissing(purpose="recording"):
            # Known without asking; whoever reconnects is looked at anyway.
            return {"next_at": now + _LOOK_FOR_PERMISSION, "failures": 0}
        case ScopeMissing() if recorder.failures + 1 < _SCOPE_FAULTS:
            # Spotify says so now and then to whoever granted it.
            return {"next_at": now + timing.SOON, "error": None}
        case RateLimited(until=until):
            return {"next_at": until, "failures": recorder.failures}
    return {}
