"""Connections on their way to Spotify and back: each is good once, for whoever began it."""

import secrets
from datetime import timedelta

from ttt.errors import CallbackRejected
from ttt.models import OAuthState
from ttt.services import throttle
from ttt.services.context import Context
from ttt.services.person import Person
from ttt.services.sign_in import local_path
from ttt.services.vault import fingerprint
from ttt.store import spotify

_LIFE = timedelta(minutes=10)


def keep(context: Context, person: Person, verifier: str, next_path: str) -> str:
    """A new state, kept with what is needed when it comes back within ten minutes."""
    state = secrets.token_urlsafe(32)
    with context.session() as session:
        spotify.add_state(
            session,
            OAuthState(
                state_hash=fingerprint(state),
                user_id=person.id,
                verifier_encrypted=context.vault.encrypt(verifier),
                next_path=local_path(next_path),
                expires_at=context.now() + _LIFE,
            ),
        )
        session.commit()
    return state


def claim(context: Context, person: Person, state: str) -> OAuthState:
    """Use up a state that came back; CallbackRejected when it is not good (any more).

    Raises TooManyTries while there is a wait after some that were not.
    """
    failure = throttle.count(context, "spotify", person.username, person.address)
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
    with context.session() as session:
        throttle.forgive(context, session, failure)
        session.commit()
    return found
