"""Deleting accounts together with the work that waits or runs for them."""

import logging
import sqlite3

from sqlalchemy.exc import SQLAlchemyError

from ttt.errors import StoreError
from ttt.jobs import queue
from ttt.services.accounts import leaving, removing
from ttt.services.context import Context
from ttt.services.person import Person

_log = logging.getLogger("ttt.jobs")


def leave(context: Context, person: Person, username: str, password: str) -> None:
    """Delete one's own account; errors as those of the service."""
    leaving.leave(context, person, username, password)
    _forget_work(context, person)


def delete(context: Context, actor: Person, username: str) -> None:
    """Delete somebody's account, for admins; errors as those of the service."""
    _forget_work(context, removing.delete(context, actor, username))


def _forget_work(context: Context, person: Person) -> None:
    try:
        queue.forget(context, person)
    except (SQLAlchemyError, StoreError, sqlite3.Error) as error:
        # The account is gone; whoever deleted it could not do so again.
        _log.warning(
            "The jobs' database is out of reach (%s); work for account %s goes within a week.",
            type(error).__name__,
            person.id,
        )
