"""With whom a person compares: invited, agreed to, chosen and ended."""

from collections.abc import Sequence

import streamlit as st

from ttt.errors import InvalidInput, LinkUsedUp, StoreError
from ttt.services.explain import clock
from ttt.services.person import Person
from ttt.services.plays.sharing import agreeing
from ttt.services.plays.sharing.agreeing import Invitation, Side
from ttt.ui.frame import address, browser, notices, process
from ttt.ui.frame.listing import sections, times
from ttt.ui.frame.listing.once import Once

_CODE, _MADE = "compare", Once[Invitation]("invitation")
_WITH, _BEFORE = "with", "compared before"
_ENDED = (
    "At once neither of you sees anything of the other's here. To compare again, one invites and "
    "the other agrees."
)
_WHOEVER_OPENS_IT = "Whoever opens it, signs in here and agrees compares with you from then on."
_BOTH_SEE = (
    "Both of you see which artists and tracks you have in common, each one’s share of the time or "
    "the plays, the days on which each first heard them, since when each history goes, and a list "
    "that is blended from what each of you hears most. Private sessions and what is hidden from "
    "charts are never part of it. Either of you can end it at any time; then it is gone for both "
    "at once."
)


def asked(person: Person) -> None:
    """Ask whoever came by an invitation whether they agree."""
    code = st.query_params.get(_CODE)
    if not code:
        return
    try:
        name = agreeing.offered(process.context(), person, code)
    except LinkUsedUp as error:
        notices.trouble(error)
        st.button("Go on without it", on_click=_forget_code)
        return
    with sections.panel("invitation"):
        sections.heading("An invitation", f"{name} would like to compare what you both hear")
        sections.small(_BOTH_SEE)
        with st.container(horizontal=True):
            if st.button("Agree", type="primary", icon=":material/handshake:"):
                _agree(person, code)
            st.button("Not now", on_click=_forget_code)


def ended(sides: Sequence[Side]) -> None:
    """Say it when nobody is compared any more with whom it was just now, or by the address."""
    told = address.of_page([_WITH]).get(_WITH, "") or st.session_state.get(_BEFORE, "")
    if told and all(side.name is None or str(side.id) != told for side in sides):
        st.toast("That comparison has ended.", icon=":material/info:")
        _forget_whom(told)


def choose(sides: Sequence[Side]) -> Side | None:
    """The one to compare with: whom the address names, else the first; None for nobody."""
    agreed = {side.id: side for side in sides if side.name is not None}
    if not agreed:
        return None
    told = address.of_page([_WITH]).get(_WITH, "")
    chosen = next((i for i in agreed if str(i) == told), next(iter(agreed)))
    st.session_state[_BEFORE] = str(chosen)
    if len(agreed) > 1:
        st.session_state["compared"] = chosen
        st.selectbox(
            "With",
            list(agreed),
            format_func=lambda i: agreed[i].name or "",
            label_visibility="collapsed",
            width=230,
            key="compared",
            on_change=lambda: address.keep({_WITH: str(st.session_state["compared"])}),
        )
    return agreed[chosen]


def manage(person: Person, sides: Sequence[Side]) -> None:
    """Everybody with the way out, open invitations, and a button for a new one."""
    agreed = [side for side in sides if side.name is not None]
    sections.heading("With whom", _sentence(len(agreed)))
    made = _MADE.made()
    # Whoever took it up has it already.
    if made is not None and any(side.id == made.id and side.name is None for side in sides):
        name, said = f"Invitation {made.id}", "Send it to one person"
        _MADE.show(name, said, made.url, lambda: sections.small(_WHOEVER_OPENS_IT))
    if st.button("Invite somebody", icon=":material/person_add:"):
        _invite(person)
    if _CODE not in st.query_params:
        sections.small(_BOTH_SEE)
    with st.container(gap=None, key="agreements"):
        for side in sides:
            _row(person, side)


def _sentence(count: int) -> str:
    if not count:
        return "You compare with nobody: nobody sees anything of yours here"
    return "You compare with one person" if count == 1 else f"You compare with {count} people"


def _row(person: Person, side: Side) -> None:
    if side.agreed_at is not None:
        who = "you invited them" if side.mine else "they invited you"
        title, words = side.name or "", f"since {times.day(side.agreed_at)} · {who}"
    else:
        until = clock(side.expires_at, browser.zone())
        title, words = f"Invitation {side.id}", f"good once, until {until}"
    with sections.row(f"agreement-{side.id}", title, words):
        if _is_ended(side, title):
            _end(person, side)


def _is_ended(side: Side, title: str) -> bool:
    """An invitation is soon made again; what both agreed to is not."""
    key = str(side.id)
    if side.agreed_at is None:
        return st.button(notices.about("Take back", title), type="tertiary", key=f"take back {key}")
    return notices.asked("End", _ENDED, "Yes, end it", key=key, small=True, what=title)


def _agree(person: Person, code: str) -> None:
    with notices.telling(InvalidInput, LinkUsedUp, StoreError):
        agreed = agreeing.agree(process.context(), person, code)
        _forget_code()
        address.keep({_WITH: str(agreed)})
        st.rerun()


def _invite(person: Person) -> None:
    with notices.telling(InvalidInput, StoreError):
        _MADE.keep(agreeing.invite(process.context(), person))
        st.rerun()


def _end(person: Person, side: Side) -> None:
    with notices.in_words("The comparison has ended."):
        agreeing.end(process.context(), person, side.id)
        _MADE.forget(lambda made: made.id == side.id)
        _forget_whom(str(side.id))


def _forget_whom(told: str) -> None:
    if st.session_state.get(_BEFORE) == told:
        del st.session_state[_BEFORE]
    if st.query_params.get(_WITH) == told:
        address.keep({_WITH: ""})


def _forget_code() -> None:
    st.query_params.pop(_CODE, None)
