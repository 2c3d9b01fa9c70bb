import socket
from collections.abc import Iterator

import pytest

from tests.surroundings.loopback import free_port
from tests.surroundings.post_office import Office, open_office
from ttt.errors import MailFailed
from ttt.providers import mail
from ttt.providers.mail import Letter
from ttt.settings import Settings

LETTER = Letter("ada@example.org", "Grüße", "Ein Link:\nhttps://example.org/?reset=x\n")


@pytest.fixture
def office() -> Iterator[Office]:
    with open_office() as office:
        yield office


def at(port: int, **other: object) -> Settings:
    given = {"smtp_host": "127.0.0.1", "smtp_port": port, "mail_from": "Music <m@example.org>"}
    return Settings(**{"smtp_security": "none"} | given | other)


def test_a_letter_arrives_as_it_was_written(office: Office) -> None:
    mail.send(at(office.port), LETTER)
    (letter,) = office.letters
    assert office.recipients == ["ada@example.org"]
    assert (letter["To"], letter["From"]) == ("ada@example.org", "Music <m@example.org>")
    assert letter["Subject"] == "Grüße"
    assert letter.get_content().replace("\r\n", "\n") == LETTER.text
    assert letter["Message-ID"].endswith("@example.org>")


@pytest.mark.parametrize(
    "to",
    ["ada@example.org\nBcc: eve@example.org", "ada@b.de, eve@b.de", "eve,ada@b.de", "", "ada", "@"],
)
def test_an_address_is_one_address(office: Office, to: str) -> None:
    with pytest.raises(MailFailed):
        mail.send(at(office.port), Letter(to, "Subject", "Text"))
    assert office.letters == []


def test_a_subject_adds_no_header(office: Office) -> None:
    with pytest.raises(MailFailed):
        mail.send(at(office.port), Letter("ada@example.org", "A\r\nBcc: eve@example.org", "Text"))
    assert office.letters == []


@pytest.mark.parametrize("refusal", ["550 no such box", "451 later", "421 closing"])
def test_a_letter_that_is_refused_is_told_without_an_address(office: Office, refusal: str) -> None:
    office.refusal = refusal
    with pytest.raises(MailFailed, match="did not take") as failed:
        mail.send(at(office.port), LETTER)
    assert "example.org" not in str(failed.value)
    assert "ada" not in repr(LETTER)


def test_nothing_goes_out_unencrypted_when_encryption_is_asked_for(office: Office) -> None:
    with pytest.raises(MailFailed, match="does not offer"):
        mail.send(at(office.port, smtp_security="starttls"), LETTER)
    with pytest.raises(MailFailed):
        mail.send(at(office.port, smtp_security="tls"), LETTER)
    assert office.letters == []


def test_a_server_without_sign_in_is_told(office: Office) -> None:
    settings = at(office.port).model_copy(update={"smtp_user": "me"})
    with pytest.raises(MailFailed, match="does not offer"):
        mail.send(settings, LETTER)


def test_nobody_there_is_told() -> None:
    with pytest.raises(MailFailed, match="cannot be reached"):
        mail.send(at(free_port()), LETTER)


def test_a_server_that_says_nothing_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail, "TIMEOUT", 0.05)
    with (
        socket.create_server(("127.0.0.1", 0)) as silent,
        pytest.raises(MailFailed, match="cannot be reached"),
    ):
        mail.send(at(silent.getsockname()[1]), LETTER)
