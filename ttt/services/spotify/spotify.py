"""A person's Spotify: connecting, disconnecting, and each call on their behalf."""

import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from ttt.errors import (
    CallbackRejected,
    ClientRefused,
    RateLimited,
    ReconnectNeeded,
    ScopeMissing,
    UnexpectedAnswer,
)
from ttt.models import OAuthState, SpotifyAccount
from ttt.providers.spotify import (
    Profile,
    Spotify,
    Token,
    authorize_url,
    exchange,
    redirect_error,
)
from ttt.services.accounts import throttle
from ttt.services.accounts.trail import record
from ttt.services.context import Context
from ttt.services.doors.sign_in import local_path
from ttt.services.keys.vault import fingerprint
from ttt.services.person import Person
from ttt.services.spotify import block as spotify_block
from ttt.services.spotify.permissions import NEEDS, SCOPES, Purpose
from ttt.services.spotify.token import StoredToken, TokenInMemory
from ttt.store.accounts import users
from ttt.store.plays import recorders
from ttt.store.spotify import snapshots, spotify
from ttt.store.tracks import holdings

AUTHORIZATION_LASTS = timedelta(days=182)
_STATE_LIFE = timedelta(minutes=10)
# Spotify's codes are good for ten minutes, of which the way here took some.
_ANSWER_KEPT = timedelta(minutes=8)
Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Connection:
    """A person's connection as pages show it; times are aware UTC."""

    display_name: str
    demo: bool
    authorized_at: datetime
    usable: bool
    blocked_until: datetime | None
    quota_used_up: bool
    granted: frozenset[str] = frozenset()

    def allows(self, purpose: Purpose) -> bool:
        """Whether it was granted what this needs."""
        return self.granted >= NEEDS[purpose]

    @property
    def complete(self) -> bool:
        """Whether connecting anew would bring nothing."""
        return self.usable and self.granted >= set(SCOPES)

    @property
    def ends_at(self) -> datetime:
        """When Spotify is going to ask for a new authorization, about."""
        return self.authorized_at + AUTHORIZATION_LASTS


def connection(context: Context, person: Person) -> Connection | None:
    """How the person is connected, None when they are not."""
    with context.session() as session:
        account = spotify.account(session, person.id)
        if account is None:
            return None
        block = spotify_block.current(context, session)
    return Connection(
        display_name=account.display_name,
        demo=context.settings.demo,
        authorized_at=account.authorized_at,
        usable=account.token_encrypted is not None
        and account.client_id == context.settings.client_id,
        blocked_until=None if block is None else block.until,
        quota_used_up=block is not None and block.quota,
        granted=_granted(context, account),
    )


def begin(context: Context, person: Person, next_path: str) -> str:
    """Address of Spotify's consent page; the answer to it is good once, within ten minutes."""
    state, verifier = secrets.token_urlsafe(32), secrets.token_urlsafe(64)
    with context.session() as session:
        spotify.add_state(
            session,
            OAuthState(
                state_hash=fingerprint(state),
                user_id=person.id,
                verifier_encrypted=context.vault.encrypt(verifier),
                next_path=local_path(next_path),
                expires_at=context.now() + _STATE_LIFE,
            ),
        )
        session.commit()
    return authorize_url(context.settings, state, verifier, SCOPES)


def finish(context: Context, person: Person, answer: Mapping[str, str]) -> str:
    """Take Spotify's redirect parameters, connect, and return where the person came from.

    Raises a SpotifyError and stores nothing when the answer is not good, TooManyTries while there
    is a wait after answers that did not belong here, and RateLimited, without asking and without
    spending the answer, while Spotify wants to be left alone.
    """
    try:
        spotify_block.require_none(context)
    except RateLimited as limit:
        kept = limit.until <= context.now() + _ANSWER_KEPT
        raise RateLimited(limit.until, limit.quota, "kept" if kept else "lost") from None
    failure = throttle.count(context, "spotify", person.username, person.address)
    state = _claim(context, person, answer.get("state", ""))
    with context.session() as session:
        throttle.forgive(context, session, failure)
        session.commit()
    if "error" in answer:
        raise redirect_error(answer["error"])
    code, verifier = answer.get("code"), context.vault.decrypt(state.verifier_encrypted)
    if not code or verifier is None:
        raise UnexpectedAnswer("accounts")
    token, profile = _connected(context, person, code, verifier)
    _save(context, person, token, profile)
    return state.next_path


def _connected(context: Context, person: Person, code: str, verifier: str) -> tuple[Token, Profile]:
    try:
        with _told(person), spotify_block.kept(context):
            token = exchange(context.settings, code, verifier, context.now, SCOPES)
            profile = Spotify(context.settings, TokenInMemory(token), now=context.now).me()
    except RateLimited as limit:
        raise RateLimited(limit.until, limit.quota, "lost") from None
    return token, profile


@contextmanager
def _told(person: Person) -> Iterator[None]:
    """Say in a refusal of the app itself whether the person can set it right."""
    try:
        yield
    except ClientRefused:
        raise ClientRefused(admin=person.is_admin) from None


def disconnect(context: Context, person: Person) -> None:
    """Delete the token and everything that came from the person's Spotify account."""
    with context.session() as session:
        users.touch(session, person.id)  # a refresh on its way takes turns
        spotify.delete_account(session, person.id)
        snapshots.delete_all(session, person.id)
        holdings.delete_orphans(session)
        record(context, session, person, "spotify disconnected")
        session.commit()


def call(
    context: Context,
    person: Person,
    request: Callable[[Spotify], Answer],
    purpose: Purpose | None = None,
) -> Answer:
    """Make a request on the person's behalf; never sleeps.

    Raises NotConnected without an account, ReconnectNeeded when the authorization is gone
    (the token is dropped) and, without asking, RateLimited while Spotify wants to be left alone
    and ScopeMissing when the `purpose` was not granted.
    """
    spotify_block.require_none(context)
    if purpose is not None:
        require(context, person, purpose)
    token = StoredToken(context, person.id)
    client = Spotify(context.settings, token, now=context.now)
    try:
        with _told(person), spotify_block.kept(context):
            return request(client)
    except ReconnectNeeded:
        token.drop()
        raise


def _granted(context: Context, account: SpotifyAccount) -> frozenset[str]:
    text = context.vault.decrypt(account.token_encrypted) if account.token_encrypted else None
    return frozenset(Token.from_json(text).scope.split()) if text else frozenset()


def require(context: Context, person: Person, purpose: Purpose) -> None:
    """Raise NotConnected, ReconnectNeeded or ScopeMissing unless the purpose was granted."""
    if not NEEDS[purpose] <= set(StoredToken(context, person.id).load().scope.split()):
        raise ScopeMissing(purpose)


def _claim(context: Context, person: Person, state: str) -> OAuthState:
    if not state:
        raise CallbackRejected("missing")
    state_hash, now = fingerprint(state), context.now()
    with context.session() as session:
        claimed = spotify.claim_state(session, state_hash, person.id, now)
        session.commit()
        found = spotify.state(session, state_hash)
    if found is None:
        raise CallbackRejected("unknown")
    if found.user_id != person.id:
        raise CallbackRejected("foreign")
    if not claimed:
        raise CallbackRejected("used" if found.used_at is not None else "expired")
    return found


def _save(context: Context, person: Person, token: Token, profile: Profile) -> None:
    account = SpotifyAccount(
        user_id=person.id,
        spotify_id=profile.spotify_id,
        account_id=profile.account_id,
        display_name=profile.display_name or profile.spotify_id,
        client_id=context.settings.client_id,
        token_encrypted=context.vault.encrypt(token.to_json()),
        authorized_at=context.now(),
    )
    with context.session() as session:
        users.touch(session, person.id)  # a refresh on its way takes turns
        before = spotify.account(session, person.id)
        if before is not None and not _same_listener(before, account):
            snapshots.delete_all(session, person.id)
        spotify.save_account(session, account)
        recorders.revive(session, person.id, context.now())
        record(context, session, person, "spotify connected")
        session.commit()


def _same_listener(before: SpotifyAccount, after: SpotifyAccount) -> bool:
    # The id of an account can change, account_id never does; old rows and answers lack it.
    if before.account_id and after.account_id:
        return before.account_id == after.account_id
    return before.spotify_id == after.spotify_id
