"""Mail by SMTP: one letter, one connection, no second try."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import formatdate, make_msgid, parseaddr

from ttt.errors import MailFailed
from ttt.settings import Settings

TIMEOUT = 10.0
_AWAY = "The mail server cannot be reached."


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail in plain text to one address."""

    to: str
    subject: str
    text: str

    def __repr__(self) -> str:
        return "Letter(...)"


def send(settings: Settings, letter: Letter) -> None:
    """Hand a letter to the mail server; MailFailed, which names no address, when it is not taken.

    Where encryption is asked for, nothing goes out without it.
    """
    try:
        message = _message(settings, letter)
        with _connected(settings) as server:
            if settings.smtp_user:
                server.login(settings.smtp_user, settings.smtp_password.get_secret_value())
            server.send_message(message, to_addrs=[letter.to])
    except smtplib.SMTPNotSupportedError:
        raise MailFailed("The mail server does not offer what the settings ask for.") from None
    except smtplib.SMTPAuthenticationError:
        raise MailFailed("The mail server does not take the user and password.") from None
    except smtplib.SMTPServerDisconnected:  # it hung up, or said nothing in time
        raise MailFailed(_AWAY) from None
    except (smtplib.SMTPException, ssl.SSLError):
        raise MailFailed("The mail server did not take the mail.") from None
    except OSError:
        raise MailFailed(_AWAY) from None
    except (ValueError, IndexError, MessageError):  # nonsense, or a line break in a header
        raise MailFailed("The mail cannot be written to that address.") from None


@contextmanager
def _connected(settings: Settings) -> Iterator[smtplib.SMTP]:
    host, port = settings.smtp_host, settings.smtp_port
    with (
        smtplib.SMTP_SSL(host, port, timeout=TIMEOUT, context=ssl.create_default_context())
        if settings.smtp_security == "tls"
        else smtplib.SMTP(host, port, timeout=TIMEOUT)
    ) as server:
        if settings.smtp_security == "starttls":
            server.starttls(context=ssl.create_default_context())
        yield server


def _message(settings: Settings, letter: Letter) -> EmailMessage:
    message = EmailMessage()
    message["From"] = settings.mail_from
    message["To"] = Address(addr_spec=letter.to)
    message["Subject"] = letter.subject
    message["Date"] = formatdate()
    message["Message-ID"] = make_msgid(domain=parseaddr(settings.mail_from)[1].rpartition("@")[2])
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text)
    return message
