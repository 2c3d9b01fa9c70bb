from datetime import datetime

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from tests.store.conftest import add_account, make_impatient
from ttt.errors import StoreBusy
from ttt.models import ListEntry, PersonalValue, Play, TrackList, User
from ttt.plays import Counts, PlaySource
from ttt.roles import Role
from ttt.store import own
from ttt.store.accounts import users
from ttt.store.spotify import snapshots
from ttt.store.tracks import tracks


def played(user_id: int, track_id: int, now: datetime, counts: Counts = Counts.PLAY) -> Play:
    at = now.replace(microsecond=0)
    told = Play(user_id=user_id, told_at=at, track_id=track_id, started_at=at)
    told.source, told.counts = PlaySource.SPOTIFY_HISTORY, counts
    return told


def test_an_account_is_found_by_id_and_by_name(session: Session, ada: int, bob: int) -> None:
    by_id, by_name = users.get(session, bob), users.by_username(session, "bob")
    assert by_id is not None
    assert by_id is by_name
    assert users.get(session, 404) is None
    assert users.by_username(session, "nobody") is None


def test_accounts_are_listed_by_name(session: Session) -> None:
    for name in ("cleo", "ada", "bob"):
        add_account(session, name)
    assert [user.username for user in users.every(session)] == ["ada", "bob", "cleo"]
    assert users.count(session) == 3


def test_who_is_not_there_or_disabled_is_not_enabled(
    session: Session, ada: int, bob: int, now: datetime
) -> None:
    session.get_one(User, bob).disabled_at = now
    assert [users.is_enabled(session, one) for one in (ada, bob, 404)] == [True, False, False]


def test_a_name_is_taken_once(session: Session, ada: int) -> None:
    with pytest.raises(IntegrityError):
        add_account(session, "ada")


def test_touching_raises_one_persons_revision(session: Session, ada: int, bob: int) -> None:
    before = revision(session, ada), revision(session, bob)
    users.touch(session, ada)
    users.touch(session, ada)
    session.commit()
    assert (revision(session, ada), revision(session, bob)) == (before[0] + 2, before[1])


def test_touching_all_raises_everybodys_revision(session: Session, ada: int, bob: int) -> None:
    before = revision(session, ada), revision(session, bob)
    users.touch(session, ada)
    users.touch_all(session)
    session.commit()
    assert (revision(session, ada), revision(session, bob)) == (before[0] + 2, before[1] + 1)


def test_touching_holders_raises_those_who_saved_ranked_or_played_a_track(
    session: Session, ada: int, bob: int, now: datetime
) -> None:
    eve, kim = add_account(session, "eve"), add_account(session, "kim")
    people = (ada, bob, kim, eve)
    this, other = tracks.keep(session, ["this", "other"]).values()
    lists = dict(session.exec(select(TrackList.user_id, TrackList.id)).all())
    for person, track_id in ((ada, this), (eve, other)):
        entry = ListEntry(
            user_id=person, list_id=lists[person], track_id=track_id, position=1, added_at=now
        )
        session.add(entry)
    snapshots.add(session, bob, "short_term", now, [this])
    snapshots.add(session, eve, "short_term", now, [other])
    for person, track_id in ((kim, this), (eve, other)):
        session.add(played(person, track_id, now))
    session.commit()
    before = [revision(session, person) for person in people]
    users.touch_holders(session, [this])
    session.commit()
    after = [revision(session, person) for person in people]
    assert [new - old for new, old in zip(after, before, strict=True)] == [1, 1, 1, 0]


def test_only_admins_that_can_sign_in_count(session: Session, now: datetime) -> None:
    for name in ("ada", "bob", "cleo"):
        add_account(session, name)
    ada, bob, _ = users.every(session)
    ada.role = bob.role = Role.ADMIN
    bob.disabled_at = now
    session.commit()
    assert users.enabled_admins(session) == [ada]
    bob.disabled_at = None
    session.commit()
    assert {admin.username for admin in users.enabled_admins(session)} == {"ada", "bob"}


def test_while_one_process_decides_about_admins_no_other_can(
    engine: Engine, session: Session, ada: int, bob: int, now: datetime
) -> None:
    for user in users.every(session):
        user.role = Role.ADMIN
    session.commit()
    first, _ = users.enabled_admins(session)
    with Session(engine) as other:
        make_impatient(other)
        with pytest.raises(StoreBusy):
            users.enabled_admins(other)
    first.disabled_at = now
    session.commit()
    with Session(engine) as other:
        assert len(users.enabled_admins(other)) == 1


def revision(session: Session, user_id: int) -> int:
    session.expire_all()
    return session.get_one(User, user_id).revision


def test_a_hash_is_replaced_only_where_it_still_stands(session: Session, ada: int) -> None:
    before = session.get_one(User, ada).revision
    users.replace_password_hash(session, ada, "x", "y")
    users.replace_password_hash(session, ada, "x", "z")
    session.commit()
    user = session.get_one(User, ada)
    assert (user.password_hash, user.revision) == ("y", before)


def test_a_deleted_account_takes_its_lists_along(session: Session, ada: int, bob: int) -> None:
    users.delete(session, session.get_one(User, ada))
    session.commit()
    assert users.get(session, ada) is None
    assert session.exec(select(TrackList.user_id)).all() == [bob]


def test_accounts_are_found_by_name_or_mail(session: Session, ada: int, bob: int) -> None:
    for user_id in (ada, bob):
        session.get_one(User, user_id).email = "Both@example.org"
    session.commit()
    for text, found in (("ada", [ada]), ("both@example.org", [ada, bob]), ("", []), ("%", [])):
        assert [user.id for user in users.by_name_or_mail(session, text)] == found


def test_of_many_who_share_an_address_the_first_five_are_found(session: Session) -> None:
    ids = [add_account(session, f"child{number}") for number in range(6)]
    for user_id in ids:
        session.get_one(User, user_id).email = "parent@example.org"
    session.commit()
    found = users.by_name_or_mail(session, "parent@example.org")
    assert [user.id for user in found] == ids[:5]


def test_what_is_held_is_counted_for_one_person(
    session: Session, ada: int, bob: int, now: datetime
) -> None:
    this, other = tracks.keep(session, ["this", "other"]).values()
    lists = dict(session.exec(select(TrackList.user_id, TrackList.id)).all())
    for person, track_id, removed in ((ada, this, None), (ada, other, None), (bob, this, now)):
        entry = ListEntry(
            user_id=person, list_id=lists[person], track_id=track_id, position=1, added_at=now
        )
        entry.removed_at = removed
        session.add(entry)
    session.add(TrackList(user_id=ada, name="gone", created_at=now, deleted_at=now))
    snapshots.add(session, ada, "short_term", now, [this])
    for field in ("energy", "tempo"):
        told = PersonalValue(user_id=ada, track_id=this, field=field, source="edit", value=1.0)
        told.observed_at = now
        session.add(told)
    session.add_all([played(ada, this, now), played(ada, other, now, Counts.SKIP)])
    session.commit()
    assert own.held(session, ada) == (1, 2, 1, 1, 1)
    assert own.held(session, bob) == (1, 0, 0, 0, 0)
