"""The second step of signing in: a code of the authenticator app, or a recovery code."""

import streamlit as st

from ttt.errors import InvalidInput, StoreError, TooManyTries
from ttt.services.doors import pending, second_factor
from ttt.services.person import Person
from ttt.ui.accounts import entering
from ttt.ui.frame import browser, notices, process

_PENDING = "sign-in-pending"
_LEFT = "sign-in-codes-left"


def begin(person: Person) -> None:
    """Ask for a code next, in the place of the form."""
    st.session_state[_PENDING] = pending.hold(process.context(), person)
    # With this set, the authenticator's form believes that all is done and does not come back.
    st.session_state.pop("authentication_status", None)
    st.rerun()


def shown() -> bool:
    """Ask for the code, and let in after a right one; False when nobody's is waited for."""
    held = st.session_state.get(_PENDING)
    if held is None:
        return False
    person = pending.resume(process.context(), held)
    if person is None:
        _forget()
        st.info("That took more than five minutes, or the account has changed. Sign in again.")
        return False
    left = st.session_state.get(_LEFT)
    if left is None:
        _ask(person)
    else:
        _say_what_is_left(person, left)
    return True


def _ask(person: Person) -> None:
    context = process.context()
    with st.form("code"):
        st.header("Second step", anchor=False)
        st.caption(f"Type the code that your app shows for {notices.plain(person.username)}.")
        if not second_factor.standing(context, person).readable:
            st.warning(second_factor.UNREADABLE, icon=":material/key_off:")
        code = st.text_input(
            "Code", max_chars=40, autocomplete="one-time-code", placeholder="123 456"
        )
        st.caption("No phone at hand? A recovery code is taken here as well, each one once.")
        if st.form_submit_button("Sign in", type="primary", width="stretch"):
            _check(person, code)
    if st.button("Start again", type="tertiary", icon=":material/arrow_back:"):
        _forget()
        st.rerun()


def _check(person: Person, code: str) -> None:
    context = process.context()
    try:
        left = second_factor.check(context, person, code, browser.address(context.settings))
    except (InvalidInput, StoreError, TooManyTries) as error:
        notices.trouble(error)
        return
    if left is not None:
        st.session_state[_LEFT] = left
        st.rerun()
    _forget()
    entering.enter(person)


def _say_what_is_left(person: Person, left: int) -> None:
    with st.container(border=True):
        st.header(recovery_codes(left), anchor=False)
        st.caption("The one that you typed is used up. The Account page makes new ones.")
        if st.button("Continue", type="primary"):
            _forget()
            entering.enter(person)


def recovery_codes(left: int) -> str:
    """How many recovery codes are left, in words."""
    return f"{left or 'No'} recovery code{'' if left == 1 else 's'} left"


def _forget() -> None:
    st.session_state.pop(_PENDING, None)
    st.session_state.pop(_LEFT, None)
