"""Whose plays are to be judged is told share by share, so that several workers part them."""

from sqlmodel import Session

from ttt.store.plays.derived import changes


def test_people_are_parted_into_shares_by_their_number(
    session: Session, ada: int, bob: int
) -> None:
    for user_id in (ada, bob):
        changes.note(session, user_id, 10, 20)
        changes.note(session, user_id, 30, 40)
    changes.set_judged(session, changes.of_user(session, bob))
    session.commit()
    for shares in (2, 16):
        there = [changes.people_waiting(session, share, shares) for share in range(shares)]
        assert [found for found in there if found] == [[ada]]
        assert changes.shares_waiting(session, shares) == [ada % shares]
        assert there[ada % shares] == [ada]
    assert changes.people(session) == sorted((ada, bob))
    assert [change.judged for change in changes.of_user(session, bob)] == [True]
