"""The parts of a page, from the top down; frame.css places them."""

from collections.abc import Sequence
from html import escape
from typing import Any, Literal

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ttt.ui.frame import address, process

_HALVES = ("List", "Charts")
# So many rows are about as high as two charts, and each chart more as so many more.
_MANY, _TWO, _MORE = 12, 2, 4.5


def head(title: str, what: str = "", face: str = "") -> DeltaGenerator:
    """Title, and what and when in one line of Markdown; `face` is a picture that stands before it.

    Whoever has more to say below the title says it in the container that comes back.
    """
    place = st.container(key="head", gap=None)
    with place:
        if face:
            st.html(f'<img class="ttt-face" src="{escape(face)}" alt="">')
        process.begun(titled=True)
        st.title(title, anchor=False)
        if what:
            st.caption(what)
    return place


def choices() -> DeltaGenerator:
    """The one row in which people choose what they see."""
    return st.container(horizontal=True, vertical_alignment="center", key="choices")


def sections(names: Sequence[str]) -> str:
    """Let one part of a page be chosen, the first at first; it stands in the address."""
    chosen = st.segmented_control(
        "Section",
        names,
        default=names[0],
        required=True,
        label_visibility="collapsed",
        key="section",
        bind="query-params",
    )
    return chosen or names[0]


def at_times() -> DeltaGenerator:
    """A place for what is not always there, above something that is."""
    # Without it what follows would move by a place, and be there twice until the run ends.
    return st.container()


def beside(rows: int, charts: int) -> tuple[DeltaGenerator, DeltaGenerator]:
    """Places for a list of so many rows and for its so many charts, beside it where there is room.

    Charts that would reach below the list stand under it, three in a row: of a few rows all. On a
    phone one of the two is seen, which is chosen above them and stands in the address.
    """
    shown = address.of_page(["show"]).get("show", _HALVES[0])
    shown = shown if shown in _HALVES else _HALVES[0]
    with st.container(key="halves"):
        # Not bound to the address by Streamlit, which forgets it with the page.
        address.choice("show", "Show", _HALVES, shown, "show", width="stretch")
    with st.container(key=f"beside-{shown}{_room(rows, charts)}"):
        left, right = st.columns([800, 336], gap="large")
        return left, right.container(key="aside")


def _room(rows: int, charts: int) -> str:
    """How many of the charts have room beside so many rows, as frame.css calls it.

    A single one is not sent below: it would leave a hole there.
    """
    if rows < _MANY:
        return "-few"
    room = _TWO + int((rows - _MANY) / _MORE)
    return f"-room-{room}" if room < charts - 1 else ""


def pair(key: str, first: float = 1, second: float = 1) -> tuple[DeltaGenerator, DeltaGenerator]:
    """Two columns as broad as told, below each other where there is no room for both."""
    with st.container(key=f"pair-{key}"):
        left, right = st.columns([first, second], gap="medium")
    return left, right


def bar(key: str, words: str, chosen: bool) -> DeltaGenerator:
    """The row of actions over a list: always there and always as high, so that nothing moves."""
    state = "chosen" if chosen else "all"
    row = st.container(horizontal=True, vertical_alignment="center", key=f"bar-{state}-{key}")
    row.html(f'<p class="ttt-count">{words}</p>', width="content")
    return row


def popover(
    label: str, icon: str, key: str, *, quiet: bool = False, name: str = ""
) -> DeltaGenerator | None:
    """What opens under a button; None until it first does, so that a page sends what is looked at.

    From then on it is drawn, open or not: what is typed in it must not be lost when it closes.
    A label that changes needs a `name` that does not.
    """
    kind: Literal["tertiary", "secondary"] = "tertiary" if quiet else "secondary"
    place = st.popover(label, icon=icon, type=kind, key=key, on_change="rerun")
    return _once_opened(place, name or label)


def fold(label: str, icon: str | None, key: str) -> DeltaGenerator | None:
    """What unfolds under a line of words; None until that of this key first does, as above."""
    place = st.expander(label, icon=icon, key=key, on_change="rerun")
    return _once_opened(place, key)


def _once_opened(place: Any, name: str) -> DeltaGenerator | None:
    opened = f"opened {name}"
    if place.open:
        st.session_state[opened] = True
    return place if opened in st.session_state else None
