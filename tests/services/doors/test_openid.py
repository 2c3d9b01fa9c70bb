"""Identities of an OpenID provider are bound and unbound, and nobody loses the last way in."""

import pytest

from ttt.errors import InvalidInput, NotFound
from ttt.models import OpenIdIdentity, User
from ttt.services.context import Context
from ttt.services.doors import openid
from ttt.services.person import Person

ISSUER = "https://id.example.org"


def bind(context: Context, person: Person, *subjects: str) -> None:
    """Have identities bound, as if the provider had told them."""
    with context.session() as session:
        for subject in subjects:
            of = {"issuer": ISSUER, "subject": subject, "user_id": person.id}
            session.add(OpenIdIdentity(**of, name=subject, created_at=context.now()))
        session.commit()


def bound(context: Context, person: Person) -> list[str]:
    return [identity.subject for identity in openid.bound(context, person)]


def test_the_only_way_into_an_account_cannot_be_unbound(context: Context, ada: Person) -> None:
    bind(context, ada, "one", "two")
    with context.session() as session:
        session.get_one(User, ada.id).password_hash = ""
        session.commit()
    openid.unbind(context, ada, ISSUER, "one")
    with pytest.raises(InvalidInput, match="only way into your account"):
        openid.unbind(context, ada, ISSUER, "two")
    assert bound(context, ada) == ["two"]


def test_whoever_has_a_password_unbinds_what_is_theirs_alone(
    context: Context, ada: Person, bob: Person
) -> None:
    bind(context, ada, "ada's")
    bind(context, bob, "bob's")
    with pytest.raises(NotFound):
        openid.unbind(context, ada, ISSUER, "bob's")
    openid.unbind(context, ada, ISSUER, "ada's")
    assert (bound(context, ada), bound(context, bob)) == ([], ["bob's"])
