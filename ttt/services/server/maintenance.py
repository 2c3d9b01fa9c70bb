"""Maintenance: for a while people can read and nothing is changed, in all processes at once.

It is switched on the command line, and kept in the database: no process has to be started anew.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from ttt.errors import StoreError
from ttt.models import ServerSetting
from ttt.services.accounts.trail import record
from ttt.services.context import Context
from ttt.services.person import Person, require_admin
from ttt.store import server_settings
from ttt.store.server import resting

# From then on nothing is changed any more: how long a process goes by what it last read.
SEEN_WITHIN = 1.0
WAIT = "You can look at everything; changes have to wait a while."
WORDS = f"This server is being worked on. {WAIT}"
_NAME = "maintenance"
_seen: dict[str, tuple[float, str]] = {}
_looking = Lock()


def words(context: Context) -> str:
    """What people are told while it lasts, "" when all is as usual; at most a second old."""
    return _told(context, None)


def banner(context: Context) -> str:
    """What stands above every page while it lasts: the words, and that changes have to wait."""
    told = words(context)
    if not told or told == WORDS:
        return told
    return f"{told}{'' if told[-1] in '.!?' else '.'} {WAIT}"


def is_on(context: Context, connection: Connection | None = None) -> bool:
    """Whether nothing may be changed now; asked over a connection that is open, if there is one."""
    return bool(_told(context, connection))


def begin(context: Context, actor: Person, told: str = "") -> None:
    """Begin, for admins; `told` is for people to read. Holds everywhere after SEEN_WITHIN."""
    _switch(context, actor, " ".join(told.split())[:500] or WORDS, "begun")


def end(context: Context, actor: Person) -> None:
    """End it, for admins."""
    _switch(context, actor, "", "over")


@contextmanager
def kept(context: Context) -> Iterator[None]:
    """Within the block this process refuses changes while it lasts."""
    is_on(context)
    stop = resting.refuse_changes(context.engine, lambda connection: is_on(context, connection))
    try:
        yield
    finally:
        stop()


def _switch(context: Context, actor: Person, value: str, what: str) -> None:
    require_admin(context, actor)
    with context.session() as session:
        setting = ServerSetting(name=_NAME, value=value, changed_at=context.now())
        server_settings.save(session, setting)
        record(context, session, actor, "decided", f"maintenance: {what}")
        session.commit()
    with _looking:
        _seen.pop(str(context.engine.url), None)


def _told(context: Context, connection: Connection | None) -> str:
    key, now = str(context.engine.url), time.monotonic()
    with _looking:
        at, told = _seen.get(key, (float("-inf"), ""))
        if now - at < SEEN_WITHIN:
            return told
        _seen[key] = now, told  # one looks, and the others go by what was seen before
    try:
        told = _read(context, connection)
    except (SQLAlchemyError, StoreError):
        told = ""  # the database says for itself that it is away, or has no tables yet
    with _looking:
        _seen[key] = now, told
    return told


def _read(context: Context, connection: Connection | None) -> str:
    if connection is not None:
        return server_settings.find(Session(connection), _NAME) or ""
    with context.session() as session:
        return server_settings.find(session, _NAME) or ""
