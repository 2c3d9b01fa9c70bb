from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from tests.services.conftest import PASSWORD, add_person
from tests.ui.conftest import Visitor, click, fill, labels, signed_in, words
from ttt.roles import Role
from ttt.services.accounts import accounts, decisions
from ttt.services.accounts.decisions import Decisions
from ttt.services.context import Context
from ttt.services.doors import one_time_links, post, sign_in
from ttt.services.person import Person
from ttt.ui.frame import process

NEW = "another long one"
USED_UP = "This link does not work any more."


@pytest.fixture
def boss(context: Context) -> Person:
    return add_person(context, "boss", admin=True)


@pytest.fixture
def reset(app: AppTest, context: Context, boss: Person, ada: Person) -> AppTest:
    """The page that a reset link of Ada's opens."""
    url = one_time_links.reset_link(context, boss, "ada").url
    app.query_params["reset"] = url.partition("=")[2]
    return app.run()


@pytest.fixture
def invited(app: AppTest, context: Context, boss: Person) -> AppTest:
    """The page that an invitation opens."""
    url = one_time_links.invite(context, boss, Role.MEMBER, "eve@example.org").url
    app.query_params["invitation"] = url.partition("=")[2]
    return app.run()


def passwords(first: str = NEW, second: str = NEW) -> dict[str, str]:
    return {"New password": first, "New password again": second}


def entered(context: Context, visitor: Visitor) -> str:
    """Who got a session, on the start page."""
    ((route, fields),) = visitor.posted
    assert route == "/auth/finish"
    redeemed = sign_in.redeem_ticket(context, fields["ticket"], None)
    assert redeemed is not None
    token, next_path = redeemed
    assert next_path == "/"
    person = sign_in.current_person(context, token, None)
    return person.username if person else ""


def can_sign_in(context: Context, username: str, password: str) -> bool:
    return sign_in.check_password(context, username, password, None) is not None


def test_a_reset_link_sets_a_password_and_leaves_the_address(
    reset: AppTest, context: Context
) -> None:
    assert "For the account ada." in words(reset)
    fill(reset, passwords())
    click(reset, "Set password")
    assert "The new password of ada is set." in words(reset)
    assert "Sign in" in labels(reset)
    assert "reset" not in reset.query_params
    assert can_sign_in(context, "ada", NEW)


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [(NEW, "another", "The two new passwords differ."), ("short", "short", "at least")],
)
def test_a_password_that_cannot_be_leaves_the_link(
    reset: AppTest, context: Context, first: str, second: str, said: str
) -> None:
    fill(reset, passwords(first, second))
    assert said in words(click(reset, "Set password"))
    assert can_sign_in(context, "ada", PASSWORD)
    fill(reset, passwords())
    click(reset, "Set password")
    assert can_sign_in(context, "ada", NEW)


def test_opening_a_link_does_not_claim_it(reset: AppTest) -> None:
    for _ in range(2):
        reset.run()
    assert "For the account ada." in words(reset)


@pytest.mark.parametrize("kind", ["reset", "invitation"])
@pytest.mark.parametrize("token", ["", "nonsense", "<b>"])
def test_every_bad_link_says_the_same(app: AppTest, kind: str, token: str) -> None:
    app.query_params[kind] = token
    assert USED_UP in words(app.run())
    assert labels(app) == ["Go to sign-in"]
    click(app, "Go to sign-in")
    assert labels(app) == ["Sign in"]
    assert kind not in app.query_params


def test_a_link_that_was_used_meanwhile_says_so(
    reset: AppTest, context: Context, boss: Person
) -> None:
    one_time_links.reset_link(context, boss, "ada")
    fill(reset, passwords())
    assert USED_UP in words(click(reset, "Set password"))


def test_an_invitation_opens_an_account_and_signs_in(
    invited: AppTest, context: Context, visitor: Visitor
) -> None:
    fill(invited, {"Username": "eve", "Name": "Eve"} | passwords())
    click(invited, "Open account")
    assert entered(context, visitor) == "eve"
    assert accounts.find(context, "eve").email == "eve@example.org"
    assert "invitation" not in invited.query_params


def test_a_taken_name_is_told_to_who_is_invited(invited: AppTest, context: Context) -> None:
    fill(invited, {"Username": "boss"} | passwords())
    assert "There is an account named boss already." in words(click(invited, "Open account"))
    fill(invited, {"Username": "eve"} | passwords())
    click(invited, "Open account")
    assert accounts.find(context, "eve").name == "eve"


def test_who_is_signed_in_is_asked_to_sign_out_first(
    app: AppTest, context: Context, boss: Person, ada: Person, visitor: Visitor
) -> None:
    visitor.cookie = signed_in(context, ada)
    app.query_params["reset"] = "whatever"
    assert "You are signed in as ada. To use this link, sign out first" in words(app.run())
    assert not app.exception


def test_where_everybody_may_somebody_registers(
    app: AppTest, context: Context, boss: Person, visitor: Visitor
) -> None:
    decisions.decide(context, boss, Decisions("open"))
    click(app.run(), "Open an account")
    fill(app, {"Username": "boss"} | passwords())
    assert "There is an account named boss already." in words(click(app, "Open account"))
    fill(app, {"Username": "eve"} | passwords())
    click(app, "Open account")
    assert entered(context, visitor) == "eve"
    assert accounts.find(context, "eve").role is Role.MEMBER


@pytest.mark.parametrize("who", ["closed", "invitation"])
def test_elsewhere_nobody_is_offered_an_account(
    app: AppTest, context: Context, boss: Person, who: decisions.Registration
) -> None:
    decisions.decide(context, boss, Decisions(who))
    assert labels(app.run()) == ["Sign in"]


def test_without_a_mail_server_an_admin_has_to_be_asked(app: AppTest) -> None:
    assert "Ask an admin of this server for a link." in words(app.run())


def test_whoever_asks_for_a_link_gets_the_same_answer(
    app: AppTest, context: Context, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    mail = {"smtp_host": "127.0.0.1", "mail_from": "m@example.org"}
    mailing = replace(context, settings=context.settings.model_copy(update=mail))
    monkeypatch.setattr(process, "context", lambda: mailing)
    monkeypatch.setattr(post, "later", lambda _work: None)
    click(app.run(), "Forgot your password?")
    said = set()
    for named in ("ada", "nobody", ""):
        fill(app, {"Username or mail": named})
        said.add(words(click(app, "Send a link")))
    (answer,) = said
    assert "If there is such an account" in answer
    click(app, "Back to sign-in")
    assert "Sign in" in labels(app)
