"""Whose client ID it is and who sits where: nothing of one ends what is another's."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from tests.store.conftest import add_account
from tests.store.spotify.test_spotify import account_of, token_of
from ttt.models import SpotifyClient, SpotifySeat, User
from ttt.store.spotify import clients, spotify

FIRST, SECOND, OWN = "first", "second", "own"


def add_client(
    session: Session, client_id: str, now: datetime, user_id: int | None = None
) -> SpotifyClient:
    client = SpotifyClient(user_id=user_id, name=client_id, client_id=client_id, created_at=now)
    return clients.add(session, client)


def connect(session: Session, user_id: int, client_id: str, now: datetime) -> None:
    account = account_of(user_id, now)
    account.client_id = client_id
    spotify.save_account(session, account)


def sit(session: Session, user_id: int, client_id: str, at: datetime) -> None:
    clients.sit(session, SpotifySeat(user_id=user_id, client_id=client_id, taken_at=at))
    session.commit()


def seats(session: Session) -> list[tuple[str, str]]:
    session.expire_all()
    return [(user.username, seat.client_id) for seat, user in clients.seated(session)]


def test_the_servers_client_ids_and_those_that_people_brought_are_told_apart(
    session: Session, ada: int, bob: int, now: datetime
) -> None:
    brought = add_client(session, OWN, now, ada)
    assert not clients.any_of_all(session)
    kept = [add_client(session, name, now) for name in (FIRST, SECOND)]
    assert clients.any_of_all(session)
    assert clients.of_all(session) == kept
    assert clients.every(session) == [brought, *kept]
    assert clients.own(session, ada) == brought
    assert clients.own(session, bob) is None
    with pytest.raises(IntegrityError):
        add_client(session, "another", now, ada)


def test_removing_one_leaves_the_others(session: Session, now: datetime) -> None:
    first, second = (add_client(session, name, now) for name in (FIRST, SECOND))
    assert first.id is not None
    clients.remove(session, first.id)
    assert clients.every(session) == [second]


def test_seats_go_one_by_one_or_with_their_client_id(
    session: Session, ada: int, bob: int, now: datetime
) -> None:
    eve, hour = add_account(session, "eve"), timedelta(hours=1)
    sit(session, bob, FIRST, now)
    sit(session, ada, FIRST, now + hour)
    sit(session, eve, SECOND, now - hour)
    assert seats(session) == [("eve", SECOND), ("bob", FIRST), ("ada", FIRST)]
    clients.leave(session, bob)
    assert seats(session) == [("eve", SECOND), ("ada", FIRST)]
    clients.clear_seats(session, FIRST)
    assert seats(session) == [("eve", SECOND)]


def test_what_is_taken_down_about_a_seat_is_about_that_one(
    session: Session, ada: int, bob: int, now: datetime
) -> None:
    sit(session, ada, FIRST, now)
    assert clients.change_seat(session, ada, name="Ada")
    assert not clients.change_seat(session, bob, name="Bob")
    sit(session, bob, FIRST, now)
    clients.change_seat(session, bob, name="Bob")
    session.expire_all()
    assert [(user.username, seat.name) for seat, user in clients.seated(session)] == [
        ("ada", "Ada"),
        ("bob", "Bob"),
    ]


def test_whoever_is_connected_without_a_seat_counts_beside_those_who_sit(
    session: Session, ada: int, bob: int, now: datetime
) -> None:
    eve = add_account(session, "eve")
    add_client(session, OWN, now, eve)
    for person, client_id in ((ada, FIRST), (bob, FIRST), (eve, OWN)):
        connect(session, person, client_id, now)
    sit(session, ada, FIRST, now)
    session.commit()
    assert clients.counts(session) == {FIRST: 2}
    clients.drop_token(session, bob)
    assert clients.counts(session) == {FIRST: 1}


def test_connections_that_can_be_used_are_of_enabled_people_with_a_client_id_of_today(
    session: Session, ada: int, bob: int, now: datetime
) -> None:
    eve, dan = (add_account(session, name) for name in ("eve", "dan"))
    add_client(session, OWN, now, eve)
    for person, client_id in ((ada, FIRST), (bob, SECOND), (eve, OWN), (dan, OWN)):
        connect(session, person, client_id, now)
    session.commit()
    assert clients.connected(session, [FIRST, SECOND]) == [
        (ada, FIRST),
        (bob, SECOND),
        (eve, OWN),
    ]
    assert clients.connected(session, [FIRST]) == [(ada, FIRST), (eve, OWN)]
    session.get_one(User, ada).disabled_at = now
    clients.drop_token(session, eve)
    session.commit()
    assert clients.connected(session, [FIRST, SECOND]) == [(bob, SECOND)]


def test_with_a_client_id_the_tokens_go_of_whom_it_serves_but_not_of_who_brought_it(
    session: Session, ada: int, bob: int, now: datetime
) -> None:
    eve = add_account(session, "eve")
    add_client(session, FIRST, now, eve)
    for person, client_id in ((ada, FIRST), (bob, SECOND), (eve, FIRST)):
        connect(session, person, client_id, now)
    session.commit()
    clients.drop_tokens(session, FIRST)
    assert [token_of(session, person) for person in (ada, bob, eve)] == [None, "one", "one"]
