"""Where one is signed in: the list of browsers, and signing them out."""

import streamlit as st

from ttt import words
from ttt.errors import NotFound
from ttt.services.doors import own_sessions
from ttt.services.doors.own_sessions import SignedIn
from ttt.services.explain import clock
from ttt.services.person import Person
from ttt.ui.accounts import session
from ttt.ui.frame import browser, notices, process

_MANY = 20


def signed_in(person: Person) -> None:
    """One's browsers, this one first."""
    context = process.context()
    token = browser.session_token(context.settings) or ""
    browsers = own_sessions.listed(context, person, token)
    st.header("Where you are signed in", anchor=False)
    with st.container(key="browsers", gap="small"):
        for shown in browsers[:_MANY]:
            _row(person, shown)
    if len(browsers) > _MANY:
        st.caption(f"and {len(browsers) - _MANY} more")
    if len(browsers) > 1:
        _everywhere_else(person, token, len(browsers) - 1)


def _everywhere_else(person: Person, token: str, others: int) -> None:
    """Ask first: whoever is signed out elsewhere has to type the password there again."""
    where = words.counted(others, "other browser")
    cost = (
        f"This ends your sign-in on {where}; this one stays signed in. You can sign in there "
        "again. What was typed there and not saved is lost."
    )
    label, icon = "Sign out everywhere else", ":material/devices_off:"
    if notices.asked(label, cost, f"Sign out on {where}", icon=icon):
        own_sessions.revoke_others(process.context(), person, token)
        st.rerun()


def _row(person: Person, shown: SignedIn) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        with st.container(gap=None):
            badge = " :gray-badge[This browser]" if shown.this else ""
            st.markdown(f"**{notices.plain(_capital(shown.device))}**{badge}")
            st.caption(notices.plain(_since(shown)))
        if st.button(
            notices.about("Sign out", shown.device), key=f"sign out {shown.id}", type="tertiary"
        ):
            _sign_out(person, shown)


def _sign_out(person: Person, shown: SignedIn) -> None:
    if shown.this:
        session.end()
    with notices.telling(NotFound):  # it ended by itself meanwhile
        own_sessions.revoke(process.context(), person, shown.id)
        st.rerun()


def _since(shown: SignedIn) -> str:
    zone = browser.zone()
    seen = "now" if shown.this else clock(shown.last_seen_at, zone)
    parts = [
        shown.place or "",
        shown.address or "",
        f"signed in {clock(shown.first_seen_at, zone)}",
        f"last seen {seen}",
    ]
    return " · ".join(part for part in parts if part)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
