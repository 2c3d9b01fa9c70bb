"""Times in which plays may be missing, as rows: why, and what closes them."""

from collections.abc import Sequence

import streamlit as st

from ttt.services.person import Person
from ttt.services.plays import gaps
from ttt.services.plays.gaps import Gap
from ttt.services.recorders.reasons import GapReason
from ttt.ui.frame import process
from ttt.ui.frame.listing import sections, times

_AT_FIRST = 5
_ALL = "all gaps shown"


def show(person: Person) -> None:
    """Gaps that are open, the newest first, and how many were closed; nothing without any."""
    every = gaps.listed(process.context(), person)
    if not every:
        return
    is_open = [gap for gap in reversed(every) if not gap.is_closed]
    sections.heading("Gaps", _sentence(is_open))
    shown = is_open if st.session_state.get(_ALL) else is_open[:_AT_FIRST]
    with st.container(gap=None, key="gaps"):
        for gap in shown:
            sections.row(f"gap-{gap.id}", _span(gap), _why(gap))
    if len(shown) < len(is_open):
        st.button("Show all gaps", type="tertiary", on_click=_show_all)
    if closed := len(every) - len(is_open):
        more = " more" if is_open else ""
        counted = f"One{more} was" if closed == 1 else f"{closed}{more} were"
        sections.small(f"{counted} closed by what you brought.")


def _sentence(is_open: Sequence[Gap]) -> str:
    if not is_open:
        return "No gap is open"
    return f"Plays may be missing in {'one gap' if len(is_open) == 1 else f'{len(is_open)} gaps'}"


def _span(gap: Gap) -> str:
    return f"{times.at(gap.from_at)} to {times.at(gap.until_at)}"


def _why(gap: Gap) -> str:
    why = GapReason(gap.reason).words if gap.reason in set(GapReason) else gap.reason
    return f"{why} A Spotify history that covers it closes it."


def _show_all() -> None:
    st.session_state[_ALL] = True
