"""What lets others in: agreements, links and tokens of two people, each its owner's alone."""

from datetime import datetime, timedelta

from sqlmodel import Session, select

from tests.store.conftest import add_account
from ttt.models import Agreement, RecapLink, SubmitToken, User
from ttt.store.plays import agreements, recap_links
from ttt.store.plays.players import submit_tokens

WEEK = timedelta(days=7)


def offer(session: Session, user_id: int, code: str, now: datetime) -> int:
    made = Agreement(user_id=user_id, code_hash=code, created_at=now, expires_at=now + WEEK)
    return agreements.add(session, made)


def link(session: Session, user_id: int, name: str, now: datetime) -> int:
    made = RecapLink(user_id=user_id, token_hash=name, name=name, data=b"{}", created_at=now)
    return recap_links.add(session, made)


def token(session: Session, user_id: int, name: str, now: datetime) -> int:
    made = SubmitToken(user_id=user_id, token_hash=name, name=name, created_at=now)
    submit_tokens.add(session, made)
    assert made.id is not None
    return made.id


def disable(session: Session, user_id: int, now: datetime) -> None:
    session.get_one(User, user_id).disabled_at = now
    session.commit()


def test_invitations_count_while_they_can_be_taken_up(
    session: Session, ada: int, bob: int, now: datetime
) -> None:
    one = offer(session, ada, "one", now)
    offer(session, ada, "two", now - WEEK + timedelta(seconds=1))
    offer(session, bob, "his", now)
    assert agreements.open_ones(session, ada, now) == 2
    assert agreements.open_ones(session, ada, now + timedelta(seconds=1)) == 1
    assert agreements.agree(session, one, bob, now)
    assert agreements.open_ones(session, ada, now) == 1
    agreements.forget_old(session, now + timedelta(seconds=1))
    assert session.exec(select(Agreement.code_hash).order_by(Agreement.id)).all() == [None, "his"]


def test_an_invitation_is_taken_up_once_and_by_its_own_code(
    session: Session, ada: int, bob: int, now: datetime
) -> None:
    eve = add_account(session, "eve")
    one, two = offer(session, ada, "one", now), offer(session, bob, "two", now)
    found = agreements.invitation(session, "two", now)
    assert found is not None
    assert (found.row.id, found.other and found.other.id) == (two, bob)
    assert agreements.invitation(session, "two", now + WEEK) is None
    assert agreements.agree(session, one, bob, now)
    assert not agreements.agree(session, one, eve, now)
    assert agreements.invitation(session, "one", now) is None
    disable(session, bob, now)
    assert agreements.invitation(session, "two", now) is None


def test_two_agree_and_no_third(session: Session, ada: int, bob: int, now: datetime) -> None:
    eve = add_account(session, "eve")
    agreed = offer(session, ada, "one", now)
    offered = offer(session, ada, "two", now)
    agreements.agree(session, agreed, bob, now)
    pairs = ((ada, bob), (bob, ada), (ada, eve), (eve, bob))
    assert [agreements.are_agreed(session, *pair) for pair in pairs] == [True, True, False, False]
    others = [agreements.other(session, person, agreed) for person in (ada, bob, eve)]
    assert [other and other.id for other in others] == [bob, ada, None]
    assert agreements.other(session, ada, offered) is None
    sides = [
        (side.row.id, side.other and side.other.id) for side in agreements.of_user(session, ada)
    ]
    assert sides == [(agreed, bob), (offered, None)]
    assert agreements.of_user(session, eve) == []
    assert not agreements.end(session, eve, agreed)
    disable(session, bob, now)
    assert agreements.other(session, ada, agreed) is None
    assert agreements.end(session, bob, agreed)
    assert [side.row.id for side in agreements.of_user(session, ada)] == [offered]


def test_links_are_found_counted_and_ended_one_by_one(
    session: Session, ada: int, bob: int, now: datetime
) -> None:
    one, two, his = (link(session, who, n, now) for who, n in ((ada, "1"), (ada, "2"), (bob, "3")))
    assert (recap_links.count(session, ada), recap_links.count(session, bob)) == (2, 1)
    for _ in range(2):
        recap_links.note_opened(session, one, now)
    session.commit()
    session.expire_all()
    mine = recap_links.of_user(session, ada)
    assert [(x.id, x.opened, x.opened_at) for x in mine] == [(two, 0, None), (one, 2, now)]
    assert recap_links.end(session, ada, his) is None
    assert recap_links.end(session, ada, one) == "1"
    assert [recap_links.find(session, n) is not None for n in "123"] == [False, True, True]
    disable(session, bob, now)
    assert recap_links.find(session, "3") is None


def test_tokens_are_found_used_and_revoked_one_by_one(
    session: Session, ada: int, bob: int, now: datetime
) -> None:
    one, two, his = (token(session, who, n, now) for who, n in ((ada, "1"), (ada, "2"), (bob, "3")))
    assert (submit_tokens.count(session, ada), submit_tokens.count(session, bob)) == (2, 1)
    submit_tokens.used(session, one, now)
    submit_tokens.plays(session, two, {"title": "Song"}, now + WEEK)
    session.commit()
    session.expire_all()
    mine = submit_tokens.of_user(session, ada)
    assert [(x.id, x.used_at, x.playing) for x in mine] == [
        (one, now, None),
        (two, None, {"title": "Song"}),
    ]
    found = submit_tokens.find(session, "3")
    assert found is not None
    assert (found[0].id, found[0].used_at, found[0].playing, found[1].id) == (his, None, None, bob)
    assert submit_tokens.revoke(session, ada, his) is None
    assert submit_tokens.revoke(session, ada, one) == "1"
    assert [submit_tokens.find(session, n) is not None for n in "123"] == [False, True, True]
    disable(session, bob, now)
    assert submit_tokens.find(session, "3") is None
