"""What the sign-in page offers beside its form: an account of one's own, a forgotten password."""

import streamlit as st

from ttt.errors import InvalidInput, StoreError, TooManyTries
from ttt.services.accounts import decisions
from ttt.services.doors import registration, resetting
from ttt.services.person import Person
from ttt.ui.accounts import entering, forms
from ttt.ui.frame import browser, notices, process

_SHOWN, _DONE = "shown at the door", "done at the door"
_FORGOTTEN, _REGISTER = "Forgot your password?", "Open an account"


def offers() -> None:
    """Buttons under the sign-in form, as far as this server has them."""
    context = process.context()
    if not context.settings.can_mail:
        st.caption("Forgot your password? Ask an admin of this server for a link.")
    with st.container(horizontal=True, horizontal_alignment="distribute"):
        if context.settings.can_mail and st.button(_FORGOTTEN, type="tertiary"):
            _show(_FORGOTTEN)
        is_open = decisions.read(context).registration == "open"
        if is_open and st.button(_REGISTER, type="tertiary", icon=":material/person_add:"):
            _show(_REGISTER)


def shown() -> bool:
    """Show what was offered and chosen; False when nothing was."""
    form = {_FORGOTTEN: _forgotten, _REGISTER: _register}.get(st.session_state.get(_SHOWN, ""))
    if form is None:
        return False
    form()
    if st.button("Back to sign-in", type="tertiary", icon=":material/arrow_back:"):
        _show(None)
    return True


def done(words: str) -> None:
    """Clear the address bar, and say this above the sign-in form."""
    st.query_params.clear()
    st.session_state[_DONE] = words
    _show(None)


def opened(person: Person) -> None:
    """Sign in who just opened an account, on the start page."""
    st.query_params.clear()
    st.session_state.pop(_SHOWN, None)
    entering.enter(person)


def said() -> None:
    """Say once what was done, if something was."""
    words = st.session_state.pop(_DONE, None)
    if words:
        st.success(notices.plain(words), icon=":material/check:")


def fields() -> tuple[str, str, tuple[str, str]]:
    """Fields of a new account: username, name, and the password twice."""
    username = st.text_input("Username", max_chars=64, autocomplete="username")
    st.caption("2 to 64 letters a-z, digits, dots, dashes or underscores")
    return (
        username,
        st.text_input("Name", max_chars=120, placeholder="as the username"),
        forms.new_password(),
    )


def _forgotten() -> None:
    context = process.context()
    with st.form("forgotten"):
        st.header("Forgot your password?", anchor=False)
        st.caption("Say who you are; a link to set a new one comes by mail.")
        named = st.text_input("Username or mail", max_chars=254)
        sent = st.form_submit_button("Send a link", type="primary", width="stretch")
    if not sent:
        return
    with notices.telling(TooManyTries):
        resetting.ask(context, named, browser.address(context.settings))
        st.success(
            "If there is such an account with a mail address, a link is on its way. It is good "
            "for an hour. Nothing there? Look into the spam folder, or ask an admin.",
            icon=":material/mail:",
        )


def _register() -> None:
    context = process.context()
    with st.form("registration"):
        st.header("Open an account", anchor=False)
        username, name, chosen = fields()
        sent = st.form_submit_button("Open account", type="primary", width="stretch")
    if not sent:
        return
    try:
        address = browser.address(context.settings)
        person = registration.register(context, username, name, forms.same(*chosen), address)
    except (InvalidInput, StoreError, TooManyTries) as error:
        notices.trouble(error)
    else:
        opened(person)


def _show(what: str | None) -> None:
    st.session_state[_SHOWN] = what
    st.rerun()
