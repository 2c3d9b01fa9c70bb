"""The sections of the Admin page beside the accounts."""

import re
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from tests.services.conftest import add_person
from tests.ui.conftest import Visitor, click, fill, labels, seen, signed_in, table, to_copy, words
from ttt.roles import Role
from ttt.services.accounts import accounts, decisions
from ttt.services.accounts.decisions import Decisions
from ttt.services.context import Context
from ttt.services.doors import one_time_links
from ttt.services.person import Person

Section = Callable[[str], AppTest]


@pytest.fixture
def boss(context: Context) -> Person:
    return add_person(context, "root", admin=True)


@pytest.fixture
def section(app: AppTest, context: Context, boss: Person, visitor: Visitor) -> Section:
    """Opens a section for an admin."""
    visitor.cookie = signed_in(context, boss)

    def section(name: str) -> AppTest:
        app.run()
        app.session_state["section"] = name
        opened = app.switch_page("../../pages/admin.py").run()
        assert not opened.exception
        return opened

    return section


def html(app: AppTest) -> str:
    return "".join(element.proto.body for element in app.get("html"))


def test_an_invitation_is_shown_once_and_listed(
    section: Section, context: Context, boss: Person
) -> None:
    app = section("Invitations")
    assert "There is none." in words(app)
    fill(app, {"Mail": "eve@example.org"})
    click(app, "Make invitation")
    token = to_copy(app)[0].partition("=")[2]
    assert one_time_links.look(context, "invitation", token).email == "eve@example.org"
    assert "eve@example.org" in html(app)
    app.run()
    assert to_copy(app) == []
    click(app, "Revoke")
    assert one_time_links.invitations(context, boss) == []


def test_two_open_invitations_are_told_apart_by_what_was_said_when_they_were_made(
    section: Section, context: Context, boss: Person
) -> None:
    app = section("Invitations")
    said = [
        re.search(r"Invitation \w+", words(click(app, "Make invitation")))[0]  # type: ignore[index]
        for _ in range(2)
    ]
    assert len(set(said)) == 2
    assert all(f"{name}, as member" in words(app) for name in said)
    revoked = [b.label for b in app.button if seen(b.label) == "Revoke"]
    assert len(set(revoked)) == 2


def test_a_bad_address_is_refused_in_words(section: Section) -> None:
    app = section("Invitations")
    fill(app, {"Mail": "nonsense"})
    assert "That is not a mail address." in words(click(app, "Make invitation"))
    assert to_copy(app) == []


def test_while_registration_is_closed_nobody_is_invited(
    section: Section, context: Context, boss: Person
) -> None:
    decisions.decide(context, boss, Decisions("closed"))
    app = section("Invitations")
    assert "Registration is closed" in words(app)
    assert "Make invitation" not in labels(app)


def test_rules_are_decided(section: Section, context: Context) -> None:
    app = section("Rules")
    app.radio[0].set_value("open")
    app.checkbox[0].set_value(True)
    fill(app, {"Banner": "Back\nat *noon*"})
    click(app, "Save rules")
    assert decisions.read(context) == Decisions("open", "Back at *noon*", True)
    assert "Back at *noon*" in html(app)


def test_the_banner_is_text_whatever_stands_in_it(
    app: AppTest, context: Context, boss: Person
) -> None:
    told = '<img src=x onerror="alert(1)"> **www.example.org**'
    decisions.decide(context, boss, Decisions(banner=told))
    shown = html(app.run())  # nobody is signed in
    assert "&lt;img src=x onerror=&quot;alert(1)&quot;&gt; **www.example.org**" in shown


def test_without_a_banner_there_is_none(app: AppTest) -> None:
    assert 'class="ttt-banner"' not in html(app.run())


def test_the_trail_is_filtered_and_paged(section: Section, context: Context, boss: Person) -> None:
    accounts.set_role(context, boss, add_person(context, "ada").username, Role.ADMIN)
    for number in range(60):
        accounts.set_disabled(context, boss, "ada", number % 2 == 0)
    app = section("Activity")
    assert "64 events" in words(app)
    assert len(table(app, "Activity")) == 50
    (page,) = app.number_input
    assert len(table(page.set_value(2).run(), "Activity")) == 14
    fill(app, {"Words": "role"})
    (row,) = table(app.run(), "Activity")
    assert (row["Who"], row["What"], row["About"]) == ("root", "role admin", "ada")
    assert row["Address"] == "–"
    fill(app, {"Words": "nothing of the kind"})
    assert "Nothing matches." in words(app.run())
    assert not app.exception


def test_the_state_of_the_server_is_told(section: Section) -> None:
    shown = html(section("Server"))
    assert "SQLite" in shown
    assert "secret.key in the data folder" in shown
    assert "the newest" in shown
