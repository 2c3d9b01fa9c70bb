"""What is chosen on a page, kept in its address, and in memory while other pages are open.

The address wins where it says something else than memory: it was typed, reloaded or gone back to.
A page that is opened by its link alone gets back what was chosen there.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Literal, TypeVar

import streamlit as st

_T = TypeVar("_T", bound=str)

_OPEN = "page that is open"
_CAME = "page was opened"


def arrived(page: str) -> None:
    """Say at the start of each run which page it is."""
    st.session_state[_CAME] = st.session_state.get(_OPEN) != page
    st.session_state[_OPEN] = page


def of_page(names: Collection[str]) -> dict[str, str]:
    """What the address says under these names, and remember it."""
    kept: dict[str, str] = st.session_state.setdefault(_memory(), {})
    told = {name: st.query_params[name] for name in names if name in st.query_params}
    remembered = {name: kept[name] for name in names if name in kept}
    if st.session_state.get(_CAME) and not told and remembered:
        keep(remembered)
        return remembered
    for name in names:
        kept.pop(name, None)
    kept.update(told)
    return told


def keep(values: Mapping[str, str], instead_of: Collection[str] = ()) -> None:
    """Put values into the address, in the place of what stands there under `instead_of`."""
    kept: dict[str, str] = st.session_state.setdefault(_memory(), {})
    for name in {*instead_of, *values}:
        if value := values.get(name):
            st.query_params[name] = kept[name] = value
        elif name in st.query_params or name in kept:
            kept.pop(name, None)
            st.query_params.pop(name, None)


def choice(
    name: str,
    label: str,
    options: Sequence[_T],
    chosen: _T,
    key: str,
    words: Callable[[_T], str] = str.capitalize,
    width: Literal["content", "stretch"] = "content",
) -> None:
    """One of a few texts side by side, kept under `name`."""
    st.session_state[key] = chosen
    st.segmented_control(
        label,
        options,
        format_func=words,
        required=True,
        label_visibility="collapsed",
        width=width,
        key=key,
        on_change=lambda: keep({name: st.session_state[key]}),
    )


def _memory() -> str:
    return f"address of {st.session_state.get(_OPEN)}"
