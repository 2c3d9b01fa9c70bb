"""Whoever asks for what is somebody else's gets nothing of it, and changes nothing."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import suppress
from types import ModuleType
from typing import Any

import pytest
from sqlmodel import Session, SQLModel, col, delete

from tests.security.calls import (
    ADMINS,
    NAMES_NOTHING,
    NOT_SHARED,
    OTHER,
    OWN,
    OWNERS,
    READS,
    UNCHECKED,
    Belongings,
    Call,
)
from tests.security.conftest import SECRETS
from tests.services.conftest import add_person
from ttt import services
from ttt.errors import CallbackRejected, NotAllowed, NotConnected, NotFound, SpotifyError
from ttt.jobs import departing, queue
from ttt.models import User
from ttt.roles import Role
from ttt.services.accounts import accounts
from ttt.services.context import Context
from ttt.services.lists import entries, lists
from ttt.services.lists.lists import Access
from ttt.services.person import Person

Function = Callable[..., object]
SHARED = {name: call for name, call in OWNERS.items() if name not in NOT_SHARED}
EDITS = {name: call for name, call in SHARED.items() if name not in READS}
REFUSED = (NotFound, NotAllowed, CallbackRejected)
# They say that something was tried, which is no change of what people have.
OF_THE_TRIES = {"audit_event", "failed_try"}


def functions(*modules: ModuleType) -> Iterator[tuple[str, Function]]:
    """Public functions that reach the database, by module and name."""
    for module in modules:
        for name, found in vars(module).items():
            own = inspect.isfunction(found) and found.__module__ == module.__name__
            if own and not name.startswith("_") and {Context, Session} & set(_kinds(found)):
                yield f"{module.__name__.split('.', 2)[2]}.{name}", found


def _kinds(function: Function) -> list[Any]:
    return [given.annotation for given in inspect.signature(function).parameters.values()]


def every_function() -> dict[str, Function]:
    names = [found.name for found in pkgutil.walk_packages(services.__path__, "ttt.services.")]
    modules = [importlib.import_module(name) for name in names]
    return dict(functions(*modules, queue, departing))


def names_something(function: Function, harmless: Collection[str]) -> bool:
    """Whether a parameter, beside who acts and where, may name what belongs to somebody."""
    return any(
        given.annotation not in {Context, Session, Person, Person | None} and name not in harmless
        for name, given in inspect.signature(function).parameters.items()
    )


def walked() -> set[str]:
    called = {name.partition(" ")[0] for name in (*OWNERS, *ADMINS, *OWN)}
    return called | {name for names in UNCHECKED.values() for name in names.split()}


def dump(context: Context, *, but: Person | None = None) -> dict[str, list[tuple[object, ...]]]:
    """All rows of all tables, but those that are a person's."""
    found = {}
    with context.engine.connect() as connection:
        # Bare, as nothing has to be understood to be the same.
        cursor = connection.connection.cursor()
        for table in SQLModel.metadata.tables.values():
            query = f"SELECT * FROM {table.name}"
            whose = "id" if table.name == User.__tablename__ else "user_id"
            if but is not None and whose in table.c:
                query = f"{query} WHERE {whose} != {but.id}"
            if table.name not in OF_THE_TRIES:
                found[table.name] = sorted(cursor.execute(query).fetchall(), key=repr)
    return found


def refused(
    calls: Mapping[str, Call],
    context: Context,
    who: Person,
    its: Belongings,
    *errors: type[Exception],
) -> None:
    """Each call ends in one of the errors, and after it nothing is other than before."""
    before = dump(context)
    for name, call in calls.items():
        with pytest.raises(errors):
            pytest.fail(f"{name} returned {call(context, who, its)!r}")
        assert dump(context) == before, name


def close(context: Context, person: Person, end: str) -> None:
    """Take a role or an account from somebody who is still here with what they were."""
    operator = accounts.operator(context)
    if end == "demoted":
        accounts.set_role(context, operator, person.username, Role.MEMBER)
    elif end == "disabled":
        accounts.set_disabled(context, operator, person.username, True)
    else:
        with context.session() as session:
            session.exec(delete(User).where(col(User.id) == person.id))
            session.commit()


def test_every_function_is_walked() -> None:
    unknown = {
        name
        for name, function in every_function().items()
        if names_something(function, NAMES_NOTHING) and name not in walked()
    }
    assert unknown == set(), "say in tests/security/calls.py how each is called, or why not"


def test_every_function_for_admins_is_walked() -> None:
    for_admins = {
        name
        for name, function in every_function().items()
        if "require_admin(context" in inspect.getsource(function)
    }
    assert for_admins - {"person.require_admin"} <= ADMINS.keys()


def test_no_function_is_walked_that_is_not_there() -> None:
    assert walked() - every_function().keys() == set()
    assert (NOT_SHARED | READS) - OWNERS.keys() == set()


def test_a_function_that_nobody_walks_is_noticed() -> None:
    def end(context: Context, actor: Person, session_name: str) -> None:
        """As somebody might add it."""

    assert names_something(end, NAMES_NOTHING)


@pytest.mark.parametrize("name", OWNERS)
def test_owners_may(context: Context, ada: Person, its: Belongings, name: str) -> None:
    with suppress(SpotifyError):  # nothing answers there
        OWNERS[name](context, ada, its)


@pytest.mark.parametrize("who", ["bob", "boss", "operator"])
def test_nobody_else_may(
    context: Context, its: Belongings, request: pytest.FixtureRequest, who: str
) -> None:
    operator = accounts.operator(context)
    other: Person = operator if who == "operator" else request.getfixturevalue(who)
    refused(OWNERS, context, other, its, *REFUSED)


def test_a_list_shared_for_seeing_is_seen_and_no_more(
    context: Context, ada: Person, bob: Person, its: Belongings
) -> None:
    lists.share(context, ada, its.list_id, Access.SEE)
    refused(EDITS, context, bob, its, NotAllowed)
    for name in READS:
        with suppress(NotConnected):
            OWNERS[name](context, bob, its)


def test_a_list_whose_sharing_was_taken_back_is_out_of_reach(
    context: Context, ada: Person, bob: Person, its: Belongings
) -> None:
    lists.share(context, ada, its.list_id, Access.EDIT)
    entries.add_uris(context, bob, [OTHER], its.list_id)
    lists.share(context, ada, its.list_id, Access.PRIVATE)
    refused(SHARED, context, bob, its, NotFound)


def test_who_may_edit_a_list_does_not_own_it(
    context: Context, ada: Person, bob: Person, its: Belongings
) -> None:
    lists.share(context, ada, its.list_id, Access.EDIT)
    names = ("lists.lists.rename", "lists.lists.share", "lists.lists.delete")
    owning = {name: OWNERS[name] for name in names}
    refused(owning, context, bob, its, NotAllowed)


def test_what_a_disabled_account_shared_is_shared_no_more(
    context: Context, ada: Person, bob: Person, its: Belongings
) -> None:
    lists.share(context, ada, its.list_id, Access.EDIT)
    close(context, ada, "disabled")
    refused(SHARED, context, bob, its, NotFound)


def test_what_asks_for_nothing_by_name_tells_nothing_of_others(
    context: Context, bob: Person, its: Belongings
) -> None:
    before = dump(context, but=bob)
    for name, function in every_function().items():
        required = [
            given.annotation
            for given in inspect.signature(function).parameters.values()
            if given.default is inspect.Parameter.empty
        ]
        if required == [Context, Person]:
            with suppress(SpotifyError, NotAllowed, NotFound):
                told = repr(function(context, bob))
                assert [secret for secret in SECRETS if secret in told] == [], name
            assert dump(context, but=bob) == before, name


@pytest.mark.parametrize("name", ADMINS)
@pytest.mark.parametrize("who", ["boss", "operator"])
def test_admins_may(
    context: Context, its: Belongings, request: pytest.FixtureRequest, who: str, name: str
) -> None:
    operator = accounts.operator(context)
    admin: Person = operator if who == "operator" else request.getfixturevalue(who)
    with suppress(NotFound):  # the job, which is looked for after the check
        ADMINS[name](context, admin, its)


def test_members_may_not_do_what_admins_do(context: Context, bob: Person, its: Belongings) -> None:
    refused(ADMINS, context, bob, its, NotAllowed)


@pytest.mark.parametrize("end", ["demoted", "disabled", "deleted"])
def test_who_was_an_admin_when_they_came_may_nothing_now(
    context: Context, boss: Person, its: Belongings, end: str
) -> None:
    close(context, boss, end)
    refused(ADMINS, context, boss, its, NotAllowed)


@pytest.mark.parametrize("end", ["disabled", "deleted"])
def test_a_closed_account_is_not_changed_by_whom_it_was(
    context: Context, ada: Person, its: Belongings, end: str
) -> None:
    close(context, ada, end)
    refused(OWN, context, ada, its, NotAllowed)


def test_an_account_that_got_the_name_or_the_id_of_a_deleted_one_is_another(
    context: Context, its: Belongings, bob: Person
) -> None:
    close(context, bob, "deleted")
    assert add_person(context, "mallory").id == bob.id
    refused(OWN, context, bob, its, NotAllowed)
    assert add_person(context, "bob").id != bob.id
    refused(OWN, context, bob, its, NotAllowed)


@pytest.mark.parametrize("name", OWN)
def test_people_change_their_own_account_and_no_other(
    context: Context, bob: Person, its: Belongings, name: str
) -> None:
    before, others = dump(context), dump(context, but=bob)
    OWN[name](context, bob, its)
    assert dump(context) != before
    assert dump(context, but=bob) == others


def test_whose_account_was_deleted_reaches_nothing_of_it(
    context: Context, ada: Person, its: Belongings
) -> None:
    close(context, ada, "deleted")
    refused(OWNERS, context, ada, its, *REFUSED)
