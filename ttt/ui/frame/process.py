"""What all browser sessions of this process share: the services' context and the error page."""

import logging
import time
from functools import cache

import streamlit as st
from sqlalchemy.exc import SQLAlchemyError

from ttt.errors import StoreError, TTTError
from ttt.services.context import Context, open_context
from ttt.services.server import demo_key as demo_key_service
from ttt.services.server.watching.numbers import numbers
from ttt.settings import load

_TRIED_EVERY = 10.0
_TITLED = "page has its title"
_log = logging.getLogger("ttt.pages")


@cache
def context() -> Context:
    """Dependencies of the services, opened once; address and port are those in use."""
    host, port = st.get_option("server.address"), st.get_option("server.port")
    return open_context(load(TTT_HOST=host, TTT_PORT=port))


def demo_key() -> bytes:
    """Key of the demo Spotify's tokens."""
    return demo_key_service.read(context())


def begun(*, titled: bool = False) -> None:
    """Note that a page begins, or has come as far as its title."""
    st.session_state[_TITLED] = titled


def show_error(error: Exception) -> bool:
    """Show any error of a page in words; what nobody foresaw goes to the log."""
    # Loaded with the first page, so that the server answers a second earlier.
    from ttt.ui.frame import layout, notices  # noqa: PLC0415

    if not st.session_state.get(_TITLED):
        layout.head("This page cannot be shown")
    if isinstance(error, TTTError):
        notices.trouble(error)
        if isinstance(error, StoreError):
            numbers().failed_runs.inc()
            # One line: its traceback would fill a screen, for everybody who is there.
            _log.error("page failed: %s (%s)", type(error).__name__, _reason(error))
            st.button("Try again", icon=":material/refresh:", key="try again")
            _come_back(time.monotonic())
        return True
    numbers().failed_runs.inc()
    if isinstance(error, SQLAlchemyError):
        _log.error("page failed: %s (%s)", type(error).__name__, _reason(error))
        st.error("Something went wrong here. Reload the page; if it stays so, tell the admin.")
    else:
        _log.error("page failed", exc_info=error)
        st.error("Something went wrong here. Reload the page; if it stays so, tell the admin.")
    return True


@st.fragment(run_every=_TRIED_EVERY)
def _come_back(failed_at: float) -> None:
    """Try again by itself, so that nobody has to press a button when all is well again."""
    if time.monotonic() - failed_at > _TRIED_EVERY / 2:
        st.rerun()


def _reason(error: Exception) -> str:
    return str(error.__cause__ or getattr(error, "orig", None) or error).partition("\n")[0][:200]
