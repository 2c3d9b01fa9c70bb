"""The filter by genres of the list pages."""

from collections.abc import Sequence

import streamlit as st

from ttt.services.tracks import genres
from ttt.services.tracks.rows import TrackRow
from ttt.ui.frame import labels, notices


def choose(rows: Sequence[TrackRow], key: str) -> list[str]:
    """Let the person choose among the genres of rows; none chosen means all."""
    names = labels.apart({genre: notices.line(genre) for genre in genres.counted(rows)})
    if not names:
        return []
    return st.multiselect(
        "Genres",
        list(names),
        format_func=names.__getitem__,
        placeholder="All genres",
        label_visibility="collapsed",
        width=240,
        key=key,
    )
