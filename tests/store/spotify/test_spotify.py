from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

from sqlalchemy import Engine
from sqlmodel import Session, select

from ttt.models import OAuthState, SpotifyAccount
from ttt.store.spotify import spotify

MINUTE = timedelta(minutes=1)


def account_of(user_id: int, now: datetime, token: str | None = "one") -> SpotifyAccount:
    return SpotifyAccount(
        user_id=user_id,
        spotify_id="me",
        display_name="Me",
        client_id="client",
        token_encrypted=token,
        authorized_at=now,
    )


def token_of(session: Session, user_id: int) -> str | None:
    session.expire_all()
    account = spotify.account(session, user_id)
    assert account is not None
    return account.token_encrypted


def add_state(session: Session, user_id: int, name: str, expires_at: datetime) -> None:
    state = OAuthState(
        state_hash=name,
        user_id=user_id,
        verifier_encrypted="v",
        next_path="/",
        expires_at=expires_at,
    )
    spotify.add_state(session, state)
    session.commit()


def test_a_person_has_one_account_which_is_replaced(
    session: Session, ada: int, bob: int, now: datetime
) -> None:
    for token in ("one", "two"):
        spotify.save_account(session, account_of(ada, now, token))
        session.commit()
    assert token_of(session, ada) == "two"
    assert spotify.account(session, bob) is None


def test_a_token_is_replaced_only_while_it_is_the_one_that_was_read(
    session: Session, ada: int, now: datetime
) -> None:
    spotify.save_account(session, account_of(ada, now))
    assert spotify.replace_token(session, ada, "one", "two")
    assert not spotify.replace_token(session, ada, "one", None)
    session.commit()
    assert token_of(session, ada) == "two"
    assert spotify.replace_token(session, ada, "two", None)
    session.commit()
    assert token_of(session, ada) is None
    assert not spotify.replace_token(session, ada, None, "three")
    session.commit()
    assert token_of(session, ada) is None


def test_deleting_forgets_the_account_and_connections_on_their_way(
    session: Session, ada: int, bob: int, now: datetime
) -> None:
    for person in (ada, bob):
        spotify.save_account(session, account_of(person, now))
        add_state(session, person, f"of {person}", now + MINUTE)
    spotify.delete_account(session, ada)
    session.commit()
    session.expire_all()
    assert spotify.account(session, ada) is None
    assert spotify.account(session, bob) is not None
    assert session.exec(select(OAuthState.user_id)).all() == [bob]


def test_a_state_is_claimed_once(session: Session, ada: int, now: datetime) -> None:
    add_state(session, ada, "s", now + MINUTE)
    assert spotify.claim_state(session, "s", ada, now)
    assert not spotify.claim_state(session, "s", ada, now)
    state = spotify.state(session, "s")
    assert state is not None
    assert state.used_at == now


def test_a_state_is_claimed_by_one_of_many(
    engine: Engine, session: Session, ada: int, now: datetime
) -> None:
    add_state(session, ada, "s", now + MINUTE)

    def claim(_: int) -> bool:
        with Session(engine) as own:
            claimed = spotify.claim_state(own, "s", ada, now)
            own.commit()
            return claimed

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(claim, range(4))) == 1


def test_a_foreign_expired_or_unknown_state_is_not_claimed(
    session: Session, ada: int, bob: int, now: datetime
) -> None:
    add_state(session, ada, "s", now + MINUTE)
    assert not spotify.claim_state(session, "s", bob, now)
    assert not spotify.claim_state(session, "s", ada, now + MINUTE)
    assert not spotify.claim_state(session, "other", ada, now)
    assert spotify.state(session, "other") is None
    state = spotify.state(session, "s")
    assert state is not None
    assert state.used_at is None


def test_long_expired_states_are_forgotten(session: Session, ada: int, now: datetime) -> None:
    add_state(session, ada, "old", now)
    add_state(session, ada, "recent", now + timedelta(hours=12))
    add_state(session, ada, "new", now + timedelta(days=1, minutes=1))
    assert set(session.exec(select(OAuthState.state_hash))) == {"recent", "new"}
