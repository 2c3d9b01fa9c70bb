"""Headings, panels and rows of pages that list what there is with what can be done about it."""

from collections.abc import Sequence
from functools import cache
from html import escape
from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ttt.ui.frame import notices


def style() -> None:
    """Say once on a page how its sections look."""
    st.html(f"<style>{_sheet()}</style>")


def heading(label: str, words: str) -> None:
    """What a section is about in a word or two, over what there is to know of it."""
    box = st.container(key=f"section-{_key(label)}", gap=None)
    box.html(f'<p class="ttt-label">{_text(label)}</p><h2>{_text(words)}</h2>')


def panel(key: str) -> DeltaGenerator:
    """A box for what is under way, or can be taken back."""
    return st.container(key=f"panel-{key}")


def row(key: str, title: str, words: str, number: str = "") -> DeltaGenerator:
    """A row: title over words, a number at the right, and room for buttons behind it."""
    box = st.container(horizontal=True, vertical_alignment="center", key=f"row-{key}", gap="small")
    count = f"<span>{escape(number)}</span>" if number else ""
    box.html(
        f'<p class="ttt-row"><b>{_text(title)}</b><small>{_text(words)}</small></p>'
        f"{count and f'<p class=ttt-number>{count}</p>'}"
    )
    return box


def facts(lines: Sequence[tuple[str, str]]) -> None:
    """Short sentences, each with what follows from it in smaller letters."""
    items = "".join(f"<li><b>{_text(b)}</b><small>{_text(s)}</small></li>" for b, s in lines)
    if items:
        st.html(f'<ul class="ttt-facts">{items}</ul>')


def small(words: str) -> None:
    """What is good to know, in small letters."""
    st.html(f'<p class="ttt-small">{_text(words)}</p>')


def _text(text: str) -> str:
    return escape(notices.line(text))


def _key(label: str) -> str:
    return "".join(c if c.isalnum() else "-" for c in label.casefold())


@cache
def _sheet() -> str:
    return Path(__file__).with_name("sections.css").read_text(encoding="utf-8")
