"""What is shown in the place of a page that failed."""

import logging
import time

import streamlit as st
from sqlalchemy.exc import SQLAlchemyError

from ttt.errors import StoreError, TTTError
from ttt.services.server.watching.numbers import numbers
from ttt.ui.frame import process

_TRIED_EVERY = 10.0
_log = logging.getLogger("ttt.pages")


def show(error: Exception) -> bool:
    """Show any error of a page in words; what nobody foresaw goes to the log."""
    # Loaded with the first page, so that the server answers a second earlier.
    from ttt.ui.frame import layout, notices  # noqa: PLC0415

    if not process.has_title():
        layout.head("This page cannot be shown")
    if not isinstance(error, TTTError):
        _note(error)
        st.error(
            "Something went wrong here. Reload the page; if that does not help, tell the admin."
        )
        return True
    notices.trouble(error)
    if isinstance(error, StoreError):
        _note(error)
        st.button("Try again", icon=":material/refresh:", key="try again")
        _come_back(time.monotonic())
    return True


def _note(error: Exception) -> None:
    numbers().failed_runs.inc()
    if isinstance(error, StoreError | SQLAlchemyError):
        # One line: its traceback would fill a screen, for everybody who is there.
        _log.error("page failed: %s (%s)", type(error).__name__, _reason(error))
    else:
        _log.error("page failed", exc_info=error)


@st.fragment(run_every=_TRIED_EVERY)
def _come_back(failed_at: float) -> None:
    """Try again by itself, so that nobody has to press a button when all is well again."""
    if time.monotonic() - failed_at > _TRIED_EVERY / 2:
        st.rerun()


def _reason(error: Exception) -> str:
    return str(error.__cause__ or getattr(error, "orig", None) or error).partition("\n")[0][:200]
