"""A person's Spotify: connecting, disconnecting, and each call on their behalf."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from sqlmodel import Session

from ttt.errors import (
    RateLimited,
    ReconnectNeeded,
    ScopeMissing,
    UnexpectedAnswer,
)
from ttt.models import ServiceBlock, SpotifyAccount
from ttt.providers.spotify import (
    Profile,
    Spotify,
    Token,
    authorize_url,
    code_challenge,
    exchange,
    new_verifier,
    redirect_error,
)
from ttt.services import spotify_state
from ttt.services.context import Context
from ttt.services.permissions import NEEDS, SCOPES, Purpose
from ttt.services.person import Person
from ttt.services.spotify_token import StoredToken, TokenInMemory
from ttt.services.trail import record
from ttt.store import holdings, snapshots, spotify, users

AUTHORIZATION_LASTS = timedelta(days=182)
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
        """Whether it was granted what playlists or playback need."""
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
        block = _current_block(context, session)
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
    verifier = new_verifier()
    state = spotify_state.keep(context, person, verifier, next_path)
    return authorize_url(context.settings, state, code_challenge(verifier), SCOPES)


def finish(context: Context, person: Person, answer: Mapping[str, str]) -> str:
    """Take Spotify's redirect parameters, connect, and return where the person came from.

    Raises a SpotifyError and stores nothing when the answer is not good, TooManyTries while there
    is a wait after answers that did not belong here.
    """
    state = spotify_state.claim(context, person, answer.get("state", ""))
    if "error" in answer:
        raise redirect_error(answer["error"])
    code, verifier = answer.get("code"), context.vault.decrypt(state.verifier_encrypted)
    if not code or verifier is None:
        raise UnexpectedAnswer("accounts")
    with _limits_kept(context):
        token = exchange(context.settings, code, verifier, context.now)
        profile = Spotify(context.settings, TokenInMemory(token), now=context.now).me()
    _save(context, person, token, profile)
    return state.next_path


def disconnect(context: Context, person: Person) -> None:
    """Delete the token and everything that came from the person's Spotify account."""
    with context.session() as session:
        spotify.delete_account(session, person.id)
        snapshots.delete_all(session, person.id)
        holdings.delete_orphans(session)
        users.touch(session, person.id)
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
    _require_unblocked(context)
    if purpose is not None:
        require(context, person, purpose)
    token = StoredToken(context, person.id)
    client = Spotify(context.settings, token, now=context.now)
    try:
        with _limits_kept(context):
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
        before = spotify.account(session, person.id)
        if before is not None and not _same_listener(before, account):
            snapshots.delete_all(session, person.id)
        spotify.save_account(session, account)
        users.touch(session, person.id)
        record(context, session, person, "spotify connected")
        session.commit()


def _same_listener(before: SpotifyAccount, after: SpotifyAccount) -> bool:
    # The id of an account can change, account_id never does; old rows and answers lack it.
    if before.account_id and after.account_id:
        return before.account_id == after.account_id
    return before.spotify_id == after.spotify_id


def _service(context: Context) -> str:
    # Spotify counts requests per app, so all people of this server share a block.
    return f"spotify:{context.settings.client_id}"


def _current_block(context: Context, session: Session) -> ServiceBlock | None:
    block = spotify.block(session, _service(context))
    return block if block is not None and block.until > context.now() else None


def _require_unblocked(context: Context) -> None:
    with context.session() as session:
        block = _current_block(context, session)
    if block is not None:
        raise RateLimited(block.until, block.quota)


@contextmanager
def _limits_kept(context: Context) -> Iterator[None]:
    """Keep until when Spotify asks to be left alone."""
    try:
        yield
    except RateLimited as limit:
        block = ServiceBlock(service=_service(context), until=limit.until, quota=limit.quota)
        with context.session() as session:
            spotify.save_block(session, block)
            session.commit()
        raise
