"""Comparing is off until two people agree, ends with one of them, and tells of nobody else."""

from urllib.parse import parse_qs, urlsplit

import pytest
from sqlmodel import select

from tests.services.conftest import Clock, add_person
from ttt.errors import InvalidInput, LinkUsedUp, NotAllowed, NotFound
from ttt.models import Agreement, AuditEvent
from ttt.services.accounts import accounts, removing
from ttt.services.context import Context
from ttt.services.person import Person
from ttt.services.plays.sharing import agreeing


def code_of(invitation: agreeing.Invitation) -> str:
    return parse_qs(urlsplit(invitation.url).query)["compare"][0]


def invited(context: Context, person: Person) -> str:
    return code_of(agreeing.invite(context, person))


def rows(context: Context) -> list[Agreement]:
    with context.session() as session:
        return list(session.exec(select(Agreement)))


def test_two_compare_once_both_agreed(anywhere: Context) -> None:
    ada, bob = add_person(anywhere, "ada"), add_person(anywhere, "bob")
    code = invited(anywhere, ada)
    (open_one,) = agreeing.listed(anywhere, ada)
    assert (open_one.name, open_one.mine) == (None, True)
    with pytest.raises(NotFound):
        agreeing.partner(anywhere, ada, open_one.id)
    assert agreeing.listed(anywhere, bob) == []

    assert agreeing.offered(anywhere, bob, code) == "Ada"
    agreed = agreeing.agree(anywhere, bob, code)

    assert agreeing.partner(anywhere, ada, agreed).id == bob.id
    assert agreeing.partner(anywhere, bob, agreed).id == ada.id
    assert [(s.name, s.mine) for s in agreeing.listed(anywhere, ada)] == [("Bob", True)]
    assert [(s.name, s.mine) for s in agreeing.listed(anywhere, bob)] == [("Ada", False)]


@pytest.mark.parametrize("who", ["ada", "bob"])
def test_either_ends_it_at_once(anywhere: Context, who: str) -> None:
    ada, bob = add_person(anywhere, "ada"), add_person(anywhere, "bob")
    agreed = agreeing.agree(anywhere, bob, invited(anywhere, ada))
    agreeing.end(anywhere, {"ada": ada, "bob": bob}[who], agreed)
    for person in (ada, bob):
        assert agreeing.listed(anywhere, person) == []
        with pytest.raises(NotFound):
            agreeing.partner(anywhere, person, agreed)
        with pytest.raises(NotFound):
            agreeing.end(anywhere, person, agreed)
    assert rows(anywhere) == []


def test_a_code_is_good_once_for_another_and_for_a_week(
    context: Context, clock: Clock, ada: Person, bob: Person
) -> None:
    code = invited(context, ada)
    for call in (agreeing.offered, agreeing.agree):
        with pytest.raises(LinkUsedUp):
            call(context, ada, code)
        with pytest.raises(LinkUsedUp):
            call(context, bob, "x" * 32)
    agreeing.agree(context, bob, code)
    eve = add_person(context, "eve")
    with pytest.raises(LinkUsedUp):
        agreeing.agree(context, eve, code)

    late = invited(context, ada)
    clock.forward(days=7, seconds=-1)
    assert agreeing.offered(context, eve, late) == "Ada"
    clock.forward(seconds=1)
    with pytest.raises(LinkUsedUp):
        agreeing.offered(context, eve, late)
    assert [side.name for side in agreeing.listed(context, ada)] == ["Bob"]
    invited(context, bob)
    assert len(rows(context)) == 2


def test_what_is_taken_back_opens_nothing(context: Context, ada: Person, bob: Person) -> None:
    code = invited(context, ada)
    (side,) = agreeing.listed(context, ada)
    with pytest.raises(NotFound):
        agreeing.end(context, bob, side.id)
    agreeing.end(context, ada, side.id)
    with pytest.raises(LinkUsedUp):
        agreeing.agree(context, bob, code)


def test_two_agree_no_second_time(context: Context, ada: Person, bob: Person) -> None:
    agreeing.agree(context, bob, invited(context, ada))
    for inviting, taking in ((ada, bob), (bob, ada)):
        with pytest.raises(InvalidInput, match="already"):
            agreeing.agree(context, taking, invited(context, inviting))


def test_a_few_invitations_are_open_at_a_time(
    context: Context, clock: Clock, ada: Person, bob: Person
) -> None:
    codes = [invited(context, ada) for _ in range(5)]
    with pytest.raises(InvalidInput):
        agreeing.invite(context, ada)
    agreeing.agree(context, bob, codes[0])
    agreeing.invite(context, ada)
    clock.forward(days=8)
    agreeing.invite(context, ada)


def test_who_is_disabled_compares_with_nobody(context: Context, ada: Person, bob: Person) -> None:
    agreed, code = agreeing.agree(context, bob, invited(context, ada)), invited(context, ada)
    accounts.set_disabled(context, accounts.operator(context), "ada", True)
    eve = add_person(context, "eve")
    assert agreeing.listed(context, bob) == []
    with pytest.raises(NotFound):
        agreeing.partner(context, bob, agreed)
    with pytest.raises(LinkUsedUp):
        agreeing.offered(context, eve, code)
    with pytest.raises(NotAllowed):
        agreeing.invite(context, ada)


@pytest.mark.parametrize("who", ["ada", "bob"])
def test_it_goes_with_either_account(anywhere: Context, who: str) -> None:
    ada, bob = add_person(anywhere, "ada"), add_person(anywhere, "bob")
    agreed = agreeing.agree(anywhere, bob, invited(anywhere, ada))
    removing.delete(anywhere, accounts.operator(anywhere), who)
    assert rows(anywhere) == []
    with pytest.raises(NotFound):
        agreeing.partner(anywhere, bob if who == "ada" else ada, agreed)


def test_no_code_is_kept_and_the_trail_names_no_other(
    context: Context, ada: Person, bob: Person
) -> None:
    invitation = agreeing.invite(context, ada)
    code = code_of(invitation)
    assert len(code) >= 32
    assert code not in repr(invitation)
    (row,) = rows(context)
    assert row.code_hash not in {None, code}
    agreed = agreeing.agree(context, bob, code)
    agreeing.end(context, ada, agreed)
    with context.session() as session:
        events = session.exec(select(AuditEvent).where(AuditEvent.action.startswith("compar")))  # type: ignore[attr-defined]
        told = [(event.actor, event.action, event.subject) for event in events]
    assert told == [
        ("ada", "comparing offered", f"comparison {agreed}"),
        ("bob", "comparing agreed", f"comparison {agreed}"),
        ("ada", "comparing ended", f"comparison {agreed}"),
    ]
