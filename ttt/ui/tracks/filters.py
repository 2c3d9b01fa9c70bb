"""Filters by genre and by column, and giving a list the order of one."""

from collections.abc import Sequence
from dataclasses import replace
from math import ceil, floor

import streamlit as st

from ttt.services.lists import arranging
from ttt.services.lists.lists import ListInfo
from ttt.services.person import Person
from ttt.services.sound import order
from ttt.services.sound.order import Order
from ttt.services.tracks import narrowing
from ttt.services.tracks.choice import Choice
from ttt.services.tracks.genres import counted
from ttt.services.tracks.marking import Span
from ttt.services.tracks.narrowing import Filter
from ttt.services.tracks.rows import TrackRow
from ttt.ui.frame import labels, layout, notices, process
from ttt.ui.tracks import chosen

_STEPS = {"Energy": 0.01, "Valence": 0.01, "Minutes": 0.1}


def bar(rows: Sequence[TrackRow], key: str, wanted: Choice) -> None:
    """Offer to narrow a list by genre and by column."""
    _genres(rows, key, wanted)
    _columns(rows, key, wanted)


def sort(person: Person, info: ListInfo, rows: Sequence[TrackRow]) -> None:
    """Offer to give a list the order of a column, or of how its tracks sound."""
    place = layout.popover("Sort", ":material/sort:", f"sort {info.id}", quiet=True)
    if place is None:
        return
    with place:
        by = st.selectbox("Sort by", [*narrowing.COLUMNS, *Order], format_func=_label)
        by_sound = isinstance(by, Order)
        down = st.toggle("Greatest first", disabled=by_sound)
        if st.button("Sort list", key=f"sort list {info.id}"):
            in_order = (
                order.arranged(rows, by).rows
                if by_sound
                else narrowing.ordered(rows, by, descending=down)
            )
            uris = [row.uri for row in in_order]
            with notices.told():
                arranging.reorder(process.context(), person, uris, info.id)
            st.rerun()


def _label(by: str) -> str:
    return by.label if isinstance(by, Order) else by


def _genres(rows: Sequence[TrackRow], key: str, wanted: Choice) -> None:
    # What is chosen stays among the options, though this list has none of it.
    genres = dict.fromkeys([*counted(rows), *wanted.genres])
    names = labels.apart({genre: notices.line(genre) for genre in genres})
    if not names:
        return
    key = f"genres-{key}"
    st.session_state[key] = list(wanted.genres)
    with st.popover("Genre", icon=":material/music_note:"):
        st.multiselect(
            "Genres",
            list(names),
            format_func=names.__getitem__,
            placeholder="All genres",
            key=key,
            on_change=lambda: chosen.keep(
                replace(chosen.now(), genres=tuple(st.session_state[key]))
            ),
        )


def _columns(rows: Sequence[TrackRow], key: str, wanted: Choice) -> None:
    known, open_ones = narrowing.filled(rows), f"columns open {key}"
    filtered = {*wanted.filter.texts, *wanted.filter.spans}
    opened = {*st.session_state.get(open_ones, ()), *filtered}
    picker = f"columns {key}"
    st.session_state[picker] = [name for name in known if name in opened]

    def pick() -> None:
        names = set(st.session_state[picker])
        st.session_state[open_ones] = names
        before = chosen.now()
        texts = {n: t for n, t in before.filter.texts.items() if n in names}
        spans = {n: s for n, s in before.filter.spans.items() if n in names}
        chosen.keep(replace(before, filter=Filter(texts, spans)))

    with st.popover("Filter", icon=":material/tune:"):
        names = st.multiselect(
            "Filter by", known, placeholder="Energy, artist, …", key=picker, on_change=pick
        )
        for name in names:
            if name in narrowing.TEXTS:
                _text(name, key, wanted)
            else:
                _span(rows, name, key, wanted)


def _text(name: str, key: str, wanted: Choice) -> None:
    field = f"{name} {key}"
    st.session_state[field] = wanted.filter.texts.get(name, "")

    def keep() -> None:
        before, text = chosen.now(), st.session_state[field].strip()
        texts = {**before.filter.texts, name: text}
        given = {n: t for n, t in texts.items() if t}
        chosen.keep(replace(before, filter=Filter(given, before.filter.spans)))

    st.text_input(f"{name} has", key=field, on_change=keep)


def _span(rows: Sequence[TrackRow], name: str, key: str, wanted: Choice) -> None:
    whole = _whole(rows, name)
    if whole is None:
        return
    field = f"{name} {key} {whole}"
    low, high = wanted.filter.spans.get(name, whole)
    st.session_state[field] = (max(low, whole[0]), min(high, whole[1]))

    def keep() -> None:
        before, span = chosen.now(), st.session_state[field]
        spans = {n: s for n, s in before.filter.spans.items() if n != name}
        given = spans if span == whole else {**spans, name: span}
        chosen.keep(replace(before, filter=Filter(before.filter.texts, given)))

    st.slider(name, *whole, step=_STEPS.get(name, 1.0), key=field, on_change=keep)


def _whole(rows: Sequence[TrackRow], name: str) -> Span | None:
    extent = narrowing.extent(rows, name)
    if extent is None or extent[0] == extent[1]:
        return None
    step = _STEPS.get(name, 1.0)
    # Rounded outwards, or the tracks at the ends would fall out at once.
    return round(floor(extent[0] / step) * step, 2), round(ceil(extent[1] / step) * step, 2)
