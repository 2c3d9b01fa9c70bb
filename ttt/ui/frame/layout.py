"""The parts of a page, from the top down; frame.css places them."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any, Literal, NamedTuple

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ttt.ui.frame import address, process

_HALVES = ("List", "Charts")
# Pixels of a list: what stands above its rows, and each of them. Below fewer rows all charts stand.
_ABOVE, _ROW, _MANY = 72, 56, 12


class Charts(NamedTuple):
    """Places for the charts of a list: the first `room` of them `aside`, all others `below`."""

    aside: DeltaGenerator
    below: DeltaGenerator
    room: int


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


def beside(rows: int, heights: Mapping[int, int]) -> tuple[DeltaGenerator, Charts]:
    """Places for a list of so many rows and for its charts, beside it where there is room.

    `heights` are pixels of the first so many charts: as many of them stand beside the list as are
    about as high, and the others below both. On a phone list or charts are seen, which is chosen
    above them and stands in the address.
    """
    shown = address.of_page(["show"]).get("show", _HALVES[0])
    shown = shown if shown in _HALVES else _HALVES[0]
    with st.container(key="halves"):
        # Not bound to the address by Streamlit, which forgets it with the page.
        address.choice("show", "Show", _HALVES, shown, "show", width="stretch")
    room = _room(rows, heights)
    with st.container(key=f"beside-{shown}{'' if room else '-few'}"):
        left, right = st.columns([800, 336], gap="large")
        columns = _columns(max(heights) - room)
        with right:
            places = st.container(key="aside"), st.container(key=f"below-{columns}")
        return left, Charts(*places, room)


def _room(rows: int, heights: Mapping[int, int]) -> int:
    """How many charts are about as high as so many rows; none beside a few."""
    if rows < _MANY:
        return 0
    return min(heights, key=lambda charts: abs(_ABOVE + _ROW * rows - heights[charts]))


def _columns(charts: int) -> int:
    """In how many columns so many charts stand below a list, which are about as high."""
    return 3 if charts > 4 else min(charts, 2)


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
