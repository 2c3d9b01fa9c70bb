"""What all commands share: words for what went wrong, and services on a current database."""

import time
from collections.abc import Callable
from functools import partial

import typer
from sqlalchemy.exc import DBAPIError

from ttt.errors import StoreBusy, StoreError, TTTError
from ttt.services.context import Context, open_context, prepare
from ttt.services.explain import explain
from ttt.services.server.waiting import wait_for_database
from ttt.settings import load

FORESEEN = (TTTError, DBAPIError, OSError, UnicodeEncodeError)


def opened(*, patiently: bool = False, sleep: Callable[[float], object] = time.sleep) -> Context:
    """The services, on a database with all migrations, which may still be on its way."""
    context = open_context(load())
    if patiently:
        wait_for_database(context, told=partial(typer.echo, err=True), sleep=sleep)
    prepare(context)
    return context


def in_words(error: Exception) -> str:
    """What went wrong, in a line."""
    if isinstance(error, StoreError | DBAPIError):
        reason = getattr(error, "orig", None) or error.__cause__ or explain(StoreBusy()).what
        return f"The database cannot be used: {str(reason).partition(chr(10))[0]}"
    if isinstance(error, TTTError):
        return str(explain(error))
    if isinstance(error, OSError):
        return f"{error.filename or 'A file'}: {error.strerror or error}"
    return "What you typed is not in UTF-8."
