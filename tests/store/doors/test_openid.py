"""Identities at providers and sign-ins on their way: whose they are, and once only."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from ttt.models import OpenIdIdentity, OpenIdState
from ttt.store.doors import openid

MINUTE = timedelta(minutes=1)
HERE, THERE = "https://one.example.org", "https://two.example.org"


def bind(session: Session, user_id: int, issuer: str, subject: str, at: datetime) -> None:
    identity = OpenIdIdentity(issuer=issuer, subject=subject, user_id=user_id, created_at=at)
    openid.add(session, identity)
    session.commit()


def on_its_way(session: Session, name: str, now: datetime, minutes: int = 1) -> None:
    state = OpenIdState(
        state_hash=name,
        browser_hash="b",
        nonce="n",
        verifier_encrypted="v",
        next_path="/",
        expires_at=now + minutes * MINUTE,
    )
    openid.add_state(session, state, now)
    session.commit()


def test_a_state_is_taken_out_once_and_no_other_with_it(session: Session, now: datetime) -> None:
    for name in ("one", "two"):
        on_its_way(session, name, now)
    claimed = openid.claim_state(session, "one", now)
    session.commit()
    assert claimed is not None
    assert (claimed.state_hash, claimed.nonce) == ("one", "n")
    assert openid.claim_state(session, "one", now) is None
    assert session.exec(select(OpenIdState.state_hash)).all() == ["two"]


def test_states_that_are_over_are_forgotten_with_the_next(session: Session, now: datetime) -> None:
    on_its_way(session, "old", now, 1)
    on_its_way(session, "good", now, 2)
    on_its_way(session, "new", now + MINUTE)
    assert sorted(session.exec(select(OpenIdState.state_hash))) == ["good", "new"]


def test_an_identity_is_bound_once_and_its_owners_alone(
    session: Session, ada: int, bob: int, now: datetime
) -> None:
    bind(session, ada, THERE, "1", now)
    bind(session, ada, HERE, "1", now - MINUTE)
    bind(session, bob, HERE, "2", now)
    found = openid.identity(session, HERE, "1")
    assert found is not None
    assert found.user_id == ada
    assert openid.identity(session, THERE, "2") is None
    assert [one.issuer for one in openid.identities(session, ada)] == [HERE, THERE]
    assert (openid.count(session, ada), openid.count(session, bob)) == (2, 1)
    session.expunge_all()
    with pytest.raises(IntegrityError):
        bind(session, bob, HERE, "1", now)


def test_nobody_unbinds_what_is_anothers(
    session: Session, ada: int, bob: int, now: datetime
) -> None:
    bind(session, ada, HERE, "1", now)
    bind(session, ada, THERE, "1", now)
    bind(session, ada, HERE, "2", now)
    assert not openid.remove(session, bob, HERE, "1")
    assert not openid.remove(session, ada, THERE, "2")
    assert openid.remove(session, ada, HERE, "1")
    left = [(one.issuer, one.subject) for one in openid.identities(session, ada)]
    assert sorted(left) == [(HERE, "2"), (THERE, "1")]
