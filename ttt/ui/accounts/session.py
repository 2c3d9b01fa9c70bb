"""Who is signed in here."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from zoneinfo import ZoneInfo

import streamlit as st

from ttt.errors import NotAllowed
from ttt.services.accounts import own_account
from ttt.services.doors import sign_in as sign_in_service
from ttt.services.person import Person
from ttt.ui.accounts import second_factor, sign_in
from ttt.ui.frame import browser, layout, process

_TOLD = "time zone told of"
# Not in the session's state: a run that is ended for another one could leave it there for a
# fragment that comes alone.
_FOR: ContextVar[Person | None] = ContextVar("whom this run is for", default=None)


def person() -> Person | None:
    """Who is signed in, None when nobody is."""
    context = process.context()
    settings = context.settings
    return sign_in_service.current_person(
        context, browser.session_token(settings), browser.address(settings)
    )


@contextmanager
def run_for(signed_in: Person) -> Iterator[None]:
    """While the page and its fragments run at once, nobody is looked up for each of them again."""
    before = _FOR.set(signed_in)
    try:
        yield
    finally:
        _FOR.reset(before)


def anew() -> Person:
    """Who is signed in by now, after something on the page may have changed what they have."""
    in_a_run = _FOR.get() is not None
    _FOR.set(None)
    signed_in = require_user()
    if in_a_run:
        _FOR.set(signed_in)
    return signed_in


def require_user() -> Person:
    """Who is signed in; anybody else gets the sign-in form instead of the page.

    An admin who has to set up a second factor first gets that instead.
    """
    signed_in = _FOR.get() or person()
    if signed_in is None:
        sign_in.page()
        st.stop()
    if second_factor.in_the_way(signed_in):
        second_factor.obligatory(signed_in)
        st.stop()
    _tell_zone(signed_in)
    return signed_in


def _tell_zone(signed_in: Person) -> None:
    """Keep the browser's time zone with the account, unless it has one; asked once a session."""
    zone = browser.zone()
    if not isinstance(zone, ZoneInfo) or st.session_state.get(_TOLD) == signed_in.id:
        return
    st.session_state[_TOLD] = signed_in.id
    own_account.first_zone(process.context(), signed_in, zone.key)


def require_admin() -> Person:
    """The admin who is signed in; NotAllowed for members."""
    signed_in = require_user()
    if not signed_in.is_admin:
        layout.head("Admin")
        raise NotAllowed
    return signed_in


def recheck() -> Person:
    """At the start of a fragment, which reruns without the page: who is there now.

    Where nobody is any more, the page is run anew, and shows the form.
    """
    signed_in = _FOR.get() or person()
    if signed_in is None:
        st.rerun()
    return signed_in


def end() -> None:
    """Sign out and go to the start page."""
    browser.post("/auth/sign-out", {})
