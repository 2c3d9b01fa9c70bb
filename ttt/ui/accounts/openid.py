"""Signing in by an OpenID provider, and the identities that are bound to one's account."""

from typing import get_args

import streamlit as st

from ttt.errors import InvalidInput, NotFound, OpenIdFailed, OpenIdReason, StoreError, TooManyTries
from ttt.services.doors import openid
from ttt.services.doors.openid import Bound
from ttt.services.person import Person
from ttt.ui.accounts import forms
from ttt.ui.frame import browser, notices, process

_START, _HERE = "/auth/openid/start", "/account?section=Sign-in+and+security"


def offer() -> None:
    """The button below the sign-in form, where there is a provider."""
    settings = process.context().settings
    if not settings.openid:
        return
    _say_why()
    name = notices.plain(settings.openid_name)
    if st.button(f"Sign in with {name}", icon=":material/key:", width="stretch"):
        browser.post(_START, {"next": browser.path(), "zone": str(browser.zone() or "")})


def section(person: Person) -> None:
    """The identities that are bound to one's account; nothing where there is no provider."""
    context = process.context()
    mine = openid.bound(context, person)
    if not (mine or context.settings.openid):
        return
    name = notices.plain(context.settings.openid_name)
    with st.container(border=True):
        st.header(f"Sign in with {name}", anchor=False)
        _say_why()
        for place, identity in enumerate(mine):
            _identity(person, identity, place)
        if not mine:
            st.caption("Link your account there, and you can sign in here without a password.")
        if context.settings.openid:
            _bind(person, "Link another" if mine else "Link")


def _bind(person: Person, label: str) -> None:
    with st.form("bind", border=False, clear_on_submit=True):
        password = forms.own_password(person, "Your password, to link it")
        if not st.form_submit_button(label):
            return
        try:
            proof = openid.allow_binding(process.context(), person, password)
        except (InvalidInput, StoreError, TooManyTries) as error:
            notices.trouble(error)
            return
    browser.post(_START, {"next": _HERE, "bind": proof})


def _identity(person: Person, identity: Bound, place: int) -> None:
    since = identity.since.astimezone(browser.zone())
    row = st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
    )
    with row.container(gap=None, width="content"):
        st.text(identity.name)  # Markdown would make a link of a mail address
        st.caption(f"Linked {since:%d %b %Y}")
    unbind = row.button("Unlink", key=f"unbind-{place}")
    if unbind:
        with notices.telling(InvalidInput, NotFound, StoreError):
            openid.unbind(process.context(), person, identity.issuer, identity.subject)
            st.rerun()


def _say_why() -> None:
    """Why the last attempt came to nothing; the address says a word out of a list only."""
    told = st.query_params.get("openid")
    reason = next((known for known in get_args(OpenIdReason) if known == told), None)
    if reason is not None:
        notices.trouble(OpenIdFailed(reason))
        del st.query_params["openid"]
