"""A mail server on loopback that keeps what it is given, or does what it is told instead."""

from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.surroundings.loopback import free_port


class Office:
    """Letters in the order in which they came.

    `refusal` is answered instead of taking one, whoever it is to or only for `refused`.
    """

    def __init__(self, port: int) -> None:
        self.port = port
        self.refusal = ""
        self.refused = ""
        self.recipients: list[str] = []
        self.letters: list[EmailMessage] = []

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        if self.refusal and self.refused in ("", *envelope.rcpt_tos):
            return self.refusal
        self.recipients += envelope.rcpt_tos
        content = envelope.content
        assert isinstance(content, bytes)
        letter = message_from_bytes(content, policy=policy.default)
        assert isinstance(letter, EmailMessage)
        self.letters.append(letter)
        return "250 OK"


@contextmanager
def open_office() -> Iterator[Office]:
    """Serve from a thread until the block ends."""
    office = Office(free_port())
    controller = Controller(office, hostname="127.0.0.1", port=office.port)
    controller.start()
    yield office
    controller.stop()
