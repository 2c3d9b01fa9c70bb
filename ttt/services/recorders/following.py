"""Follows an account at Last.fm or ListenBrainz: first what is new, then its whole past.

A page is one request and is kept in one transaction together with how far it is, so that whatever
is cut off goes on where it stopped, and what comes twice is there already.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session

from ttt.errors import InvalidInput, NotFound, ProviderBlocked, ProviderError
from ttt.found import Source
from ttt.models import Recorder
from ttt.plays import PlaySource
from ttt.providers.followed.pages import Followed, Page
from ttt.providers.followed.registry import followed
from ttt.services.accounts.trail import record
from ttt.services.context import Context
from ttt.services.explain import explain
from ttt.services.person import Person, own
from ttt.services.plays.taking import Taker
from ttt.services.recorders import private, timing, walking
from ttt.services.recorders.walking import Cursor
from ttt.services.values import limits, sources
from ttt.store import locks
from ttt.store.accounts import users
from ttt.store.plays import recorders

LASTFM, LISTENBRAINZ = "lastfm", "listenbrainz"
KINDS = (LASTFM, LISTENBRAINZ)
_SOURCES = {LASTFM: PlaySource.LASTFM, LISTENBRAINZ: PlaySource.LISTENBRAINZ}
_LISTENBRAINZ_BUDGET = 20_000
_MOST = 5
_NAME = re.compile(r"[\w.~+ -]{1,64}")
_UNKNOWN_FOR = timedelta(days=1)
_AHEAD = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Read:
    """What a page came to; `cursor` is where the next one begins, None when that is enough."""

    cursor: Cursor | None = None
    new: int = 0


def why_off(context: Context, kind: str) -> str | None:
    """Why accounts of a kind cannot be followed at all, as a sentence."""
    return _service(context, kind).why_off


def takes_token(context: Context, kind: str) -> bool:
    """Whether an account of this kind that hides its plays shows them to who has its token."""
    return _service(context, kind).takes_token


def follow(
    context: Context, person: Person, kind: str, account: str, token: str | None = None
) -> int:
    """Follow an account from now on; return the recorder's id.

    A `token` opens an account that hides its plays; for one that is followed already it takes the
    place of the former. InvalidInput for what cannot be a name or a token there, and for more
    accounts than anybody has.
    """
    service, account = _service(context, kind), account.strip()
    if service.why_off is not None:
        raise InvalidInput(service.why_off)
    if not _NAME.fullmatch(account):
        raise InvalidInput("Type the username that the account has there.")
    kept = private.sealed(context, token or "", takes_token=service.takes_token)
    with context.session() as session:
        own(session, person)
        users.touch(session, person.id)
        mine = [r for r in recorders.of_user(session, person.id) if r.kind == kind]
        for recorder in mine:
            if recorder.account.casefold() == account.casefold():
                return _with_token(context, session, person, recorder, kept)
        if len(mine) >= _MOST:
            raise InvalidInput(f"You follow {_MOST} accounts there: leave one first.")
        named = {"user_id": person.id, "kind": kind, "account": account}
        recorder_id = _begin(context, session, {**named, **kept})
        record(context, session, person, f"{kind} account followed")
        session.commit()
    return recorder_id


def _begin(context: Context, session: Session, fields: Mapping[str, Any]) -> int:
    """A recorder that looks at once; its id."""
    now = context.now()
    return recorders.add(session, Recorder(**fields, started_at=now, next_at=now))


def unfollow(context: Context, person: Person, recorder_id: int) -> None:
    """Follow an account no longer; its plays stay. NotFound when it is not followed (any more)."""
    with context.session() as session:
        mine = {r.id: r for r in recorders.of_user(session, person.id) if r.kind in KINDS}
        if recorder_id not in mine or not recorders.remove(session, person.id, recorder_id):
            raise NotFound("account that you follow")
        users.touch(session, person.id)
        record(context, session, person, f"{mine[recorder_id].kind} account left")
        session.commit()


def due(context: Context) -> list[tuple[int, int]]:
    """Followed accounts whose time has come, with their users."""
    with context.session() as session:
        return recorders.due(session, _on(context), context.now())


def recorded(context: Context) -> list[str]:
    """Kinds of recorders that this server can run."""
    return [recorders.SPOTIFY, *_on(context)]


def _on(context: Context) -> list[str]:
    return [kind for kind in KINDS if why_off(context, kind) is None]


def page(context: Context, recorder_id: int, cursor: Cursor | None = None) -> Read:
    """Read one page: the newest without a cursor; one request at a time to each service."""
    kind = _kind(context, recorder_id)
    if kind is None:
        return Read()
    with locks.held(context.direct, f"following {kind}"):
        with context.session() as session:
            recorder = recorders.get(session, recorder_id)
        if recorder is None or (cursor is None and not _is_due(context, recorder)):
            return Read()
        cursor, token = cursor or walking.start(), private.opened(context, recorder)
        if token is None:
            return _unknown(context, recorder)
        try:
            found = _ask(context, recorder, cursor["before"], token)
        except ProviderError as error:
            return _failed(context, recorder, error)
        if found is None:
            return _unknown(context, recorder)
        with context.session() as session:
            read = _keep(context, session, recorder, cursor, found)
            session.commit()
    return read


def _kind(context: Context, recorder_id: int) -> str | None:
    with context.session() as session:
        recorder = recorders.get(session, recorder_id)
    return None if recorder is None else recorder.kind


def _with_token(
    context: Context, session: Session, person: Person, recorder: Recorder, kept: dict[str, Any]
) -> int:
    """Take a new token for an account that is followed, and look with it at once."""
    if kept:
        now = context.now()
        recorders.change(session, recorder.id, next_at=now, failures=0, error=None, **kept)
        record(context, session, person, f"{recorder.kind} token replaced")
        session.commit()
    return recorder.id


def _ask(context: Context, recorder: Recorder, before: int | None, token: str) -> Page | None:
    name, budget = _limits(context, recorder.kind)
    with limits.asking(context, recorder.kind, name, budget):
        latest = int((context.now() + _AHEAD).timestamp())
        found = _service(context, recorder.kind).page(recorder.account, before, latest, token)
    with context.session() as session:
        limits.note_answer(context, session, name, 0, 0)
        session.commit()
    return found


def _keep(
    context: Context, session: Session, recorder: Recorder, cursor: Cursor, found: Page
) -> Read:
    source = _SOURCES[recorder.kind]
    taken = Taker(context, recorder.user_id, source).take(session, found.plays)
    following, changes = walking.onwards(recorder, cursor, found)
    if following is None:
        zone = users.time_zone(session, recorder.user_id)
        now = context.now()
        news = taken.new > 0
        changes["next_at"] = timing.next_look(now, zone, recorder.asked_at, news=news)
        changes["asked_at"] = now
    plays = recorder.plays + taken.new
    recorders.change(
        session, recorder.id, plays=plays, failures=0, error=None, ended_at=None, **changes
    )
    return Read(following, taken.new)


def _failed(context: Context, recorder: Recorder, error: ProviderError) -> Read:
    now, failures = context.now(), recorder.failures + 1
    next_at = timing.after_failure(now, failures)
    if isinstance(error, ProviderBlocked):
        next_at, failures = max(error.until, now), recorder.failures
    _change(context, recorder, next_at, failures, str(explain(error)))
    return Read()


def _unknown(context: Context, recorder: Recorder) -> Read:
    words = private.why_hidden(recorder, takes_token=takes_token(context, recorder.kind))
    _change(context, recorder, context.now() + _UNKNOWN_FOR, recorder.failures + 1, words)
    return Read()


def _change(
    context: Context, recorder: Recorder, next_at: datetime, failures: int, words: str
) -> None:
    told = {"next_at": next_at, "failures": failures, "error": words[:300]}
    asked_at = recorders.asked_at(recorder, context.now())
    with context.session() as session:
        recorders.change(session, recorder.id, asked_at=asked_at, **told)
        session.commit()


def _is_due(context: Context, recorder: Recorder) -> bool:
    return recorders.is_due(recorder, context.now())


def _service(context: Context, kind: str) -> Followed:
    found = followed(context.settings, context.now).get(kind)
    if found is None:
        raise NotFound("service to follow accounts at")
    return found


def _limits(context: Context, kind: str) -> tuple[str, int]:
    """Under which name limits are kept, and the day's budget."""
    if kind == LASTFM:
        return sources.service(context, Source.LASTFM), sources.budget(context, Source.LASTFM)
    return "listenbrainz listens", _LISTENBRAINZ_BUDGET
