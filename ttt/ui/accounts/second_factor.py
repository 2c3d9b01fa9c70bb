"""One's second factor: turning it on and off, and its recovery codes."""

import segno
import streamlit as st

from ttt.errors import InvalidInput, StoreError, TooManyTries
from ttt.services.doors import second_factor
from ttt.services.doors.second_factor import Enrolment
from ttt.services.person import Person
from ttt.ui.accounts import forms
from ttt.ui.accounts.code_step import recovery_codes
from ttt.ui.frame import browser, notices, process
from ttt.ui.frame.listing import copying

_ENROLMENT = "second-factor-enrolment"
_CODES = "second-factor-codes"
_OBLIGATORY = "second-factor-obligatory"


def in_the_way(person: Person) -> bool:
    """Whether the person has to set up a second factor, or keep its codes, before all else."""
    if person.enrolment_due:
        st.session_state[_OBLIGATORY] = True
    elif _CODES not in st.session_state:
        st.session_state.pop(_OBLIGATORY, None)
    return _OBLIGATORY in st.session_state


def obligatory(person: Person) -> None:
    """The page that stands in the way of all others."""
    _, middle, _ = st.columns([1, 2, 1])
    with middle:
        process.begun(titled=True)
        st.title("One more step", anchor=False)
        st.caption("Admins of this server need a second factor: a code that your phone shows.")
        section(person)


def section(person: Person) -> None:
    """How it stands with one's second factor, and what can be done about it."""
    with st.container(border=True):
        st.header("Second factor", anchor=False)
        if _CODES in st.session_state:
            _codes(st.session_state[_CODES])
        elif person.second_factor:
            _on(person)
        elif _ENROLMENT in st.session_state:
            _enrolment(person, st.session_state[_ENROLMENT])
        else:
            _off(person)


def _off(person: Person) -> None:
    st.caption(
        "Off. With it, signing in asks for the password and for a code of an authenticator app, "
        "so that a stolen password is not enough."
    )
    with st.form("second factor", border=False, clear_on_submit=True):
        password = forms.own_password(person, "Your password, to set it up")
        if st.form_submit_button("Set up", type="primary" if person.enrolment_due else "secondary"):
            with notices.telling(InvalidInput, StoreError, TooManyTries):
                enrolment = second_factor.begin(process.context(), person, password)
                st.session_state[_ENROLMENT] = enrolment
                st.rerun()


def _enrolment(person: Person, enrolment: Enrolment) -> None:
    st.caption("1. Scan this with your authenticator app, or type the key into it.")
    picture, key = st.columns([2, 3], gap="medium", vertical_alignment="center")
    with picture:
        qr = segno.make(enrolment.uri, error="m").svg_data_uri(
            omitsize=True, border=3, light="#fff"
        )
        st.html(f'<img class="ttt-qr" src="{qr}" alt="QR code of the key">')
    with key:
        groups = [enrolment.secret[i : i + 4] for i in range(0, len(enrolment.secret), 4)]
        copying.show(f"{' '.join(groups[:4])}\n{' '.join(groups[4:])}", "key")
    with st.form("second factor", border=False):
        st.caption("2. Type the code that the app shows now.")
        code = st.text_input(
            "Code", max_chars=40, autocomplete="one-time-code", placeholder="123 456"
        )
        if st.form_submit_button("Turn on", type="primary"):
            _confirm(person, enrolment, code)
    if st.button("Cancel", type="tertiary", icon=":material/arrow_back:"):
        del st.session_state[_ENROLMENT]
        st.rerun()


def _confirm(person: Person, enrolment: Enrolment, code: str) -> None:
    context = process.context()
    token = browser.session_token(context.settings) or ""
    with notices.telling(InvalidInput, StoreError, TooManyTries):
        codes = second_factor.confirm(context, person, enrolment.secret, code, token)
        st.session_state[_CODES] = codes
        del st.session_state[_ENROLMENT]
        st.rerun()


def _codes(codes: list[str]) -> None:
    st.caption(
        "Keep these recovery codes where your phone is not. Each lets you in once without it. "
        "They are not shown again."
    )
    text = "\n".join(codes)
    copying.show(text, "codes")
    with st.container(horizontal=True):
        content = f"Recovery codes for Top Track Tracker, each good once\n\n{text}\n"
        st.download_button("Download", content, "ttt-recovery-codes.txt", "text/plain")
        if st.button("I have kept them", type="primary"):
            del st.session_state[_CODES]
            st.rerun()


def _on(person: Person) -> None:
    context = process.context()
    standing = second_factor.standing(context, person)
    st.caption(f"On. {recovery_codes(standing.codes_left)}.")
    if not standing.readable:
        st.warning(
            "This server has lost the key to your second factor. Turn the second factor off and "
            "on again."
        )
    with st.form("second factor", border=False, clear_on_submit=True):
        proof = st.text_input(
            "Password or code", type="password", autocomplete="off", key="second-factor-proof"
        )
        with st.container(horizontal=True):
            renew = st.form_submit_button("New recovery codes")
            off = st.form_submit_button("Turn off")
    with notices.telling(InvalidInput, StoreError, TooManyTries):
        if renew:
            st.session_state[_CODES] = second_factor.new_recovery_codes(context, person, proof)
            st.rerun()
        if off:
            second_factor.disable(context, person, proof)
            st.rerun()
