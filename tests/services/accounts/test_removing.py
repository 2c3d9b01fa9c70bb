import pytest
from sqlmodel import select

from tests.services.conftest import add_person, connect
from ttt.errors import InvalidInput, NotAllowed, NotFound
from ttt.models import AuditEvent, ListEntry, SpotifyAccount, Track, TrackList, User, UserSession
from ttt.roles import Role
from ttt.services.accounts import accounts, removing
from ttt.services.context import Context
from ttt.services.doors import sign_in
from ttt.services.person import Person
from ttt.store.lists import entries
from ttt.store.tracks import tracks


@pytest.fixture
def boss(context: Context) -> Person:
    return add_person(context, "boss", admin=True)


def trending(context: Context, person: Person) -> int:
    with context.session() as session:
        list_id = session.exec(select(TrackList.id).where(TrackList.user_id == person.id)).one()
    assert list_id is not None
    return list_id


def put(context: Context, on: Person, spotify_id: str, by: Person) -> None:
    """Put a track on somebody's trending list."""
    list_id = trending(context, on)
    with context.session() as session:
        (track_id,) = tracks.keep(session, [spotify_id]).values()
        entries.add(session, list_id, [track_id], context.now(), by.id)
        session.commit()


def kept(context: Context) -> set[str]:
    with context.session() as session:
        return set(session.exec(select(Track.spotify_id)))


def events(context: Context) -> list[tuple[str, str, str, str | None]]:
    query = select(AuditEvent.actor, AuditEvent.action, AuditEvent.subject, AuditEvent.address)
    with context.session() as session:
        return [tuple(row) for row in session.exec(query.order_by(AuditEvent.id))]


def test_everything_of_ones_own_goes(anywhere: Context) -> None:
    context = anywhere
    boss, ada = add_person(context, "boss", admin=True), add_person(context, "ada")
    connect(context, ada)
    sign_in.redeem_ticket(context, sign_in.issue_ticket(context, ada, "/"), None)
    put(context, ada, "hers", ada)
    removing.delete(context, boss, " ADA ")
    with pytest.raises(NotFound):
        accounts.find(context, "ada")
    with context.session() as session:
        for model in (SpotifyAccount, UserSession, ListEntry):
            assert session.exec(select(model)).all() == []
        assert session.exec(select(User.username)).all() == ["boss"]
    assert kept(context) == set()


def test_what_others_hold_stays(context: Context, boss: Person, ada: Person, bob: Person) -> None:
    put(context, ada, "both", ada)
    put(context, bob, "both", bob)
    put(context, bob, "hers", ada)
    removing.delete(context, boss, "ada")
    assert kept(context) == {"both", "hers"}
    with context.session() as session:
        assert set(session.exec(select(ListEntry.added_by))) == {bob.id, None}


def test_the_trail_keeps_what_happened_without_the_name(
    context: Context, boss: Person, ada: Person
) -> None:
    ticket = sign_in.issue_ticket(context, ada, "/")
    sign_in.redeem_ticket(context, ticket, "192.0.2.7")
    removing.delete(context, boss, "ada")
    nobody = f"deleted account {ada.id}"
    assert events(context) == [
        ("command line", "account added", "boss", None),
        ("command line", "account added", nobody, None),
        (nobody, "signed in", "", None),
        ("boss", "account deleted", nobody, None),
    ]


def test_who_deletes_themselves_is_not_named_either(context: Context, ada: Person) -> None:
    with context.session() as session:
        removing.remove(context, session, ada, accounts.by_name(session, "ada"))
        session.commit()
    nobody = f"deleted account {ada.id}"
    assert events(context)[-1] == (nobody, "account deleted", nobody, None)


def test_nothing_is_committed_for_the_caller(context: Context, ada: Person) -> None:
    with context.session() as session:
        removing.remove(context, session, ada, accounts.by_name(session, "ada"))
    assert accounts.find(context, "ada") == ada


def test_the_last_admin_is_not_deleted(context: Context, boss: Person, ada: Person) -> None:
    accounts.set_role(context, boss, "ada", Role.ADMIN)
    removing.delete(context, boss, "ada")
    with pytest.raises(InvalidInput, match="last admin"):
        removing.delete(context, accounts.operator(context), "boss")
    assert accounts.find(context, "boss").is_admin


def test_admins_delete_others_and_members_nobody(
    context: Context, boss: Person, ada: Person, bob: Person
) -> None:
    with pytest.raises(NotAllowed):
        removing.delete(context, ada, "bob")
    with pytest.raises(InvalidInput, match="your own"):
        removing.delete(context, boss, "boss")
    with pytest.raises(NotFound):
        removing.delete(context, boss, "nobody")
    assert [p.username for p in accounts.listed(context, boss)] == ["ada", "bob", "boss"]


def test_members_see_what_goes_with_their_own_account_and_with_no_other(
    context: Context, ada: Person, bob: Person, boss: Person
) -> None:
    put(context, ada, "hers", ada)
    assert removing.cost(context, ada, ada) == removing.cost(context, boss, ada)
    with pytest.raises(NotAllowed):
        removing.cost(context, bob, ada)
