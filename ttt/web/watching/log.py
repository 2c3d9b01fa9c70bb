"""Logging: one line a request with an id, and never a query string, as these carry secrets."""

import logging
import re
import secrets
import time
from contextlib import suppress
from contextvars import ContextVar
from logging.config import dictConfig
from typing import Literal

from h11 import LocalProtocolError
from pythonjsonlogger.json import JsonFormatter
from sqlalchemy.exc import SQLAlchemyError
from starlette.datastructures import MutableHeaders
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ttt.web.watching.repeats import Repeats

_log = logging.getLogger("ttt.requests")
_QUIET = re.compile(r"/(_stcore|static|media|component)/|/(health|live|ready)z$|/metrics$")
_THEIRS = re.compile(r"(dbos|streamlit|uvicorn|websockets)(\.|$)")
_CAUSE = re.compile(r"[A-Za-z_][\w.]*: ")
_FIELDS = {
    "asctime": "%(asctime)s",
    "levelname": "%(levelname)s",
    "request_id": "%(request_id)s",
    "name": "%(name)s",
    "message": "%(message)s",
}
_LINES_A_MINUTE = 600  # of requests; a flood of them is counted, and not written down
HUNG_UP = 499
"""As proxies write it: nobody waited for the answer."""
request_id: ContextVar[str] = ContextVar("request_id", default="-")


def configure(level: str, format_: Literal["text", "json"] = "text") -> None:
    """Send the log to the console; libraries that print tokens or addresses are kept quiet."""
    dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "filters": {"id": {"()": _AddRequestId}, "repeats": {"()": Repeats}},
            "formatters": {
                "text": {"()": _Indented, "format": " ".join(_FIELDS.values())},
                "json": {"()": _json_lines},
            },
            "handlers": {
                "console": {
                    "class": "logging.StreamHandler",
                    "formatter": format_,
                    "filters": ["id", "repeats"],
                }
            },
            "loggers": {
                "ttt": {"level": level, "handlers": ["console"], "propagate": False},
                "dbos": {"level": "WARNING", "handlers": ["console"], "propagate": False},
                "asyncio": {"level": "WARNING", "handlers": ["console"], "propagate": False},
                "spotipy": {"level": "WARNING"},
                "urllib3": {"level": "WARNING"},
                "httpx": {"level": "WARNING"},
                "httpcore": {"level": "WARNING"},
            },
        }
    )
    # Its lines hold the query, where codes and tickets are; Streamlit resets levels and handlers
    # of this logger whenever it reads its configuration, but not this.
    logging.getLogger("uvicorn.access").disabled = True
    _take_over(logging.getLogger("ttt").handlers[0])


def _json_lines() -> JsonFormatter:
    names = {"asctime": "time", "levelname": "level", "name": "logger"}
    return JsonFormatter(list(_FIELDS), rename_fields=names, json_ensure_ascii=True)


def _take_over(console: logging.Handler) -> None:
    """Write what Streamlit and its server log like everything else.

    Each of their loggers has a handler of its own, made anew when the configuration is read.
    """
    others = [name for name in logging.root.manager.loggerDict if _THEIRS.match(name)]
    for name in {"dbos", "uvicorn.error", *others}:
        logging.getLogger(name).filters = [_Elsewhere(console)]


class RequestLog:
    """Middleware that gives each request an id and writes a line when it is done."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; only HTTP is logged."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        identity, started, status = secrets.token_hex(4), time.perf_counter(), 500
        request_id.set(identity)

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)["x-request-id"] = identity
            # Who sends nonsense behind a request, or hangs up, gets no answer; strangers could
            # fill the log with the traceback of it.
            with suppress(LocalProtocolError):
                await send(message)

        try:
            await self._app(scope, receive, send_with_id)
        except ClientDisconnect:
            status = HUNG_UP
        finally:
            _write(scope, status, time.perf_counter() - started)


def _write(scope: Scope, status: int, seconds: float) -> None:
    """A line about a request that is done; of what is asked all the time, only failures."""
    if status >= 500 or not _QUIET.search(scope["path"]):
        path = _printable(scope["path"])
        most = {"most": _LINES_A_MINUTE, "kind": status}
        _log.info("%s %s %s %.0f ms", scope["method"], path, status, seconds * 1000, extra=most)


def _printable(path: str) -> str:
    return re.sub(r"[^\x21-\x7e]", "?", path)[:200]


class _Indented(logging.Formatter):
    """Only the first line of an entry starts at the margin, so that no text can forge another."""

    def format(self, record: logging.LogRecord) -> str:
        first, *more = super().format(record).splitlines()
        return "\n".join([_shown(first), *(f"  {_shown(line)}" for line in more)])


def _shown(line: str) -> str:
    return "".join(c if c.isprintable() else "?" for c in line)


def _in_a_line(text: str) -> str:
    """The first line, and in the place of a traceback the line that says what went wrong."""
    first, *more = text.splitlines() or [""]
    said, traced, _ = first.partition("Traceback (most recent call last):")
    if not traced:
        return first
    return said + next((line for line in reversed(more) if _CAUSE.match(line)), "no reason given")


class _AddRequestId(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = request_id.get()
        return True


class _Elsewhere(logging.Filter):
    """Hands records to a handler instead of those of their logger."""

    def __init__(self, handler: logging.Handler) -> None:
        super().__init__()
        self._handler = handler

    def filter(self, record: logging.LogRecord) -> bool:
        error = record.exc_info[1] if record.exc_info else None
        told = record.getMessage()
        if isinstance(error, SQLAlchemyError) or "sqlalche.me" in told:
            # What it tells of a lost database fills a screen each time.
            record.msg, record.args, record.exc_info = _in_a_line(told), (), None
        self._handler.handle(record)
        return False
