from datetime import datetime, timedelta

from sqlmodel import Session

from tests.store.conftest import add_account
from ttt.models import UserSession
from ttt.store.accounts import roster

HOUR = timedelta(hours=1)


def visit(session: Session, user_id: int, name: str, at: datetime) -> None:
    session.add(
        UserSession(
            token_hash=name,
            user_id=user_id,
            created_at=at,
            last_seen_at=at,
            expires_at=at + HOUR,
            ends_at=at + HOUR,
        )
    )
    session.commit()


def test_accounts_are_listed_with_their_newest_visit(session: Session, now: datetime) -> None:
    ada, bob = add_account(session, "ada"), add_account(session, "bob")
    visit(session, bob, "old", now - HOUR)
    visit(session, bob, "new", now)
    assert [(user.id, seen) for user, seen in roster.every(session)] == [(ada, None), (bob, now)]


def test_sessions_count_until_they_end(session: Session, ada: int, now: datetime) -> None:
    visit(session, ada, "old", now - HOUR)
    visit(session, ada, "new", now)
    visit(session, ada, "newer", now)
    assert roster.sessions_at(session, now) == 2
