from datetime import datetime, timedelta

import pytest
from sqlmodel import Session, select

from ttt.models import OneTimeLink
from ttt.store.doors import one_time_links

HOUR = timedelta(hours=1)


@pytest.fixture
def links(session: Session, ada: int, bob: int, now: datetime) -> Session:
    """A session with two reset links and two invitations, made at different times."""
    for name, kind, user_id, made_by, age in (
        ("a" * 64, "reset", ada, "boss", 0),
        ("b" * 64, "reset", bob, "ada", 1),
        ("c" * 64, "invitation", None, "ada", 2),
        ("d" * 64, "invitation", None, "boss", 3),
    ):
        made = now - age * timedelta(minutes=1)
        link = OneTimeLink(
            token_hash=name,
            kind=kind,
            user_id=user_id,
            made_by=made_by,
            created_at=made,
            expires_at=now + HOUR,
        )
        one_time_links.add(session, link)
    session.commit()
    return session


def kept(session: Session) -> str:
    return "".join(sorted(name[0] for name in session.exec(select(OneTimeLink.token_hash))))


def test_a_link_is_claimed_once_and_in_time(links: Session, now: datetime) -> None:
    assert not one_time_links.claim(links, "a" * 64, "invitation", now)
    assert not one_time_links.claim(links, "a" * 64, "reset", now + HOUR)
    assert one_time_links.claim(links, "a" * 64, "reset", now)
    assert not one_time_links.claim(links, "a" * 64, "reset", now)


def test_looking_at_a_link_leaves_it(links: Session, now: datetime) -> None:
    for _ in range(2):
        assert one_time_links.find(links, "b" * 64, "reset", now) is not None
    assert one_time_links.find(links, "b" * 64, "reset", now + HOUR) is None
    assert one_time_links.find(links, "b" * 64, "invitation", now) is None


def test_good_links_are_listed_from_the_newest(links: Session, now: datetime) -> None:
    listed = one_time_links.of_kind(links, "invitation", now)
    assert [link.token_hash[0] for link in listed] == ["c", "d"]
    assert one_time_links.of_kind(links, "invitation", now + HOUR) == []


def test_it_is_known_when_an_account_was_given_a_link(
    links: Session, bob: int, now: datetime
) -> None:
    assert one_time_links.made_between(links, bob, now - timedelta(minutes=2), now)
    assert not one_time_links.made_between(links, bob, now - timedelta(minutes=1), now)


def test_one_link_is_revoked(links: Session) -> None:
    assert not one_time_links.revoke(links, "invitation", "a" * 12)
    assert not one_time_links.revoke(links, "invitation", "%")
    assert one_time_links.revoke(links, "invitation", "c" * 12)
    assert kept(links) == "abd"


def test_links_into_an_account_are_revoked_and_those_its_owner_made(
    links: Session, ada: int
) -> None:
    one_time_links.revoke_all(links, ada)
    assert kept(links) == "bcd"
    one_time_links.revoke_all(links, ada, "ada")
    assert kept(links) == "d"


def test_expired_links_are_forgotten_with_the_next(links: Session, now: datetime) -> None:
    later = now + HOUR
    link = OneTimeLink(
        token_hash="e" * 64, kind="reset", made_by="boss", created_at=later, expires_at=later + HOUR
    )
    one_time_links.add(links, link)
    assert kept(links) == "e"
