from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from tests.services.conftest import PASSWORD, Clock, add_person
from tests.services.doors.test_second_factor import code, enrol
from tests.ui.conftest import PAGES, Open, Visitor, click, fill, labels, signed_in, to_copy, words
from ttt.services.accounts import accounts, decisions
from ttt.services.accounts.decisions import Decisions
from ttt.services.accounts.throttle import FREE_BY_NAME
from ttt.services.context import Context
from ttt.services.doors import second_factor, sign_in
from ttt.services.keys.vault import Vault, new_secret
from ttt.services.person import Person
from ttt.settings import PROJECT
from ttt.ui.frame import process


@pytest.fixture
def secret(context: Context, ada: Person) -> str:
    """What Ada's authenticator app knows."""
    return enrol(context, ada)[0]


@pytest.fixture
def asked(app: AppTest, secret: str) -> AppTest:
    """The app after Ada's right password."""
    fill(app.run(), {"Username": "ada", "Password": PASSWORD})
    return click(app, "Sign in")


def type_code(app: AppTest, typed: str) -> AppTest:
    fill(app, {"Code": typed})
    return click(app, "Sign in")


def entered(context: Context, visitor: Visitor) -> str:
    """Name of whoever the browser is given a session of."""
    ((_, fields),) = visitor.posted
    redeemed = sign_in.redeem_ticket(context, fields["ticket"], None)
    assert redeemed is not None
    person = sign_in.current_person(context, redeemed[0])
    assert person is not None
    return person.username


def test_the_password_alone_leads_to_the_code(asked: AppTest, visitor: Visitor) -> None:
    assert [field.label for field in asked.text_input] == ["Code"]
    assert labels(asked) == ["Sign in", "Start again"]
    assert visitor.posted == []


def test_the_right_code_leads_in(
    asked: AppTest, context: Context, visitor: Visitor, secret: str
) -> None:
    type_code(asked, code(context, secret))
    assert entered(context, visitor) == "ada"


def test_a_wrong_code_leads_nowhere(asked: AppTest, visitor: Visitor) -> None:
    assert "This code is not right, or it was used before." in words(type_code(asked, "000000"))
    assert visitor.posted == []


def test_after_too_many_codes_even_the_right_one_waits(
    asked: AppTest, context: Context, visitor: Visitor, secret: str
) -> None:
    for _ in range(FREE_BY_NAME + 1):
        type_code(asked, "000000")
    assert "Too many failed tries." in words(type_code(asked, code(context, secret)))
    assert visitor.posted == []


def test_a_recovery_code_leads_in_and_says_how_many_are_left(
    app: AppTest, context: Context, ada: Person, visitor: Visitor
) -> None:
    _, codes = enrol(context, ada)
    fill(app.run(), {"Username": "ada", "Password": PASSWORD})
    type_code(click(app, "Sign in"), codes[0])
    assert "9 recovery codes left" in words(app)
    assert visitor.posted == []
    click(app, "Continue")
    assert entered(context, visitor) == "ada"


def test_one_can_start_again(asked: AppTest) -> None:
    click(asked, "Start again")
    assert [field.label for field in asked.text_input] == ["Username", "Password"]


def test_after_five_minutes_the_password_is_asked_for_again(
    asked: AppTest, context: Context, clock: Clock, visitor: Visitor, secret: str
) -> None:
    clock.forward(minutes=5)
    type_code(asked, code(context, secret))
    assert "Sign in again." in words(asked)
    assert "Username" in [field.label for field in asked.text_input]
    assert visitor.posted == []


def test_who_is_disabled_between_the_steps_stays_out(
    asked: AppTest, context: Context, visitor: Visitor, secret: str
) -> None:
    accounts.set_disabled(context, accounts.operator(context), "ada", True)
    type_code(asked, code(context, secret))
    assert visitor.posted == []


def test_a_lost_key_is_said_in_words(
    asked: AppTest, context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    another = new_secret()
    lost = replace(context, vault=Vault(lambda: (another,)))
    monkeypatch.setattr(process, "context", lambda: lost)
    assert "Type one of your recovery codes" in words(asked.run())


def set_up(app: AppTest) -> AppTest:
    fill(app, {"Your password, to set it up": PASSWORD})
    return click(app, "Set up")


def test_it_is_set_up_by_whoever_knows_the_password(open_page: Open, context: Context) -> None:
    app = open_page("account", section="Sign-in and security")
    fill(app, {"Your password, to set it up": "wrong"})
    assert "The password is not right." in words(click(app, "Set up"))
    assert "Turn on" not in labels(app)


def test_it_is_set_up_on_the_account_page(
    open_page: Open, context: Context, ada: Person, visitor: Visitor
) -> None:
    elsewhere = signed_in(context, ada)
    app = set_up(open_page("account", section="Sign-in and security"))
    shown = "".join(to_copy(app)[0].split())
    assert len(shown) == 32
    fill(app, {"Code": "000000"})
    assert "This code is not right." in words(click(app, "Turn on"))
    fill(app, {"Code": code(context, shown)})
    click(app, "Turn on")
    assert accounts.find(context, "ada").second_factor
    codes = to_copy(app)[0].split("\n")
    assert len(codes) == second_factor.RECOVERY_CODES
    assert second_factor.check(context, ada, codes[0], None) == 9
    assert sign_in.current_person(context, elsewhere) is None
    click(app, "I have kept them")
    assert codes[0] not in words(app)
    assert "On. 9 recovery codes left." in words(app)


def test_setting_up_can_be_left(open_page: Open, context: Context) -> None:
    app = set_up(open_page("account", section="Sign-in and security"))
    click(app, "Cancel")
    assert "Set up" in labels(app)
    assert not accounts.find(context, "ada").second_factor


def test_it_is_turned_off_with_proof_only(secret: str, open_page: Open, context: Context) -> None:
    app = open_page("account", section="Sign-in and security")
    fill(app, {"Password or code": "wrong"})
    assert "This code is not right" in words(click(app, "Turn off"))
    assert accounts.find(context, "ada").second_factor
    fill(app, {"Password or code": PASSWORD})
    click(app, "Turn off")
    assert not accounts.find(context, "ada").second_factor


def test_new_recovery_codes_are_shown_once(
    secret: str, open_page: Open, context: Context, ada: Person
) -> None:
    app = open_page("account", section="Sign-in and security")
    fill(app, {"Password or code": code(context, secret)})
    click(app, "New recovery codes")
    codes = to_copy(app)[0].split("\n")
    assert second_factor.check(context, ada, codes[0], None) == 9


@pytest.fixture
def root(context: Context, visitor: Visitor) -> Person:
    """An admin without the second factor that admins need, signed in."""
    root = add_person(context, "root", admin=True)
    needed = Decisions(admins_need_second_factor=True)
    decisions.decide(context, accounts.operator(context), needed)
    visitor.cookie = signed_in(context, root)
    return root


@pytest.mark.parametrize("page", PAGES)
def test_such_an_admin_sees_nothing_else_on_any_page(root: Person, page: str) -> None:
    alone = AppTest.from_file(PROJECT / "pages" / f"{page}.py", default_timeout=60).run()
    assert not alone.exception
    assert [title.value for title in alone.title] == ["One more step"]
    assert labels(alone) == ["Set up"]


def test_such_an_admin_gets_on_once_the_codes_are_kept(
    app: AppTest, context: Context, root: Person
) -> None:
    app.run()
    assert labels(app) == ["Set up", "Sign out"]
    set_up(app)
    fill(app, {"Code": code(context, "".join(to_copy(app)[0].split()))})
    click(app, "Turn on")
    assert "They are not shown again." in words(app)
    click(app, "I have kept them")
    assert "Hello, Root" in words(app)


def test_members_are_not_held_back(root: Person, open_page: Open) -> None:
    assert "Hello, Ada" in words(open_page("home"))
