from dataclasses import replace

import pytest
from sqlmodel import select

from tests.services.conftest import PASSWORD, Clock, add_person, signed_in
from ttt.errors import InvalidInput, NotAllowed, NotFound, TooManyTries
from ttt.models import AuditEvent, User
from ttt.roles import Role
from ttt.services.accounts import accounts, own_account, throttle
from ttt.services.context import Context
from ttt.services.doors import sign_in
from ttt.services.person import Person


@pytest.fixture
def boss(context: Context) -> Person:
    return add_person(context, "boss", admin=True)


def events(context: Context) -> list[tuple[str, str, str]]:
    with context.session() as session:
        query = select(AuditEvent.actor, AuditEvent.action, AuditEvent.subject)
        return [tuple(row) for row in session.exec(query)]


def can_sign_in(context: Context, username: str, password: str = PASSWORD) -> bool:
    return sign_in.check_password(context, username, password, None) is not None


def test_an_account_has_what_it_was_given(context: Context, clock: Clock) -> None:
    operator = accounts.operator(context)
    person = accounts.add(context, operator, " Ada ", PASSWORD, email="ada@example.org")
    assert (person.username, person.name, person.email) == ("ada", "ada", "ada@example.org")
    assert (person.role, person.disabled, person.created_at) == (Role.MEMBER, False, clock.time)
    assert accounts.find(context, "ADA") == person
    assert PASSWORD not in repr(person)
    assert events(context) == [("command line", "account added", "ada")]


def test_a_name_is_taken_once_however_it_is_capitalised(context: Context, ada: Person) -> None:
    with pytest.raises(InvalidInput, match="already"):
        add_person(context, "ADA")


@pytest.mark.parametrize(
    "username", ["", "a", "-ada", "a b", "ada\n2", "ädä", "a/b", "x" * 65, "ada@example.org"]
)
def test_a_bad_username_is_refused(context: Context, username: str) -> None:
    with pytest.raises(InvalidInput, match="username"):
        add_person(context, username)


@pytest.mark.parametrize("email", ["nonsense", "a@b", "a b@c.de", "@c.de", "a@@c.de", "a" * 255])
def test_a_bad_address_is_refused(context: Context, ada: Person, email: str) -> None:
    with pytest.raises(InvalidInput, match="mail"):
        own_account.change_details(context, ada, "Ada", email)


@pytest.mark.parametrize("name", ["", "  ", "x" * 121, "A\x1b[31mda", "A\0da"])
def test_a_bad_name_is_refused(context: Context, ada: Person, name: str) -> None:
    with pytest.raises(InvalidInput, match="name"):
        own_account.change_details(context, ada, name, "")
    assert accounts.find(context, "ada").name == "Ada"


def test_nobody_is_found_under_an_unknown_name(context: Context) -> None:
    with pytest.raises(NotFound):
        accounts.find(context, "nobody")


def test_admins_see_everybody(context: Context, ada: Person, boss: Person) -> None:
    assert [p.username for p in accounts.listed(context, boss)] == ["ada", "boss"]


def test_members_may_not_manage_accounts(context: Context, ada: Person, bob: Person) -> None:
    for forbidden in (
        lambda: accounts.listed(context, ada),
        lambda: accounts.add(context, ada, "eve", PASSWORD),
        lambda: accounts.set_password(context, ada, "bob", "a new long one"),
        lambda: accounts.set_role(context, ada, "ada", Role.ADMIN),
        lambda: accounts.set_disabled(context, ada, "bob", True),
    ):
        with pytest.raises(NotAllowed):
            forbidden()
    assert not accounts.find(context, "ada").is_admin
    assert can_sign_in(context, "bob")


def test_the_first_admin_is_made_once(context: Context) -> None:
    password = accounts.add_first_admin(context)
    assert password is not None
    assert accounts.add_first_admin(context) is None
    assert accounts.find(context, "admin").is_admin
    assert can_sign_in(context, "admin", password)


def test_a_server_with_accounts_gets_no_first_admin(context: Context, ada: Person) -> None:
    assert accounts.add_first_admin(context) is None


def test_of_two_processes_that_start_at_once_one_makes_the_admin(
    context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(accounts.users, "count", lambda _session: 0)
    passwords = [accounts.add_first_admin(context) for _ in range(2)]
    assert [password is not None for password in passwords] == [True, False]


def test_people_change_their_own_details(context: Context, ada: Person) -> None:
    changed = own_account.change_details(context, ada, " Ada L. ", "a@example.org")
    assert (changed.name, changed.email) == ("Ada L.", "a@example.org")
    assert changed.revision == ada.revision + 1
    assert accounts.find(context, "ada") == changed
    assert events(context)[-1] == ("ada", "details changed", "ada")


def test_a_new_password_needs_the_current_one(context: Context, ada: Person) -> None:
    with pytest.raises(InvalidInput, match="password is not right"):
        own_account.change_password(context, ada, "wrong", "another long one", "")
    assert can_sign_in(context, "ada")


def test_the_current_password_cannot_be_guessed_in_an_open_tab(
    context: Context, ada: Person
) -> None:
    for _ in range(throttle.FREE_BY_NAME + 1):
        with pytest.raises(InvalidInput):
            own_account.change_password(context, ada, "wrong", "another long one", "")
    with pytest.raises(TooManyTries):
        own_account.change_password(context, ada, PASSWORD, "another long one", "")
    assert can_sign_in(context, "ada")


def test_a_first_password_needs_no_current_one_and_a_second_does(
    context: Context, ada: Person
) -> None:
    assert own_account.has_password(context, ada)
    with context.session() as session:
        session.get_one(User, ada.id).password_hash = ""
        session.commit()
    assert not own_account.has_password(context, ada)
    own_account.change_password(context, ada, "", "another long one", "")
    assert can_sign_in(context, "ada", "another long one")
    with pytest.raises(InvalidInput, match="password is not right"):
        own_account.change_password(context, ada, "", "yet another long one", "")


def test_a_password_that_others_could_guess_is_refused_everywhere(
    context: Context, ada: Person, boss: Person
) -> None:
    for attempt in (
        lambda: accounts.add(context, boss, "eve", "password123"),
        lambda: accounts.add(context, boss, "eve", "eve of destruction"),
        lambda: accounts.set_password(context, boss, "ada", "qwertyuiop12"),
        lambda: own_account.change_password(context, ada, PASSWORD, "Ada Ada Ada", ""),
    ):
        with pytest.raises(InvalidInput):
            attempt()
    assert can_sign_in(context, "ada")


def test_a_bad_new_password_changes_nothing(context: Context, ada: Person) -> None:
    token = signed_in(context, ada)
    with pytest.raises(InvalidInput):
        own_account.change_password(context, ada, PASSWORD, "short", "")
    assert can_sign_in(context, "ada")
    assert sign_in.current_person(context, token)


def test_a_new_password_ends_all_other_sessions(context: Context, ada: Person, bob: Person) -> None:
    here, elsewhere, bobs = (signed_in(context, person) for person in (ada, ada, bob))
    on_its_way = sign_in.issue_ticket(context, ada, "/")
    own_account.change_password(context, ada, PASSWORD, "another long one", here)
    assert sign_in.current_person(context, here)
    assert sign_in.current_person(context, elsewhere) is None
    assert sign_in.redeem_ticket(context, on_its_way, None) is None
    assert sign_in.current_person(context, bobs)
    assert can_sign_in(context, "ada", "another long one")
    assert not can_sign_in(context, "ada")


def test_an_admin_sets_a_password_and_all_sessions_end(
    context: Context, ada: Person, boss: Person
) -> None:
    token = signed_in(context, ada)
    accounts.set_password(context, boss, "Ada", "another long one")
    assert sign_in.current_person(context, token) is None
    assert can_sign_in(context, "ada", "another long one")
    assert events(context)[-1] == ("boss", "password set", "ada")


def test_a_disabled_account_is_out_until_it_is_enabled(
    context: Context, ada: Person, boss: Person
) -> None:
    token = signed_in(context, ada)
    assert accounts.set_disabled(context, boss, "ada", True).disabled
    assert sign_in.current_person(context, token) is None
    assert not can_sign_in(context, "ada")
    assert not accounts.set_disabled(context, boss, "ada", False).disabled
    assert can_sign_in(context, "ada")
    assert sign_in.current_person(context, token) is None
    trail = [event for event in events(context) if event[0] == "boss"]
    assert trail == [("boss", "account disabled", "ada"), ("boss", "account enabled", "ada")]


def test_a_new_role_counts_from_the_next_sign_in(
    context: Context, ada: Person, boss: Person
) -> None:
    token = signed_in(context, ada)
    assert accounts.set_role(context, boss, "ada", Role.ADMIN).is_admin
    assert sign_in.current_person(context, token) is None
    assert not accounts.set_role(context, boss, "ada", Role.MEMBER).is_admin


def test_the_last_admin_stays(context: Context, ada: Person, boss: Person) -> None:
    with pytest.raises(InvalidInput, match="last admin"):
        accounts.set_disabled(context, boss, "boss", True)
    with pytest.raises(InvalidInput, match="last admin"):
        accounts.set_role(context, boss, "boss", Role.MEMBER)
    unchanged = accounts.find(context, "boss")
    assert (unchanged.is_admin, unchanged.disabled) == (True, False)


def test_a_disabled_admin_is_no_admin_left(context: Context, ada: Person, boss: Person) -> None:
    accounts.set_role(context, boss, "ada", Role.ADMIN)
    accounts.set_disabled(context, boss, "ada", True)
    with pytest.raises(InvalidInput, match="last admin"):
        accounts.set_role(context, boss, "boss", Role.MEMBER)


def test_an_admin_can_go_when_another_stays(context: Context, ada: Person, boss: Person) -> None:
    accounts.set_role(context, boss, "ada", Role.ADMIN)
    assert not accounts.set_role(context, boss, "boss", Role.MEMBER).is_admin


def test_what_happens_to_an_unknown_account_is_nothing(context: Context, boss: Person) -> None:
    with pytest.raises(NotFound):
        accounts.set_disabled(context, boss, "nobody", True)
    with pytest.raises(NotAllowed):
        own_account.change_details(context, replace(boss, username="nobody"), "X", "")
