"""Followed accounts that hide their plays: the token that shows them, kept encrypted."""

import re
from typing import Any

from ttt.errors import InvalidInput
from ttt.models import Recorder
from ttt.services.context import Context

_TOKEN = re.compile(r"[!-~]{8,200}")


def sealed(context: Context, token: str, *, takes_token: bool) -> dict[str, Any]:
    """What to keep of a token that somebody typed, nothing for none.

    InvalidInput for what cannot be one, and where accounts have none.
    """
    token = token.strip()
    if not token:
        return {}
    if not takes_token:
        raise InvalidInput("Accounts there have no token: leave that field empty.")
    if not _TOKEN.fullmatch(token):
        raise InvalidInput("That is no token: copy it from the account's settings there.")
    return {"token_encrypted": context.vault.encrypt(token)}


def opened(context: Context, recorder: Recorder) -> str | None:
    """The account's token, "" where it has none; None when no key of the server opens it."""
    if recorder.token_encrypted is None:
        return ""
    return context.vault.decrypt(recorder.token_encrypted)


def why_hidden(recorder: Recorder, *, takes_token: bool) -> str:
    """Why an account shows no plays, and what to do, in words."""
    if recorder.token_encrypted is not None:
        return (
            f"{recorder.account} is not shown for its token any more: follow it again with the"
            " token from its settings there."
        )
    words = f"There is no account {recorder.account} there, or it tells nobody what it plays."
    return f"{words} If it is private, follow it again with its token." if takes_token else words
