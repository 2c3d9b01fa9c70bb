from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from tests.services.conftest import PASSWORD, add_person
from tests.ui.conftest import Open, Visitor, click, fill, labels, words
from ttt.errors import NotFound
from ttt.models import OpenIdIdentity, User
from ttt.services.context import Context
from ttt.services.doors import openid, sign_in
from ttt.services.person import Person
from ttt.ui.frame import browser, process

ISSUER = "https://id.example.org"


@pytest.fixture
def posted(
    context: Context, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> list[tuple[str, dict[str, str]]]:
    """What the page sends to the routes, on a server that knows a provider."""
    known = {"openid_issuer": ISSUER, "openid_client_id": "ttt", "openid_name": "Example *ID*"}
    there = replace(context, settings=context.settings.model_copy(update=known))
    monkeypatch.setattr(process, "context", lambda: there)
    sent: list[tuple[str, dict[str, str]]] = []
    monkeypatch.setattr(browser, "post", lambda path, fields: sent.append((path, fields)))
    return sent


def bound(context: Context, person: Person, subject: str) -> None:
    with context.session() as session:
        session.add(
            OpenIdIdentity(
                issuer=ISSUER,
                subject=subject,
                user_id=person.id,
                name=f"{subject}@example.org",
                created_at=context.now(),
            )
        )
        session.commit()


def test_without_a_provider_nothing_is_offered(app: AppTest) -> None:
    assert labels(app.run()) == ["Sign in"]


def test_the_button_leads_to_the_provider(
    posted: list[tuple[str, dict[str, str]]], app: AppTest
) -> None:
    app.run()
    click(app, r"Sign in with Example \*ID\*")
    ((path, fields),) = posted
    assert path == "/auth/openid/start"
    assert fields["next"].startswith("/")
    assert "bind" not in fields


def test_why_it_came_to_nothing_is_said_in_words_of_ours(
    posted: list[tuple[str, dict[str, str]]], app: AppTest
) -> None:
    app.query_params["openid"] = "unbound"
    assert "No account here is linked to yours there." in words(app.run())
    app.query_params["openid"] = "<b>Call this number</b>"
    assert "Call this number" not in words(app.run())


def test_one_binds_and_unbinds_on_the_account_page(
    posted: list[tuple[str, dict[str, str]]], open_page: Open, context: Context, ada: Person
) -> None:
    app = open_page("account", section="Sign-in and security")
    fill(app, {"Your password, to link it": "wrong"})
    assert "The password is not right." in words(click(app, "Link"))
    assert posted == []
    fill(app, {"Your password, to link it": PASSWORD})
    click(app, "Link")
    ((route, fields),) = posted
    assert (route, fields["next"]) == (
        "/auth/openid/start",
        "/account?section=Sign-in+and+security",
    )
    assert sign_in.burn_proof(context, fields["bind"]) == ada.id
    bound(context, ada, "ada")
    assert "ada@example.org" in words(app.run())
    click(app, "Unlink")
    assert openid.bound(context, ada) == []


def test_the_only_way_in_is_kept(
    posted: list[tuple[str, dict[str, str]]], open_page: Open, context: Context, ada: Person
) -> None:
    app = open_page("account", section="Sign-in and security")
    bound(context, ada, "ada")
    with context.session() as session:
        user = session.get(User, ada.id)
        assert user is not None
        user.password_hash = ""
        session.commit()
    click(app.run(), "Unlink")
    assert "This is the only way into your account." in words(app)
    assert len(openid.bound(context, ada)) == 1
    bound(context, ada, "ada too")
    openid.unbind(context, ada, ISSUER, "ada")
    assert [b.subject for b in openid.bound(context, ada)] == ["ada too"]


def test_identities_of_others_stay(context: Context, ada: Person) -> None:
    bob = add_person(context, "bob")
    bound(context, ada, "ada")
    with pytest.raises(NotFound):
        openid.unbind(context, bob, ISSUER, "ada")
    assert len(openid.bound(context, ada)) == 1
