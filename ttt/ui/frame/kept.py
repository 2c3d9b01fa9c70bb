"""What people type is kept until it has been taken: a database that is busy must not empty a form.

Streamlit's own `clear_on_submit` empties a form before anybody knows whether it could be saved.
"""

from collections.abc import Callable, Sequence
from typing import TypeVar

import streamlit as st

_T = TypeVar("_T")


def key(form: str, field: str = "text", *, secret: bool = False) -> str:
    """Key of a field in a form, another one each time that what it held was taken.

    Called right before the field is drawn: what was typed is put back into it, also after a run
    that ended before it came to the form. But for a `secret`: what is put back is sent to the
    browser, so a password stays there only as long as the field does.
    """
    name = f"{form} {field} {st.session_state.get(_count(form), 0)}"
    if name in st.session_state and not secret:
        st.session_state[name] = st.session_state[name]
    return name


def choice(
    label: str,
    options: Sequence[_T],
    key: str,
    what: str,
    *,
    name: Callable[[_T], str],
    known_by: Callable[[_T], str | None],
) -> _T:
    """Let one of these be chosen, by its name; the first until then.

    Streamlit forgets what was chosen in something that is closed. What it is known by is kept under
    `what`, which several places can share.
    """
    place = f"chosen {what}"
    chosen = st.session_state.get(place)
    known = (option for option in options if chosen is not None and known_by(option) == chosen)
    st.session_state[key] = next(known, options[0])

    def keep() -> None:
        st.session_state[place] = known_by(st.session_state[key])

    return st.selectbox(label, options, format_func=name, key=key, on_change=keep)


def taken(form: str, rest: str = "") -> None:
    """Let the fields of a form be empty from the next run on, but for a `rest` of its text."""
    st.session_state[_count(form)] = st.session_state.get(_count(form), 0) + 1
    st.session_state[_closed(form)] = st.session_state.get(_closed(form), 0) + 1
    if rest:
        st.session_state[key(form)] = rest


def around(form: str) -> str:
    """Key of the popover round a form, which closes over what came of it when that is taken."""
    return f"around {form} {st.session_state.get(_closed(form), 0)}"


def _closed(form: str) -> str:
    return f"closed {form}"


def _count(form: str) -> str:
    return f"taken {form}"
