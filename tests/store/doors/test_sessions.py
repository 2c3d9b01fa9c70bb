from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

from sqlalchemy import Engine
from sqlmodel import Session, select

from ttt.models import SignInTicket, User, UserSession
from ttt.store.doors import sessions

MINUTE = timedelta(minutes=1)


def add_session(session: Session, user_id: int, name: str, now: datetime) -> None:
    expires_at = now + MINUTE
    sessions.add(
        session,
        UserSession(
            token_hash=name,
            user_id=user_id,
            created_at=now,
            last_seen_at=now,
            expires_at=expires_at,
            ends_at=expires_at,
        ),
    )
    session.commit()


def add_ticket(session: Session, user_id: int, name: str, now: datetime) -> None:
    ticket = SignInTicket(
        token_hash=name, user_id=user_id, next_path="/trending", expires_at=now + MINUTE
    )
    sessions.add_ticket(session, ticket)
    session.commit()


def test_a_ticket_is_claimed_once(session: Session, ada: int, now: datetime) -> None:
    add_ticket(session, ada, "t", now)
    assert sessions.claim_ticket(session, "t", now) == (ada, "/trending", "")
    assert sessions.claim_ticket(session, "t", now) is None


def test_a_ticket_is_claimed_by_one_of_many(
    engine: Engine, session: Session, ada: int, now: datetime
) -> None:
    add_ticket(session, ada, "t", now)

    def claim(_: int) -> bool:
        with Session(engine) as own:
            claimed = sessions.claim_ticket(own, "t", now)
            own.commit()
            return claimed is not None

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(claim, range(4))) == 1


def test_an_expired_or_unknown_ticket_is_worth_nothing(
    session: Session, ada: int, now: datetime
) -> None:
    add_ticket(session, ada, "t", now)
    assert sessions.claim_ticket(session, "t", now + MINUTE) is None
    assert sessions.claim_ticket(session, "other", now) is None


def test_a_session_belongs_to_somebody_until_it_ends(
    session: Session, ada: int, now: datetime
) -> None:
    add_session(session, ada, "s", now)
    found = sessions.find(session, "s", now)
    assert found is not None
    assert (found[0].id, found[1].token_hash) == (ada, "s")
    assert sessions.find(session, "s", now + MINUTE) is None
    sessions.end(session, "s")
    assert sessions.find(session, "s", now) is None


def test_a_visit_is_noted_once(session: Session, ada: int, now: datetime) -> None:
    add_session(session, ada, "s", now)
    later, end = now + MINUTE / 2, now + 2 * MINUTE
    for at in (later, later + MINUTE / 4):
        sessions.seen(session, "s", at, end, before=now)
    session.commit()
    found = session.exec(select(UserSession.last_seen_at, UserSession.expires_at)).one()
    assert tuple(found) == (later, end)


def test_sessions_of_a_person_come_by_their_last_visit(
    session: Session, ada: int, bob: int, now: datetime
) -> None:
    for name, person, at in [
        ("ended", ada, now - MINUTE),
        ("old", ada, now - MINUTE / 2),
        ("new", ada, now),
        ("his", bob, now),
    ]:
        add_session(session, person, name, at)
    found = sessions.of_user(session, ada, now)
    assert [s.token_hash for s in found] == ["new", "old"]


def test_a_disabled_account_has_no_session(session: Session, ada: int, now: datetime) -> None:
    add_session(session, ada, "s", now)
    session.get_one(User, ada).disabled_at = now
    session.commit()
    assert sessions.find(session, "s", now) is None


def test_ending_all_spares_one_session_and_other_people(
    session: Session, ada: int, bob: int, now: datetime
) -> None:
    for name, person in {"this": ada, "that": ada, "his": bob}.items():
        add_session(session, person, name, now)
    for name, person in {"t": ada, "his t": bob}.items():
        add_ticket(session, person, name, now)
    sessions.end_all(session, ada, but="this")
    session.commit()
    assert set(session.exec(select(UserSession.token_hash))) == {"this", "his"}
    assert session.exec(select(SignInTicket.token_hash)).all() == ["his t"]
    sessions.end_all(session, ada)
    session.commit()
    assert session.exec(select(UserSession.token_hash)).all() == ["his"]


def test_what_has_expired_is_forgotten(session: Session, ada: int, now: datetime) -> None:
    for name, at in {"old": now - MINUTE, "new": now}.items():
        add_session(session, ada, name, at)
        add_ticket(session, ada, name, at)
    sessions.delete_expired(session, now)
    assert session.exec(select(UserSession.token_hash)).all() == ["new"]
    assert session.exec(select(SignInTicket.token_hash)).all() == ["new"]
