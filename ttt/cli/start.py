"""What all commands share: errors in one line, and services on a current database."""

from functools import partial
from typing import Any

import typer
from sqlalchemy.exc import DBAPIError
from typer.core import TyperGroup

from ttt.errors import StoreBusy, StoreError, TTTError
from ttt.services.context import Context, open_context, prepare
from ttt.services.explain import explain
from ttt.services.server.waiting import wait_for_database
from ttt.settings import load


class Commands(TyperGroup):
    """Ends every foreseen error as one line on stderr and exit code 1."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command that was asked for."""
        try:
            return super().invoke(ctx)
        except (TTTError, DBAPIError, OSError, UnicodeEncodeError) as error:
            typer.echo(in_words(error), err=True)
            raise typer.Exit(1) from None


def opened(*, patiently: bool = False) -> Context:
    """The services, on a database with all migrations, which may still be on its way."""
    context = open_context(load())
    if patiently:
        wait_for_database(context, told=partial(typer.echo, err=True))
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
