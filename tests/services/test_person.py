"""Who may administer, and whose account is whose."""

from dataclasses import replace

import pytest

from tests.services.conftest import add_person
from ttt.errors import NotAllowed, NotFound
from ttt.models import User
from ttt.roles import Role
from ttt.services.accounts import accounts
from ttt.services.context import Context
from ttt.services.person import Person, as_person, own, require_admin


@pytest.fixture
def boss(context: Context) -> Person:
    return add_person(context, "boss", admin=True)


def test_who_came_as_an_admin_and_is_one_still_may_administer(
    context: Context, boss: Person, ada: Person
) -> None:
    require_admin(context, boss)
    for nobody in (ada, replace(boss, enrolment_due=True), replace(ada, role=Role.ADMIN)):
        with pytest.raises(NotAllowed):
            require_admin(context, nobody)


def test_who_is_named_plainly_is_enabled_and_has_done_nothing_yet(context: Context) -> None:
    eve = Person(9, "eve", "Eve", "", Role.MEMBER, context.now())
    assert (eve.disabled, eve.revision, eve.second_factor) == (False, 0, False)
    assert (eve.address, eve.enrolment_due, eve.is_admin) == (None, False, False)
    assert eve.who == (9, context.now())
    assert replace(eve, role=Role.ADMIN).is_admin
    assert replace(eve, address="127.0.0.1", enrolment_due=True) == eve


def test_an_account_is_seen_as_it_is_stored(context: Context) -> None:
    at = context.now()
    user = User(id=7, username="eve", name="Eve", email="e@x", password_hash="x", created_at=at)
    assert as_person(user) == Person(
        7, "eve", "Eve", "e@x", Role.MEMBER, at, revision=user.revision
    )
    user.role, user.disabled_at, user.totp_encrypted, user.revision = Role.ADMIN, at, "key", 3
    seen = as_person(user, "127.0.0.1")
    assert (seen.role, seen.disabled, seen.second_factor) == (Role.ADMIN, True, True)
    assert (seen.revision, seen.address, seen.enrolment_due) == (3, "127.0.0.1", False)
    with pytest.raises(NotFound):
        as_person(User(username="eve", name="Eve", password_hash="x", created_at=at))


def test_an_admin_who_is_one_no_more_is_none_in_an_open_tab(context: Context, boss: Person) -> None:
    other = add_person(context, "other", admin=True)
    accounts.set_role(context, boss, "other", Role.MEMBER)
    with pytest.raises(NotAllowed):
        require_admin(context, other)


def test_the_command_line_has_no_account_and_may_administer(context: Context) -> None:
    require_admin(context, accounts.operator(context))


def test_whether_an_account_is_disabled_is_seen(context: Context, boss: Person) -> None:
    add_person(context, "eve")
    accounts.set_disabled(context, boss, "eve", True)
    assert accounts.find(context, "eve").disabled
    assert not accounts.find(context, "boss").disabled


def test_an_account_that_is_gone_disabled_or_anothers_is_not_ones_own(
    context: Context, boss: Person, ada: Person, bob: Person
) -> None:
    accounts.set_disabled(context, boss, "bob", True)
    with context.session() as session:
        assert own(session, ada).username == "ada"
        for nobody in (bob, replace(ada, username="eve"), replace(ada, id=999)):
            with pytest.raises(NotAllowed):
                own(session, nobody)
