"""Rows of which nobody can be sure whether another source told the same play."""

from itertools import islice

import streamlit as st

from ttt.services.person import Person
from ttt.services.plays.out import showing
from ttt.services.plays.out.showing import ShownPlay
from ttt.ui.frame import process
from ttt.ui.frame.listing import sections, times

_SHOWN = 200


def show(person: Person, count: int) -> None:
    """How many there are, and the first of them when somebody wants to see them."""
    if not count:
        return
    words = "One row is" if count == 1 else f"{count:,} rows are"
    sections.heading("Uncertain", f"{words} counted once, to be on the safe side")
    sections.small(
        "Another source seems to have told the same play, but not to the second. If you played the "
        "track several times within a few minutes, it may have been another play."
    )
    place = st.expander("Look at them", on_change="rerun", key="uncertain")
    if place.open:
        rows = islice(showing.uncertain(process.context(), person), _SHOWN)
        place.dataframe([_record(row) for row in rows], hide_index=True)
        if count > _SHOWN:
            with place:
                sections.small(f"The first {_SHOWN} of {count:,} are shown.")


def _record(play: ShownPlay) -> dict[str, object]:
    return {
        "Played": times.at(play.played_at),
        "Title": play.title,
        "Artist": ", ".join(play.artists),
        "Told by": play.source.label,
    }
