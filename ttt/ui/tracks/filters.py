"""Filtering a list by its columns, and giving it the order of one."""

from collections.abc import Callable, Sequence
from math import ceil, floor

import streamlit as st

from ttt.services.lists import arranging
from ttt.services.lists.lists import ListInfo
from ttt.services.person import Person
from ttt.services.sound import order
from ttt.services.sound.order import Order
from ttt.services.tracks import narrowing
from ttt.services.tracks.choosing import Span
from ttt.services.tracks.genres import having
from ttt.services.tracks.narrowing import Filter
from ttt.services.tracks.rows import TrackRow
from ttt.ui.frame import process
from ttt.ui.tracks import genres

Narrow = Callable[[Sequence[TrackRow]], Sequence[TrackRow]]
_STEPS = {"Energy": 0.01, "Valence": 0.01, "Minutes": 0.1}


def bar(
    rows: Sequence[TrackRow], key: str, person: Person | None = None, info: ListInfo | None = None
) -> Narrow:
    """Filters by genre and by column; with a list that the person may edit, its order too."""
    with st.container(horizontal=True, vertical_alignment="center"):
        wanted = genres.choose(rows, f"genres-{key}")
        chosen = _choose(rows, key)
        if person is not None and info is not None and info.can_edit:
            _order(person, info, rows)
    return lambda narrowed: chosen.among(having(narrowed, wanted))


def stop_when_empty(rows: Sequence[TrackRow]) -> None:
    """End the page with what to do when no track of a list fits the filters."""
    if not rows:
        st.info("No track of this list fits. Take a filter away, or choose another genre.")
        st.stop()


def _choose(rows: Sequence[TrackRow], key: str) -> Filter:
    with st.popover("Filter", icon=":material/filter_list:"):
        names = st.multiselect("Columns", narrowing.filled(rows), key=f"columns {key}")
        texts = {n: _text(n, key) for n in names if n in narrowing.TEXTS}
        spans = {n: _span(rows, n, key) for n in names if n in narrowing.NUMBERS}
    return Filter(
        {name: text for name, text in texts.items() if text},
        {name: span for name, span in spans.items() if span is not None},
    )


def _order(person: Person, info: ListInfo, rows: Sequence[TrackRow]) -> None:
    with st.popover("Sort", icon=":material/sort:"):
        by = st.selectbox("Sort by", [*narrowing.COLUMNS, *Order], format_func=_label)
        by_sound = isinstance(by, Order)
        down = st.toggle("Greatest first", disabled=by_sound)
        if st.button("Sort list"):
            in_order = (
                order.arranged(rows, by).rows
                if by_sound
                else narrowing.ordered(rows, by, descending=down)
            )
            uris = [row.uri for row in in_order]
            arranging.reorder(process.context(), person, uris, info.id)
            st.rerun()


def _label(by: str) -> str:
    return by.label if isinstance(by, Order) else by


def _text(name: str, key: str) -> str:
    return st.text_input(f"{name} has", key=f"{name} {key}").strip()


def _span(rows: Sequence[TrackRow], name: str, key: str) -> Span | None:
    extent = narrowing.extent(rows, name)
    if extent is None or extent[0] == extent[1]:
        return None
    step = _STEPS.get(name, 1.0)
    # Rounded outwards, or the tracks at the ends would fall out at once.
    low, high = round(floor(extent[0] / step) * step, 2), round(ceil(extent[1] / step) * step, 2)
    chosen = st.slider(name, low, high, (low, high), step, key=f"{name} {key} {low} {high}")
    return None if chosen == (low, high) else chosen
