"""Tracks that count as one recording: joined and parted by hand."""

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from ttt.errors import InvalidInput, NotFound, StoreError
from ttt.services.context import Context
from ttt.services.person import Person
from ttt.services.plays.choices import joining
from ttt.ui.frame import layout, notices, process
from ttt.ui.frame.listing import sections

_Act = Callable[[Context, Person, Sequence[int]], None]


def offer(
    person: Person, track_id: int, joined: Mapping[int, str], others: Mapping[int, str]
) -> None:
    """Let one track be joined with `others`, or those that are `joined` with it be parted.

    Both are names of tracks by their id, `joined` without the track itself.
    """
    label = f"Counts together with {len(joined)} more" if joined else "Counts by itself"
    place = layout.fold(label, ":material/join:", f"join-{track_id}")
    if place is None:
        return
    with place:
        sections.small("One recording often has several ids: of a single, an album, a collection.")
        if joined:
            _choose(person, "Together now", joined, "Count these apart", joining.part, [])
        if others:
            _choose(person, "Same recording", others, "Count as one", joining.join, [track_id])


def _choose(
    person: Person, label: str, tracks: Mapping[int, str], action: str, act: _Act, first: list[int]
) -> None:
    with st.form(f"{label}-{first}", border=False):
        chosen = st.multiselect(label, list(tracks), format_func=lambda one: tracks[one])
        if st.form_submit_button(action) and chosen:
            _do(person, [*first, *chosen], act)


def _do(person: Person, track_ids: Sequence[int], act: _Act) -> None:
    with notices.telling(InvalidInput, NotFound, StoreError):
        with notices.waiting("Counting anew …"):
            act(process.context(), person, track_ids)
        st.rerun()
