"""Passes on to ListenBrainz what players send here, as most of them can send to one place only.

What is to be passed on is kept in the transaction that takes the plays in, and deleted once it is
there. What was sent and could not be noted is sent again, which ListenBrainz keeps once.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import TypeVar

import msgspec
from sqlmodel import Session, col

from ttt.errors import InvalidInput, NotFound, ProviderBlocked, ProviderError
from ttt.models import Relay
from ttt.providers.clock import Clock
from ttt.providers.http import Client
from ttt.providers.relayed.listenbrainz import NAME, ListenBrainz, Sent
from ttt.services.accounts.trail import record
from ttt.services.context import Context
from ttt.services.explain import explain
from ttt.services.keys.vault import fingerprint
from ttt.services.person import Person, own
from ttt.services.recorders import private, timing
from ttt.services.recorders.players.listens import Submission
from ttt.services.values import limits
from ttt.settings import Settings
from ttt.store import locks
from ttt.store.plays.players import relays, submit_tokens

T = TypeVar("T")
MOST_WAITING = 20_000
_AT_A_TIME = 100
_SERVICE, _BUDGET = "listenbrainz submissions", 20_000
_LOCK = "passing on"
_TURNED_AWAY_FOR = timedelta(days=1)
_UNREADABLE = "This server can no longer read the token: paste it again."
_TURNED_AWAY = "ListenBrainz does not take this token: paste the one from your settings there."


@dataclass(frozen=True, slots=True)
class Relaying:
    """To whose account listens go, how many went there, and how many wait; times are aware UTC.

    `left_out` ListenBrainz did not take, or came while MOST_WAITING waited. `trouble` says in words
    what is in the way.
    """

    account: str
    passed: int
    passed_at: datetime | None
    waiting: int
    left_out: int
    trouble: str | None


def begin(context: Context, person: Person, token: str) -> str:
    """Pass on what comes from now on to the account of a token; return its name.

    What waits already goes there too. InvalidInput for what is no token there, ProviderError where
    ListenBrainz cannot be asked.
    """
    sealed = private.sealed(context, token, takes_token=True)
    if not sealed:
        raise InvalidInput("Paste your token from ListenBrainz.")
    token = token.strip()
    with context.session() as session:
        if submit_tokens.find(session, fingerprint(token)) is not None:
            raise InvalidInput("That is a token of this server: paste the one from ListenBrainz.")
    account = _ask(context, lambda service: service.account(token))
    if account is None:
        raise InvalidInput("ListenBrainz does not know that token: copy it from your settings.")
    now = context.now()
    with context.session() as session:
        own(session, person)
        named = {"account": account[:120], "next_at": now, **sealed}
        if relays.get(session, person.id) is None:
            relays.add(session, Relay(user_id=person.id, started_at=now, **named))
        else:
            relays.change(session, person.id, failures=0, error=None, **named)
        record(context, session, person, "passing on begun")
        session.commit()
    return account


def stop(context: Context, person: Person) -> None:
    """Pass nothing on any longer, nor what waits; NotFound when nothing is passed on."""
    with context.session() as session:
        if not relays.remove(session, person.id):
            raise NotFound("account to pass on to")
        record(context, session, person, "passing on stopped")
        session.commit()


def state(context: Context, person: Person) -> Relaying | None:
    """How passing on stands, None where nothing is passed on."""
    with context.session() as session:
        relay = relays.get(session, person.id)
        waiting = relays.count(session, person.id) if relay else 0
    if relay is None:
        return None
    return Relaying(
        account=relay.account,
        passed=relay.passed,
        passed_at=relay.passed_at,
        waiting=waiting,
        left_out=relay.left_out,
        trouble=relay.error,
    )


def take(session: Session, user_id: int, sent: Submission) -> None:
    """Let what was sent wait, within the session's transaction, where somebody passes on."""
    relay = relays.get(session, user_id)
    if relay is None:
        return
    room = max(0, MOST_WAITING - relays.count(session, user_id))
    listens = _listens(sent)
    if listens[:room]:
        relays.wait(session, user_id, listens[:room])
    if listens[room:]:
        left_out = col(Relay.left_out) + len(listens) - room
        relays.change(session, user_id, left_out=left_out)


def due(context: Context) -> list[int]:
    """For whom listens wait that may go on now."""
    with context.session() as session:
        return relays.due(session, context.now())


def advance(context: Context, user_id: int) -> bool:
    """Pass on the first that wait; whether more may wait. One request to ListenBrainz at a time."""
    with locks.held(context.direct, _LOCK):
        with context.session() as session:
            relay = relays.get(session, user_id)
            waiting = relays.waiting(session, user_id, _AT_A_TIME)
        if relay is None or not waiting or not relays.is_due(relay, context.now()):
            return False
        token = context.vault.decrypt(relay.token_encrypted)
        if token is None:
            return _rest(context, relay, context.now() + _TURNED_AWAY_FOR, _UNREADABLE)
        try:
            left_out = _send(context, token, [listen for _, listen in waiting])
        except ProviderError as error:
            return _failed(context, relay, error)
        if left_out is None:
            return _rest(context, relay, context.now() + _TURNED_AWAY_FOR, _TURNED_AWAY)
        _note(context, relay, [i for i, _ in waiting], left_out)
    return len(waiting) == _AT_A_TIME


def _send(context: Context, token: str, listens: Sequence[bytes]) -> int | None:
    """Send listens; how many were not taken, None where the token opens nothing.

    Where one of them is refused all are: then halves are sent, down to that one.
    """
    match _ask(context, lambda service: service.send(token, listens)):
        case Sent.NO_TOKEN:
            return None
        case Sent.TAKEN:
            return 0
    if len(listens) == 1:
        return 1
    half = len(listens) // 2
    first = _send(context, token, listens[:half])
    second = None if first is None else _send(context, token, listens[half:])
    return None if first is None or second is None else first + second


def _note(context: Context, relay: Relay, ids: Sequence[int], left_out: int) -> None:
    """Forget what went there or never will, and count it."""
    passed = len(ids) - left_out
    news = {"passed_at": context.now()} if passed else {}
    counts = {"passed": col(Relay.passed) + passed, "left_out": col(Relay.left_out) + left_out}
    with context.session() as session:
        relays.forget(session, ids)
        relays.change(session, relay.user_id, failures=0, error=None, **counts, **news)
        session.commit()


def _failed(context: Context, relay: Relay, error: ProviderError) -> bool:
    now, failures = context.now(), relay.failures + 1
    next_at = timing.after_failure(now, failures)
    if isinstance(error, ProviderBlocked):
        next_at, failures = max(error.until, now), relay.failures
    return _rest(context, relay, next_at, str(explain(error)), failures)


def _rest(context: Context, relay: Relay, next_at: datetime, words: str, failures: int = 0) -> bool:
    """Let what waits wait longer, unless another token was given meanwhile."""
    with context.session() as session:
        fresh = relays.get(session, relay.user_id)
        if fresh is not None and fresh.token_encrypted == relay.token_encrypted:
            told = {"next_at": next_at, "failures": failures, "error": words[:300]}
            relays.change(session, relay.user_id, **told)
        session.commit()
    return False


class _Told(msgspec.Struct):
    track_metadata: msgspec.Raw


def _listens(sent: Submission) -> list[bytes]:
    """Listens as they go on: what the player told of the track, word for word."""
    return [
        msgspec.json.encode(
            {
                "listened_at": play.told_at,
                "track_metadata": msgspec.json.decode(raw, type=_Told).track_metadata,
            }
        )
        for play, raw in zip(sent.plays, sent.raw, strict=True)
    ]


def _ask(context: Context, request: Callable[[ListenBrainz], T]) -> T:
    with limits.asking(context, NAME, _SERVICE, _BUDGET):
        answer = request(_service(context))
    with context.session() as session:
        limits.note_answer(context, session, _SERVICE, 0, 0)
        session.commit()
    return answer


def _service(context: Context) -> ListenBrainz:
    return _made(context.settings, context.now)


@lru_cache(maxsize=4)
def _made(settings: Settings, now: Clock) -> ListenBrainz:
    return ListenBrainz(Client(settings, now), settings.listenbrainz_url)
