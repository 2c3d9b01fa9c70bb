"""Deleting one's own account, and what is said when it is gone."""

import streamlit as st

from ttt.errors import InvalidInput, StoreError, TooManyTries
from ttt.jobs import departing
from ttt.services.person import Person
from ttt.ui.accounts import forms
from ttt.ui.frame import browser, notices, process

_PARAMETER, _GONE = "account", "deleted"


def offer(person: Person) -> None:
    """Delete the account, folded away and asked for twice."""
    st.space("small")
    with st.expander("Delete my account", icon=":material/delete_forever:"):
        st.markdown(
            "This deletes your account and everything in it at once: lists, top tracks, values, "
            "connections and sign-ins. **It cannot be undone.** Tracks that you added to other "
            "people’s lists stay there without your name. Download your data first."
        )
        with st.form("leave", clear_on_submit=True, border=False):
            left, right = st.columns(2, gap="large")
            username = left.text_input("Your username", max_chars=64, autocomplete="off")
            with right:
                password = forms.own_password(person)
            if st.form_submit_button("Delete my account for good", icon=":material/delete:"):
                _leave(person, username, password)


def farewell() -> None:
    """Say that the account is gone, to whoever has just deleted it."""
    if st.query_params.get(_PARAMETER) == _GONE:
        st.query_params.clear()
        st.success("Your account is deleted, with everything in it.", icon=":material/check:")


def _leave(person: Person, username: str, password: str) -> None:
    try:
        departing.leave(process.context(), person, username, password)
    except (InvalidInput, StoreError, TooManyTries) as error:
        notices.trouble(error)
    else:
        browser.go(f"/?{_PARAMETER}={_GONE}")
