"""Links that are good once, opened at the sign-in page."""

import streamlit as st

from ttt.errors import InvalidInput, LinkUsedUp, StoreError, TooManyTries
from ttt.services.doors import one_time_links, registration, resetting
from ttt.services.doors.one_time_links import Purpose
from ttt.services.explain import clock
from ttt.services.person import Person
from ttt.ui.accounts import forms, newcomers
from ttt.ui.frame import browser, notices, process

_KINDS = ("reset", "invitation")


def handled() -> bool:
    """Show what a link or a button on the sign-in page asks for; False leaves it to the form."""
    newcomers.said()
    for kind in _KINDS:
        if kind in st.query_params:
            _link(kind, st.query_params[kind])
            return True
    return newcomers.shown()


def kept_for_later(person: Person) -> None:
    """Tell somebody who is signed in why a link does not open."""
    if any(kind in st.query_params for kind in _KINDS):
        name = notices.plain(person.username)
        st.info(
            f"You are signed in as {name}. To use this link, sign out first, then open it again.",
            icon=":material/link:",
        )


def _link(kind: str, token: str) -> None:
    try:
        if kind == "reset":
            _new_password(token)
        else:
            _new_account(token)
    except LinkUsedUp as error:
        notices.trouble(error)
        if st.button("Go to sign-in", type="tertiary", icon=":material/arrow_back:"):
            st.query_params.clear()
            st.rerun()


def _new_password(token: str) -> None:
    context = process.context()
    purpose = one_time_links.look(context, "reset", token)
    with st.form("new password"):
        st.header("Set a new password", anchor=False)
        st.caption(f"For the account {notices.plain(purpose.username)}. {_until(purpose)}")
        password = forms.new_password()
        sent = st.form_submit_button("Set password", type="primary", width="stretch")
    if not sent:
        return
    try:
        address = browser.address(context.settings)
        username = resetting.set_password(context, token, forms.same(*password), address)
    except (InvalidInput, StoreError) as error:
        notices.trouble(error)
    else:
        newcomers.done(f"The new password of {username} is set. Sign in with it.")


def _new_account(token: str) -> None:
    context = process.context()
    purpose = one_time_links.look(context, "invitation", token)
    with st.form("new account"):
        st.header("You are invited", anchor=False)
        role = "an admin" if purpose.role.value == "admin" else "a member"
        st.caption(f"Open your account as {role} of this server. {_until(purpose)}")
        username, name, password = newcomers.fields()
        sent = st.form_submit_button("Open account", type="primary", width="stretch")
    if not sent:
        return
    try:
        address, chosen = browser.address(context.settings), forms.same(*password)
        person = registration.accept(context, token, username, name, chosen, address)
    except (InvalidInput, StoreError, TooManyTries) as error:
        notices.trouble(error)
    else:
        newcomers.opened(person)


def _until(purpose: Purpose) -> str:
    return f"Good once, until {clock(purpose.expires_at, browser.zone())}."
