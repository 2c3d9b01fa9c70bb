"""Accounts for those who come by OpenID for the first time."""

from dataclasses import replace

import pytest
from sqlmodel import select

from ttt.errors import OpenIdFailed
from ttt.models import OpenIdIdentity
from ttt.providers.openid import Identity
from ttt.services.accounts import newcomers
from ttt.services.context import Context
from ttt.services.person import Person

WHO = Identity("https://id.example", "s-1", "Ada L.", "ada", "ada.l@example.org", True)


def opening(context: Context, **values: str) -> Context:
    values = {"openid_accounts": "create"} | values
    return replace(context, settings=context.settings.model_copy(update=values))


def welcomed(context: Context, **who: object) -> Person:
    return newcomers.welcome(context, replace(WHO, **who), None)


def bound_names(context: Context) -> list[str]:
    with context.session() as session:
        return list(session.exec(select(OpenIdIdentity.name)))


@pytest.mark.parametrize(
    ("accounts", "who", "why"),
    [
        ("bound", {}, "unbound"),
        ("create", {"email": ""}, "unverified"),
        ("create", {"email_verified": False}, "unverified"),
        ("create", {"email": "ada@other.example"}, "domain"),
        ("create", {"email": "ada@example.org.evil.example"}, "domain"),
    ],
)
def test_who_may_have_no_account_is_told_why(
    context: Context, accounts: str, who: dict[str, object], why: str
) -> None:
    house = opening(context, openid_accounts=accounts, openid_domains="example.org,example.net")
    with pytest.raises(OpenIdFailed) as refused:
        welcomed(house, **who)
    assert refused.value.reason == why
    assert bound_names(house) == []


def test_a_domain_counts_however_it_is_capitalised(context: Context) -> None:
    house = opening(context, openid_domains="example.org")
    assert welcomed(house, email="ada@Example.ORG").username == "ada"


@pytest.mark.parametrize(
    ("username", "email", "found"),
    [
        ("Ada", "x.y@example.org", "ada"),
        ("ada.l@example.org", "x.y@example.org", "ada.l"),
        ("", "x.y@example.org", "x.y"),
        ("Ada Lovelace", "x.y@example.org", "ada-lovelace"),
        ("_a_", "x.y@example.org", "persona"),
    ],
)
def test_a_username_is_made_of_what_the_provider_tells(
    context: Context, username: str, email: str, found: str
) -> None:
    assert welcomed(opening(context), username=username, email=email).username == found


def test_a_username_that_is_taken_gets_a_number_from_two_on(context: Context, ada: Person) -> None:
    house = opening(context)
    assert welcomed(house).username == "ada2"
    assert welcomed(house, subject="s-2").username == "ada3"


def test_an_identity_is_shown_by_the_mail_address_it_came_with(context: Context) -> None:
    welcomed(opening(context), subject="s-9")
    assert bound_names(context) == ["ada.l@example.org"]


@pytest.mark.parametrize(
    ("who", "shown"),
    [
        ({"email": ""}, "ada"),
        ({"email": "", "username": ""}, "Ada L."),
        ({"email": "", "username": "", "name": ""}, "s-1"),
    ],
)
def test_an_identity_without_a_mail_address_is_shown_by_what_there_is(
    context: Context, ada: Person, who: dict[str, object], shown: str
) -> None:
    with context.session() as session:
        newcomers.bind(context, session, replace(WHO, **who), ada)
        session.commit()
    assert bound_names(context) == [shown]


def test_a_name_is_cut_and_loses_what_cannot_be_shown(context: Context) -> None:
    assert welcomed(opening(context), name="A\x00d\n" + "a" * 200).name == "Ad" + "a" * 118
