"""Deleting one's own account, and what is said when it is gone."""

import streamlit as st

from ttt import words
from ttt.errors import InvalidInput, StoreError, TooManyTries
from ttt.jobs import departing
from ttt.services.accounts import removing
from ttt.services.person import Person
from ttt.ui.accounts import forms
from ttt.ui.frame import browser, layout, notices, process

_PARAMETER, _GONE = "account", "deleted"


def offer(person: Person) -> None:
    """Delete the account, folded away and asked for twice."""
    st.space("small")
    place = layout.fold("Delete my account", ":material/delete_forever:", "leaving")
    if place is None:
        return
    with place:
        st.markdown(
            f"This deletes your account and everything in it at once: {cost(person, person)}. "
            "**It cannot be undone.** Tracks that you added to other people’s lists stay there "
            "without your name. Download your data first."
        )
        with st.form("leave", clear_on_submit=True, border=False):
            left, right = st.columns(2, gap="large")
            username = left.text_input("Your username", max_chars=64, autocomplete="off")
            with right:
                password = forms.own_password(person)
            if st.form_submit_button("Delete my account for good", icon=":material/delete:"):
                _leave(person, username, password)


def cost(actor: Person, whose: Person) -> str:
    """All that goes with an account, counted, as part of a sentence."""
    held = removing.cost(process.context(), actor, whose)
    lists, valued = words.counted(held.lists, "list"), words.counted(held.valued, "track")
    counted = {
        f"{words.counted(held.tracks, 'track')} in {lists}": held.tracks,
        words.counted(held.top_lists, "list of top tracks", "lists of top tracks"): held.top_lists,
        words.counted(held.plays, "play"): held.plays,
        f"values of {valued}": held.valued,
    }
    return ", ".join(
        [*(told for told, many in counted.items() if many), "connections and sign-ins"]
    )


def farewell() -> None:
    """Say that the account is gone, to whoever has just deleted it."""
    if st.query_params.get(_PARAMETER) == _GONE:
        st.query_params.clear()
        st.success("Your account is deleted, with everything in it.", icon=":material/check:")


def _leave(person: Person, username: str, password: str) -> None:
    with notices.telling(InvalidInput, StoreError, TooManyTries):
        departing.leave(process.context(), person, username, password)
        browser.go(f"/?{_PARAMETER}={_GONE}")
