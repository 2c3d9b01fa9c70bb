from urllib.parse import parse_qs

import pytest
from streamlit.testing.v1 import AppTest

from tests.services.conftest import PASSWORD, Clock, add_person
from tests.ui.conftest import PAGES, Open, Visitor, click, fill, labels, signed_in, words
from ttt.services.accounts import throttle
from ttt.services.context import Context
from ttt.services.doors import sign_in
from ttt.services.person import Person
from ttt.settings import PROJECT


def test_nobody_sees_more_than_the_form(app: AppTest) -> None:
    app.run()
    assert not app.exception
    assert labels(app) == ["Sign in"]
    assert [field.label for field in app.text_input] == ["Username", "Password"]


@pytest.mark.usefixtures("visitor")
@pytest.mark.parametrize("page", PAGES)
def test_every_page_guards_itself(page: str) -> None:
    alone = AppTest.from_file(PROJECT / "pages" / f"{page}.py", default_timeout=60).run()
    assert not alone.exception
    assert labels(alone) == ["Sign in"]
    assert [title.value for title in alone.title] == ["Top Track Tracker"]


@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_for_an_admin_with_nothing(
    app: AppTest, context: Context, visitor: Visitor, page: str
) -> None:
    visitor.cookie = signed_in(context, add_person(context, "root", admin=True))
    app.run()
    app.switch_page(f"../../pages/{page}.py").run()
    assert not app.exception
    assert "Sign out" in labels(app)


def test_name_and_password_lead_to_the_session_route(
    app: AppTest, context: Context, ada: Person, visitor: Visitor
) -> None:
    fill(app.run(), {"Username": "ADA", "Password": PASSWORD})
    click(app, "Sign in")
    ((route, fields),) = visitor.posted
    assert route == "/auth/finish"
    redeemed = sign_in.redeem_ticket(context, fields["ticket"], None)
    assert redeemed is not None
    assert sign_in.current_person(context, redeemed[0]) == ada


@pytest.mark.parametrize("name", ["ada", "nobody"])
def test_a_wrong_password_leads_nowhere(
    app: AppTest, ada: Person, visitor: Visitor, name: str
) -> None:
    fill(app.run(), {"Username": name, "Password": "wrong"})
    click(app, "Sign in")
    assert "Wrong username or password." in words(app)
    assert visitor.posted == []


@pytest.mark.parametrize("given", [{}, {"Username": "ada"}, {"Password": PASSWORD}])
def test_a_form_that_is_not_filled_in_says_so(app: AppTest, given: dict[str, str]) -> None:
    fill(app.run(), given)
    click(app, "Sign in")
    assert "Fill in both username and password." in words(app)


def test_after_too_many_tries_the_form_says_until_when_to_wait(
    app: AppTest, context: Context, ada: Person, visitor: Visitor
) -> None:
    for _ in range(throttle.FREE_BY_NAME + 1):
        sign_in.check_password(context, "ada", "wrong", None)
    fill(app.run(), {"Username": "ada", "Password": PASSWORD})
    click(app, "Sign in")
    assert "Too many failed tries. Try again after 22 Nov, 12:01 UTC." in words(app)
    assert visitor.posted == []


def test_a_session_that_ended_shows_the_form_again(open_page: Open, clock: Clock) -> None:
    app = open_page("account")
    assert "Account" in words(app)
    clock.forward(days=31)
    assert labels(app.run()) == ["Sign in"]


def test_an_answer_of_spotify_outlives_the_session_that_it_comes_back_to(
    open_page: Open, visitor: Visitor, context: Context, clock: Clock
) -> None:
    app = open_page("spotify")
    clock.forward(days=31)
    app.context = {"url": "http://127.0.0.1:8501/spotify"}
    app.query_params["code"] = "A" * 1_000
    app.query_params["state"] = "b" * 86
    assert labels(app.run()) == ["Sign in"]
    fill(app, {"Username": "ada", "Password": PASSWORD})
    click(app, "Sign in")
    ((_, fields),) = visitor.posted
    redeemed = sign_in.redeem_ticket(context, fields["ticket"], None)
    assert redeemed is not None
    place, _, query = redeemed[1].partition("?")
    assert place == "/spotify"
    assert parse_qs(query) == {"code": ["A" * 1_000], "state": ["b" * 86]}


def test_signing_out_leads_to_the_route_that_ends_the_session(
    open_page: Open, visitor: Visitor
) -> None:
    click(open_page("home"), "Sign out")
    assert visitor.posted == [("/auth/sign-out", {})]
