import pytest

from tests.services.conftest import PASSWORD, add_person
from ttt.errors import InvalidInput, TooManyTries
from ttt.roles import Role
from ttt.services.accounts import accounts, decisions, throttle
from ttt.services.accounts.decisions import Decisions, Registration
from ttt.services.context import Context
from ttt.services.doors import registration
from ttt.services.person import Person

HERE = "192.0.2.7"


def decide(context: Context, who: Registration) -> None:
    decisions.decide(context, accounts.operator(context), Decisions(registration=who))


def register(context: Context, username: str, password: str = PASSWORD) -> Person:
    return registration.register(context, username, "", password, HERE)


@pytest.mark.parametrize("who", ["closed", "invitation"])
def test_nobody_registers_unless_everybody_may(context: Context, who: Registration) -> None:
    decide(context, who)
    with pytest.raises(InvalidInput, match="no new accounts"):
        register(context, "eve")
    assert accounts.listed(context, accounts.operator(context)) == []


def test_whoever_registers_is_a_member(context: Context) -> None:
    decide(context, "open")
    eve = register(context, " EVE ")
    assert (eve.username, eve.name, eve.role) == ("eve", "eve", Role.MEMBER)
    assert accounts.find(context, "eve") == eve


def test_a_taken_name_is_told_to_so_many_only(context: Context) -> None:
    decide(context, "open")
    add_person(context, "ada")
    with pytest.raises(InvalidInput, match="already"):
        register(context, "ada")
    for number in range(throttle.FREE_BY_ADDRESS):
        with pytest.raises(InvalidInput, match="password"):
            register(context, f"somebody{number}", "short")
    with pytest.raises(TooManyTries):
        register(context, "bob")
