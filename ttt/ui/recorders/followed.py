"""Accounts elsewhere that are followed: first what is new, then their whole past."""

from collections.abc import Sequence

import streamlit as st

from ttt.errors import InvalidInput, NotFound, StoreError
from ttt.services.person import Person
from ttt.services.recorders import following, state
from ttt.services.recorders.state import Recording
from ttt.ui.accounts import session
from ttt.ui.frame import kept, layout, notices, process
from ttt.ui.frame.listing import sections, times

_FORM = "follow account"
_EVERY = 3.0
_NAMES = {following.LASTFM: "Last.fm", following.LISTENBRAINZ: "ListenBrainz"}


def show(person: Person, recorders: Sequence[Recording]) -> None:
    """Accounts that are followed, how far their past is read, and a form for another one."""
    followed = [one for one in recorders if one.kind in _NAMES]
    sections.heading("Accounts elsewhere", _sentence(followed))
    if any(one.past_until or one.asked_at is None for one in followed):
        _watch()
    else:
        _rows(person, followed)
    off = {kind: following.why_off(process.context(), kind) for kind in _NAMES}
    kinds = [kind for kind in _NAMES if off[kind] is None]
    place = (
        layout.fold("Follow an account", ":material/add:", "following account") if kinds else None
    )
    if place is not None:
        with place:
            _new(person, kinds)
    for kind, why in off.items():
        if why is not None:
            sections.small(notices.why_off(why, person, _NAMES[kind]))


def _sentence(followed: Sequence[Recording]) -> str:
    if not followed:
        return "Follow a Last.fm or ListenBrainz account"
    return "One account is followed" if len(followed) == 1 else f"{len(followed)} are followed"


@st.fragment(run_every=_EVERY)
def _watch() -> None:
    person = session.person()
    if person is None:
        st.rerun()
    every = state.listed(process.context(), person)
    _rows(person, [one for one in every if one.kind in _NAMES])


def _rows(person: Person, followed: Sequence[Recording]) -> None:
    with st.container(gap=None, key="followed"):
        for one in followed:
            _row(person, one)


def _row(person: Person, one: Recording) -> None:
    title = f"{one.account} at {one.name}"
    with sections.row(f"followed-{one.id}", title, _words(one), f"{one.plays:,}"):
        cost = f"New plays of {notices.plain(title)} are no longer taken. Its plays so far stay."
        if notices.asked("Stop", cost, "Yes, stop", key=str(one.id), small=True, what=title):
            _stop(person, one)


def _words(one: Recording) -> str:
    if one.trouble:
        return one.trouble
    if one.asked_at is None and one.past_until is None:
        return "Its first look comes within a few minutes"
    if one.past_until is not None:
        return f"Its past is being read: back to {times.day(one.past_until)} so far"
    by = ", by its token" if one.has_token else ""
    return f"All of its past is here; looked {times.ago(one.asked_at)}{by}"


def _stop(person: Person, one: Recording) -> None:
    with notices.in_words("No longer followed; its plays stay."):
        following.unfollow(process.context(), person, one.id)


def _new(person: Person, kinds: Sequence[str]) -> None:
    with st.form(_FORM, border=False):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            kind = st.selectbox("Service", kinds, format_func=_NAMES.__getitem__)
            name = st.text_input("Username there", max_chars=64, key=kept.key(_FORM))
            token = _token_field()
        if st.form_submit_button("Follow", type="primary") and kind is not None:
            _follow(person, kind, name, token)


def _token_field() -> str:
    names = [_NAMES[k] for k in _NAMES if following.takes_token(process.context(), k)]
    return st.text_input(
        "Token, if it is private",
        max_chars=200,
        type="password",
        autocomplete="off",
        help=f"For an account at {' or '.join(names)} that hides its plays: the token in its"
        " settings there. It is kept encrypted, sent to that service only, and never shown again.",
        key=kept.key(_FORM, "token", secret=True),
    )


def _follow(person: Person, kind: str, name: str, token: str) -> None:
    with notices.telling(InvalidInput, NotFound, StoreError):
        following.follow(process.context(), person, kind, name, token)
        kept.taken(_FORM)
        st.rerun()
