"""Mail that goes out in the background: nobody waits for a mail server."""

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache

from ttt.errors import MailFailed
from ttt.providers import mail
from ttt.providers.mail import Letter
from ttt.services.context import Context
from ttt.services.doors.one_time_links import MadeLink

_log = logging.getLogger("ttt.mail")
_SENT_AT_A_TIME = 2


def later(work: Callable[[], None]) -> Future[None]:
    """Have something written and sent; what goes wrong is logged without addresses."""
    return _sender().submit(_reported, work)


def invitation(context: Context, to: str, link: MadeLink) -> Future[None] | None:
    """Have an invitation mailed; None, and nothing is done, without a mail server."""
    if not context.settings.can_mail:
        return None
    text = (
        f"You are invited to open an account at {context.settings.base_url}.\n\n"
        f"Choose a username and a password within a week:\n{link.url}\n\n"
        "If you do not know what this is about, do nothing.\n"
    )
    letter = Letter(to, "Your invitation to Top Track Tracker", text)
    return later(lambda: mail.send(context.settings, letter))


def _reported(work: Callable[[], None]) -> None:
    try:
        work()
    except Exception as error:
        reason = error.reason if isinstance(error, MailFailed) else type(error).__name__
        _log.error("a mail did not go out: %s", reason)
        raise


@cache
def _sender() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(_SENT_AT_A_TIME, "mail")
