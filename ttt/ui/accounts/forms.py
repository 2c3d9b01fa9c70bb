"""Forms on one's own account."""

import streamlit as st

from ttt.errors import InvalidInput
from ttt.services.accounts import own_account, passwords
from ttt.services.person import Person
from ttt.ui.frame import browser, kept, notices, process

_CHANGE = "change of password"


def details(person: Person) -> None:
    """Change one's own name and mail."""
    with st.form("details"):
        st.header("Name and mail", anchor=False)
        name = st.text_input("Name", person.name, max_chars=120)
        email = st.text_input("Mail", person.email, max_chars=254, placeholder="not given")
        if st.form_submit_button("Save"):
            with notices.in_words("Saved."):
                own_account.change_details(process.context(), person, name, email)


def own_password(person: Person, label: str = "Your password", form: str | None = None) -> str:
    """Field for one's own password, where it has to be shown that it is oneself; "" without one.

    With `form` what was typed stays until that form was taken.
    """
    if not own_account.has_password(process.context(), person):
        return ""
    key = kept.key(form, label, secret=True) if form else None
    return st.text_input(label, type="password", autocomplete="current-password", key=key)


def password(person: Person) -> None:
    """Change one's own password, or set the first one."""
    context = process.context()
    has_one = own_account.has_password(context, person)
    with st.form(_CHANGE):
        st.header("Password", anchor=False)
        current = own_password(person, "Current password", _CHANGE) if has_one else ""
        new = new_password(_CHANGE)
        if st.form_submit_button("Change password" if has_one else "Set password"):
            with notices.in_words("Changed. All other browsers are signed out.", _CHANGE):
                token = browser.session_token(context.settings) or ""
                own_account.change_password(context, person, current, same(*new), token)


def new_password(form: str | None = None) -> tuple[str, str]:
    """Two fields for the same new password, with what it has to be; `form` as above."""
    new = _new("New password", form)
    st.caption(passwords.RULE)
    return new, _new("New password again", form)


def same(new: str, again: str) -> str:
    """The password that was typed twice; InvalidInput when it was not."""
    if new != again:
        raise InvalidInput("The two new passwords differ.")
    return new


def _new(label: str, form: str | None) -> str:
    key = kept.key(form, label, secret=True) if form else None
    return st.text_input(label, type="password", autocomplete="new-password", key=key)
