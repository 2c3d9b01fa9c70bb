"""What can be done with rows of a list: they are saved, or searched for at Spotify."""

from collections.abc import Sequence

import streamlit as st

from ttt.services.discover import discover
from ttt.services.discover.charting import ChartList, ChartRow
from ttt.services.matching.matching import Searched
from ttt.services.person import Person
from ttt.ui.frame import notices, process
from ttt.ui.work import receipts


def buttons(person: Person, chart: ChartList, selected: Sequence[ChartRow]) -> None:
    """Save the selected rows, and have Spotify searched for what is not matched."""
    context = process.context()
    label, icon = "Add to trending", ":material/add:"
    if selected and st.button(label, icon=icon, type="primary"):
        receipts.keep("discover", discover.add(context, person, selected))
    unmatched = [row for row in selected or chart.rows if row.uri is None]
    label, icon = "Match on Spotify", ":material/search:"
    if unmatched and st.button(label, icon=icon, type="tertiary"):
        with notices.waiting("Searching Spotify …"):
            st.session_state["searched"] = discover.match(context, person, unmatched)
        st.rerun()


def outcomes() -> None:
    """Say what became of the last addition and the last search."""
    receipts.show("discover")
    searched: Searched | None = st.session_state.pop("searched", None)
    if searched is None:
        return
    asked = len(searched.found) + len(searched.unknown)
    if asked:
        st.info(f"Searched Spotify: {len(searched.found)} of {asked} found.")
    elif searched.trouble is None:
        st.info("All of these were searched for within the last month.")
    if searched.trouble is not None:
        notices.trouble(searched.trouble)
