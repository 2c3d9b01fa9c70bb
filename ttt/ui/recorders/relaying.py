"""ListenBrainz beside this server: what players send here is passed on to an account there."""

import streamlit as st

from ttt import words
from ttt.errors import InvalidInput, NotAllowed, ProviderError, StoreError
from ttt.services.person import Person
from ttt.services.recorders.players import relaying
from ttt.services.recorders.players.relaying import Relaying
from ttt.ui.frame import kept, layout, notices, process
from ttt.ui.frame.listing import sections, times

_FORM = "pass on"
_HELP = (
    "From your settings at ListenBrainz. It is kept encrypted, sent there only, and never shown"
    " again."
)


def show(person: Person, *, players: bool) -> None:
    """How passing on stands and a form for a token, once there are players or it is on."""
    on = relaying.state(process.context(), person)
    if on is None and not players:
        return
    if on is not None:
        _row(person, on)
    label = "Pass on to ListenBrainz" if on is None else "Change the token"
    place = layout.fold(label, ":material/forward:", "passing on")
    if place is not None:
        with place:
            _form(person)


def _row(person: Person, on: Relaying) -> None:
    title = f"Passed on to {on.account} at ListenBrainz"
    with sections.row("relay", title, _words(on), f"{on.passed:,}"):
        if notices.asked("Stop", _cost(on), "Yes, stop", key="relay", small=True, what=title):
            with notices.in_words("Nothing is passed on any longer."):
                relaying.stop(process.context(), person)


def _words(on: Relaying) -> str:
    if on.trouble:
        return f"{on.trouble} {_waiting(on)}."
    last = f"the last one {times.ago(on.passed_at)}" if on.passed_at else ""
    left_out = f"{words.counted(on.left_out, 'listen')} not taken" if on.left_out else ""
    return words.facts(last, _waiting(on), left_out) or "Goes there within five minutes"


def _waiting(on: Relaying) -> str:
    if not on.waiting:
        return ""
    return f"{words.counted(on.waiting, 'listen')} {'waits' if on.waiting == 1 else 'wait'}"


def _cost(on: Relaying) -> str:
    cost = "What players send comes here as before, and goes to ListenBrainz no longer."
    if not on.waiting:
        return f"{cost} What is there stays."
    rest = f"{words.counted(on.waiting, 'listen')} that {'waits' if on.waiting == 1 else 'wait'}"
    return f"{cost} What is there stays; {rest} will not get there."


def _form(person: Person) -> None:
    st.markdown(
        "What your players send here goes on to your account at ListenBrainz, word for word. What"
        " is recorded from Spotify, and what files hold, does not."
    )
    with st.form(_FORM, border=False):
        token = st.text_input(
            "Your token at ListenBrainz",
            max_chars=200,
            type="password",
            autocomplete="off",
            help=_HELP,
            key=kept.key(_FORM, secret=True),
        )
        if st.form_submit_button("Pass on", type="primary"):
            _begin(person, token)


def _begin(person: Person, token: str) -> None:
    with notices.telling(InvalidInput, NotAllowed, StoreError):
        try:
            with notices.waiting("Asking ListenBrainz …"):
                account = relaying.begin(process.context(), person, token)
        except ProviderError:
            st.warning(
                "ListenBrainz cannot be asked right now. Your token is still there: try again in a"
                " while.",
                icon=":material/info:",
            )
            return
        kept.taken(_FORM)
        st.toast(notices.plain(f"Passed on to {account} from now on."), icon=":material/check:")
        st.rerun()
