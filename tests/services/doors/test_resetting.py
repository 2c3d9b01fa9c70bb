import logging
import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.services.conftest import Clock
from tests.surroundings.loopback import free_port
from tests.surroundings.post_office import Office, open_office
from ttt.errors import LinkUsedUp, MailFailed, TooManyTries
from ttt.roles import Role
from ttt.services.accounts import accounts, own_account, throttle
from ttt.services.context import Context
from ttt.services.doors import one_time_links, post, resetting
from ttt.services.person import Person
from ttt.store.accounts import audit

NEW = "another long one"


@pytest.fixture
def office() -> Iterator[Office]:
    with open_office() as office:
        yield office


@pytest.fixture
def mailing(context: Context, office: Office) -> Context:
    """Services that have a mail server."""
    return at(context, office.port)


@pytest.fixture
def ada_by_mail(mailing: Context, ada: Person) -> Person:
    """Ada, who has a mail address."""
    return own_account.change_details(mailing, ada, "Ada", "Ada@example.org")


def at(context: Context, port: int) -> Context:
    mail = {
        "smtp_host": "127.0.0.1",
        "smtp_port": port,
        "smtp_security": "none",
        "mail_from": "Music <music@example.org>",
    }
    return replace(context, settings=context.settings.model_copy(update=mail))


def ask(context: Context, named: str) -> None:
    """Ask, and wait until what is done in the background is done."""
    sending = resetting.ask(context, named, None)
    assert sending is not None
    sending.exception()


def token(office: Office) -> str:
    found = re.search(r"\?reset=(\S+)", office.letters[-1].get_content())
    assert found is not None
    return found[1]


@pytest.mark.parametrize("named", ["ada", " ADA ", "ada@example.org", "ADA@EXAMPLE.ORG"])
def test_a_link_comes_by_mail(
    mailing: Context, office: Office, ada_by_mail: Person, named: str
) -> None:
    ask(mailing, named)
    (letter,) = office.letters
    assert office.recipients == ["Ada@example.org"]
    assert letter["From"] == "Music <music@example.org>"
    assert f"{mailing.settings.base_url}/?reset=" in letter.get_content()
    assert resetting.set_password(mailing, token(office), NEW, None) == "ada"


def test_a_mailed_link_is_good_for_an_hour(
    mailing: Context, office: Office, ada_by_mail: Person, clock: Clock
) -> None:
    ask(mailing, "ada")
    clock.forward(hours=1, seconds=-1)
    assert one_time_links.look(mailing, "reset", token(office)).username == "ada"
    clock.forward(seconds=1)
    with pytest.raises(LinkUsedUp):
        resetting.set_password(mailing, token(office), NEW, None)


@pytest.mark.parametrize("named", ["nobody", "", "b@example.org", "a\0b", "%"])
def test_for_nobody_no_mail_goes_out(
    mailing: Context, office: Office, ada_by_mail: Person, named: str
) -> None:
    ask(mailing, named)
    assert office.letters == []


def test_who_is_disabled_or_has_no_address_gets_none(
    mailing: Context, office: Office, ada_by_mail: Person, bob: Person
) -> None:
    accounts.set_disabled(mailing, accounts.operator(mailing), "ada", True)
    for named in ("ada", "ada@example.org", "bob"):
        ask(mailing, named)
    assert office.letters == []


def test_whoever_shares_an_address_gets_a_link_each(
    mailing: Context, office: Office, ada_by_mail: Person, bob: Person
) -> None:
    own_account.change_details(mailing, bob, "Bob", "ada@example.org")
    ask(mailing, "ada@example.org")
    told = [letter.get_content() for letter in office.letters]
    assert ["account ada" in told[0], "account bob" in told[1]] == [True, True]


def test_a_letter_that_is_not_taken_keeps_no_other_back_and_can_be_asked_for_again(
    mailing: Context, office: Office, ada_by_mail: Person, bob: Person
) -> None:
    own_account.change_details(mailing, bob, "Bob", "ada@EXAMPLE.org")
    office.refusal, office.refused = "550 no such box", "Ada@example.org"
    sending = resetting.ask(mailing, "ada@example.org", None)
    assert sending is not None
    assert isinstance(sending.exception(), MailFailed)
    assert office.recipients == ["ada@EXAMPLE.org"]
    with mailing.session() as session:
        noted = audit.newest(session, audit.Filter(action="reset link mailed"), 9)
    assert [event.subject for event in noted] == ["bob"]
    office.refusal = ""
    ask(mailing, "ada")
    assert office.recipients[1:] == ["Ada@example.org"]


def test_nobodys_letter_box_is_filled(
    mailing: Context, office: Office, ada_by_mail: Person, clock: Clock
) -> None:
    for named in ("ada", "ada", "ada@example.org"):
        ask(mailing, named)
    clock.forward(minutes=5, seconds=-1)
    ask(mailing, "ada")
    assert len(office.letters) == 1
    clock.forward(seconds=1)
    ask(mailing, "ada")
    assert len(office.letters) == 2


def test_asking_is_throttled_for_known_and_unknown_alike(
    mailing: Context, office: Office, ada_by_mail: Person
) -> None:
    for named in ("ada", "nobody"):
        for _ in range(throttle.FREE_BY_NAME + 1):
            ask(mailing, named)
        with pytest.raises(TooManyTries):
            resetting.ask(mailing, named, None)


def test_nothing_is_looked_up_before_the_answer(
    mailing: Context, ada_by_mail: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(post, "later", lambda _work: None)
    monkeypatch.setattr(resetting.users, "by_name_or_mail", lambda *_: pytest.fail("looked up"))
    for named in ("ada", "nobody"):
        assert resetting.ask(mailing, named, None) is None


def test_without_a_mail_server_nothing_is_done(context: Context, ada: Person) -> None:
    assert resetting.ask(context, "ada", None) is None


def test_what_goes_wrong_is_logged_without_an_address(
    context: Context, ada_by_mail: Person, caplog: pytest.LogCaptureFixture
) -> None:
    nobody_there = at(context, free_port())
    with caplog.at_level(logging.ERROR, "ttt.mail"):
        sending = resetting.ask(nobody_there, "ada", None)
        assert sending is not None
        assert isinstance(sending.exception(), MailFailed)
    assert "cannot be reached" in caplog.text
    assert "example.org" not in caplog.text


def test_a_reset_does_not_take_the_second_factor(context: Context, ada: Person) -> None:
    with context.session() as session:
        user = accounts.by_name(session, "ada")
        user.totp_encrypted = context.vault.encrypt("secret")
        session.commit()
    link = one_time_links.reset_link(context, accounts.operator(context), "ada")
    resetting.set_password(context, link.url.partition("=")[2], NEW, None)
    assert accounts.find(context, "ada").second_factor


def test_an_invitation_goes_out_by_mail(mailing: Context, office: Office) -> None:
    link = one_time_links.invite(mailing, accounts.operator(mailing), Role.MEMBER)
    sending = post.invitation(mailing, "eve@example.org", link)
    assert sending is not None
    assert sending.exception() is None
    assert office.recipients == ["eve@example.org"]
    assert link.url in office.letters[0].get_content()


def test_without_a_mail_server_no_invitation_goes_out(context: Context) -> None:
    link = one_time_links.invite(context, accounts.operator(context), Role.MEMBER)
    assert post.invitation(context, "eve@example.org", link) is None
