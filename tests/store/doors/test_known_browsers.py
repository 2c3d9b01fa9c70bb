from datetime import datetime, timedelta

from sqlmodel import Session, select

from ttt.models import KnownBrowser
from ttt.store.doors import known_browsers

DAY = timedelta(days=1)


def keep(session: Session, user_id: int, name: str, at: datetime) -> None:
    known_browsers.keep(session, KnownBrowser(token_hash=name, user_id=user_id, used_at=at))
    session.commit()


def test_a_browser_is_known_as_long_as_it_was_used(
    session: Session, ada: int, now: datetime
) -> None:
    keep(session, ada, "b", now)
    assert known_browsers.is_known(session, "b", now - DAY)
    assert not known_browsers.is_known(session, "b", now)
    assert not known_browsers.is_known(session, "other", now - DAY)
    keep(session, ada, "b", now + DAY)
    assert known_browsers.is_known(session, "b", now)


def test_old_browsers_are_forgotten(session: Session, ada: int, now: datetime) -> None:
    keep(session, ada, "old", now - DAY)
    keep(session, ada, "new", now)
    known_browsers.delete_old(session, now - DAY)
    assert session.exec(select(KnownBrowser.token_hash)).all() == ["new"]
