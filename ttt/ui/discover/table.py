"""A list of Discover as it is shown: its takeaway, how fresh it is, and its rows to select from."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st
from streamlit.elements.lib.column_types import ColumnConfig

from ttt.found import Chart
from ttt.services.discover import charting
from ttt.services.discover.charting import ChartList, ChartRow
from ttt.services.explain import clock
from ttt.ui.discover.tabs import Own, Tab
from ttt.ui.frame import browser, covers, notices, selectable
from ttt.ui.tracks.table import leading_columns, move

_POPULARITY, _PLAYS = "Popularity", "Plays"
# What the number of a list counts, where it is not plays.
_COUNTED: dict[Tab, str] = {Chart.LISTENBRAINZ: "Listens", Own.CATALOGUE: _POPULARITY}


def headline(chart: ChartList) -> None:
    """Say what moved most, or what is on top."""
    st.markdown(f"**{notices.plain(charting.takeaway(chart))}**")


def state(chart: ChartList) -> None:
    """One line: how much of it is matched, how fresh it is, and since when movements count."""
    zone, total = browser.zone(), len(chart.rows)
    matched = sum(row.uri is not None for row in chart.rows)
    parts = [f"{total} tracks" if matched == total else f"{matched} of {total} matched to Spotify"]
    if chart.taken_at is not None:
        parts.append(f"as of {clock(chart.taken_at, zone)}")
    if chart.since is not None:
        parts.append(f"moves since {clock(chart.since, zone)}")
    st.caption(notices.plain(" · ".join(parts)))


def show(chart: ChartList, tab: Tab) -> list[ChartRow]:
    """Show a list and return the rows that are selected."""
    rows, number = chart.rows, _COUNTED.get(tab, _PLAYS)
    places = selectable.show(
        _frame(rows, number),
        _columns(number),
        f"chart-{tab}",
        ((row.entry.title, row.spotify_id) for row in rows),
    )
    return [rows[place] for place in places]


def _frame(rows: Sequence[ChartRow], number: str) -> pd.DataFrame:
    columns: dict[str, list[Any]] = {
        "#": [row.rank for row in rows],
        "Move": [move(row.movement) for row in rows],
        "Cover": [
            row.entry.cover_url or covers.square(row.entry.artist, row.entry.artist) for row in rows
        ],
        "Title": [row.entry.title for row in rows],
        "Artist": [row.entry.artist for row in rows],
        number: [row.entry.plays for row in rows],
        "Matched": ["matched" if row.uri else None for row in rows],
        "Source": [row.entry.link for row in rows],
    }
    if all(columns["Matched"]):
        del columns["Matched"]
    return pd.DataFrame(
        {n: v for n, v in columns.items() if n == "Matched" or any(x is not None for x in v)}
    )


def _columns(number: str) -> dict[str, ColumnConfig]:
    column, narrow = st.column_config, browser.touch()
    count = column.NumberColumn(width=96, format="localized")
    popularity = column.ProgressColumn(
        width=96, min_value=0, max_value=100, format="%.0f", color="yellow", help="0 to 100"
    )
    return {
        **leading_columns(),
        "Title": column.TextColumn(width=170 if narrow else 420),
        "Artist": column.TextColumn(width=130 if narrow else 300),
        number: popularity if number == _POPULARITY else count,
        "Matched": column.TextColumn(width=88, help="Whether a Spotify track is known for it"),
        "Source": column.LinkColumn(width=80, display_text="Open"),
    }
