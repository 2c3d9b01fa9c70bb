"""Connecting a person's Spotify: to the consent page and back, by the client that serves them."""

import secrets
from collections.abc import Mapping
from datetime import timedelta

from sqlmodel import Session

from ttt.errors import CallbackRejected, NotAllowed, RateLimited, UnexpectedAnswer
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
from ttt.services.spotify import clients, looking, seats
from ttt.services.spotify.clients import Client
from ttt.services.spotify.permissions import SCOPES
from ttt.services.spotify.token import TokenInMemory
from ttt.settings import DEMO_CLIENT_ID
from ttt.store.accounts import users
from ttt.store.plays import recorders
from ttt.store.spotify import snapshots, spotify

# Spotify's codes are good for ten minutes, of which the way here took some.
_STATE_LIFE = spotify.STATE_LIFE
_ANSWER_KEPT = timedelta(minutes=8)


def begin(context: Context, person: Person, next_path: str, *, look_around: bool = False) -> str:
    """Address of Spotify's consent page; the answer to it is good once, within ten minutes.

    Takes a seat where one is needed; NoSeatLeft when there is none, NotSetUp where this server has
    no client ID and no demo. With `look_around` it is the demo's beside a real Spotify; NotAllowed
    where that is off.
    """
    client = _demo(context) if look_around else seats.take(context, person)
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
                client_id=client.client_id,
            ),
        )
        session.commit()
    return authorize_url(client.settings, state, verifier, SCOPES)


def finish(context: Context, person: Person, answer: Mapping[str, str]) -> str:
    """Take Spotify's redirect parameters, connect, and return where the person came from.

    Raises a SpotifyError and stores nothing when the answer is not good, TooManyTries while there
    is a wait after answers that did not belong here, and RateLimited, without asking and without
    spending the answer, while Spotify wants to be left alone.
    """
    client = _asked_by(context, person, answer.get("state", ""))
    _require_no_wait(context, client)
    failure = throttle.count(context, "spotify", person.username, person.address)
    state = _claim(context, person, answer.get("state", ""))
    with context.session() as session:
        throttle.forgive(context, session, failure)
        session.commit()
    if client.client_id != (state.client_id or context.settings.client_id):
        raise CallbackRejected("client")  # its code is for another, and so is its token
    code, verifier = _consent(context, answer, state)
    token, profile = _connected(context, person, client, code, verifier)
    _save(context, person, client, token, profile)
    return state.next_path


def _require_no_wait(context: Context, client: Client) -> None:
    """RateLimited while Spotify wants to be left alone, and whether the answer outlasts that."""
    try:
        spotify_block.require_none(context, client)
    except RateLimited as limit:
        kept = limit.until <= context.now() + _ANSWER_KEPT
        raise RateLimited(limit.until, limit.quota, "kept" if kept else "lost") from None


def _consent(context: Context, answer: Mapping[str, str], state: OAuthState) -> tuple[str, str]:
    """The code that the answer brings and what proves that it is ours; SpotifyError for a no."""
    if "error" in answer:
        raise redirect_error(answer["error"])
    code, verifier = answer.get("code"), context.vault.decrypt(state.verifier_encrypted)
    if not code or verifier is None:
        raise UnexpectedAnswer("accounts")
    return code, verifier


def _demo(context: Context) -> Client:
    with context.session() as session:
        if not clients.may_look_around(context, session):
            raise NotAllowed
    return clients.demo(context)


def _asked_by(context: Context, person: Person, state: str) -> Client:
    """By which client the person went to Spotify, or would go now."""
    with context.session() as session:
        found = spotify.state(session, fingerprint(state)) if state else None
        client_id = None if found is None else found.client_id
        client = _connects_by(context, session, person, client_id)
        client = client or clients.shared(context, session)[0]
        clients.require_on(context, session, client)
    return client


def _connects_by(
    context: Context, session: Session, person: Person, client_id: str | None
) -> Client | None:
    if client_id == DEMO_CLIENT_ID and clients.may_look_around(context, session):
        return clients.demo(context)
    return clients.lasting(context, session, person.id)


def _is_demo(account: SpotifyAccount) -> bool:
    return account.client_id == DEMO_CLIENT_ID


def _connected(
    context: Context, person: Person, client: Client, code: str, verifier: str
) -> tuple[Token, Profile]:
    try:
        with seats.told(context, person, client), spotify_block.kept(context, client):
            token = exchange(client.settings, code, verifier, context.now, SCOPES)
            profile = Spotify(client.settings, TokenInMemory(token), now=context.now).me()
    except RateLimited as limit:
        raise RateLimited(limit.until, limit.quota, "lost") from None
    return token, profile


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


def _save(context: Context, person: Person, client: Client, token: Token, profile: Profile) -> None:
    account = SpotifyAccount(
        user_id=person.id,
        spotify_id=profile.spotify_id,
        account_id=profile.account_id,
        display_name=profile.display_name or profile.spotify_id,
        client_id=client.client_id,
        token_encrypted=context.vault.encrypt(token.to_json()),
        authorized_at=context.now(),
    )
    with context.session() as session:
        users.touch(session, person.id)  # a refresh on its way takes turns
        still = _connects_by(context, session, person, client.client_id)
        if still is None or still.client_id != client.client_id:
            raise CallbackRejected("client")
        before = spotify.account(session, person.id)
        if before is not None and _is_demo(before) and not _is_demo(account):
            looking.forget(session, before)
        elif before is not None and not _same_listener(before, account):
            snapshots.delete_all(session, person.id)
        spotify.save_account(session, account)
        seats.connected(session, person.id, context.now())
        recorders.revive(session, person.id, context.now())
        record(context, session, person, "spotify connected")
        session.commit()


def _same_listener(before: SpotifyAccount, after: SpotifyAccount) -> bool:
    # The id of an account can change, account_id never does; old rows and answers lack it.
    if before.account_id and after.account_id:
        return before.account_id == after.account_id
    return before.spotify_id == after.spotify_id
