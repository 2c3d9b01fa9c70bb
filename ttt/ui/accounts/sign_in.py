"""The sign-in form: streamlit-authenticator checks it, on the accounts in the database."""

from typing import Any

import streamlit as st
from streamlit_authenticator.controllers import AuthenticationController
from streamlit_authenticator.models import AuthenticationModel

from ttt.errors import TooManyTries
from ttt.services.doors import sign_in
from ttt.services.person import Person
from ttt.ui.accounts import code_step, entering, leaving, newcomers, one_time, openid
from ttt.ui.frame import browser, notices, process


class _Accounts(AuthenticationModel):  # type: ignore[misc]  # the package has no types
    """The authenticator's check, made on the database instead of a dictionary of everybody."""

    def __init__(self) -> None:
        super().__init__({"usernames": {}}, auto_hash=False)
        self.person: Person | None = None
        self.incomplete = False

    def login(self, username: str, password: str, *arguments: Any, **options: Any) -> bool | None:
        self.incomplete = not (username and password)
        if self.incomplete:
            return None
        return bool(super().login(username, password, *arguments, **options))

    def check_credentials(self, username: str, password: str) -> bool:
        context = process.context()
        address = browser.address(context.settings)
        known_as = browser.known_as(context.settings)
        self.person = sign_in.check_password(context, username, password, address, known_as)
        if self.person is not None:
            self.credentials["usernames"][username] = {"name": self.person.name}
        return self.person is not None


def _form(accounts: _Accounts) -> None:
    """Ask for name and password, and let the authenticator's controller check them.

    The package's own form keeps password managers out (autocomplete="off"), and its constructor
    shows a component for its cookie, which signs in by a token that never ends.
    """
    controller = AuthenticationController({"usernames": {}}, auto_hash=False)
    controller.authentication_model = accounts
    with st.form("sign-in"):
        st.header("Sign in", anchor=False)
        username = st.text_input("Username", autocomplete="username")
        password = st.text_input("Password", type="password", autocomplete="current-password")
        if st.form_submit_button("Sign in", type="primary", width="stretch"):
            controller.login(username, password)


def page() -> None:
    """Ask for name and password, then open the page that was asked for."""
    # As wide on a tablet as on a desk: shares of the page would be a third of it there.
    with st.container(horizontal_alignment="center"), st.container(width=480):
        process.begun(titled=True)
        st.title("Top Track Tracker", anchor=False)
        st.caption("What you play most, how it sounds, and how it moves.")
        leaving.farewell()
        _ended()
        if one_time.handled() or code_step.shown():
            return
        accounts = _Accounts()
        try:
            _form(accounts)
        except TooManyTries as error:
            notices.trouble(error)
        else:
            _answer(accounts)
        openid.offer()
        newcomers.offers()


def _answer(accounts: _Accounts) -> None:
    if accounts.person is not None:
        if accounts.person.second_factor:
            code_step.begin(accounts.person)
        entering.enter(accounts.person)
    elif accounts.incomplete:
        st.error("Fill in both username and password.")
    elif st.session_state.get("authentication_status") is False:
        st.error("Wrong username or password.")


def _ended() -> None:
    """Say to whoever was signed in here why the form is there."""
    if browser.session_token(process.context().settings):
        st.info(
            "Your session has ended. Sign in again: you come back to the page you were on.",
            icon=":material/schedule:",
        )
