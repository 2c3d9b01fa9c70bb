"""A list of Discover as it is shown: its takeaway, how fresh it is, and its rows to select from."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st
from streamlit.elements.lib.column_types import ColumnConfig

from ttt.found import Chart
from ttt.services.discover import charting, discover
from ttt.services.discover.charting import ChartList, ChartRow
from ttt.services.explain import clock
from ttt.services.lists import entries
from ttt.services.person import Person
from ttt.ui.discover.tabs import Own, Tab
from ttt.ui.frame import browser, covers, notices, process, reads
from ttt.ui.frame.listing import as_table, selectable
from ttt.ui.frame.listing.ranked import element
from ttt.ui.frame.listing.ranked.element import Doing, Style
from ttt.ui.frame.listing.ranked.shape import Cell, Column, Row
from ttt.ui.tracks import leading
from ttt.ui.tracks.leading import Heard
from ttt.ui.tracks.table import leading_columns, move
from ttt.ui.work import background

_POPULARITY, _PLAYS = "Popularity", "Plays"
# What the number of a list counts, where it is not plays.
_COUNTED: dict[Tab, str] = {Chart.LISTENBRAINZ: "Listens", Own.CATALOGUE: _POPULARITY}


def headline(chart: ChartList) -> None:
    """Say what moved most, or what is on top."""
    st.markdown(f"**{notices.plain(charting.takeaway(chart))}**")


def state(chart: ChartList) -> None:
    """One line: what of it is not matched, how fresh it is, and since when movements count."""
    zone, total = browser.zone(), len(chart.rows)
    matched = sum(row.uri is not None for row in chart.rows)
    parts = [f"{matched} of {total} matched to Spotify"] if matched < total else []
    if chart.taken_at is not None:
        parts.append(f"as of {clock(chart.taken_at, zone)}")
    if chart.since is not None:
        parts.append(f"moves since {clock(chart.since, zone)}")
    if parts:
        words = " · ".join(parts)
        st.caption(notices.plain(words[0].upper() + words[1:]))


def count(chart: ChartList, selected: Sequence[ChartRow]) -> str:
    """How many rows there are, and how many are ticked, as HTML."""
    rows = len(chart.rows)
    if selected:
        return f"<b>{len(selected):,} chosen</b> of {rows:,}"
    return f"<b>{rows:,}</b> {'track' if rows == 1 else 'tracks'}"


def show(person: Person, chart: ChartList, tab: Tab, heard: Heard) -> list[ChartRow]:
    """Show a list, names of what was heard with their pages; return the rows that are ticked."""
    if not as_table.chosen():
        return _ranked(person, chart, tab, heard)
    rows, number = chart.rows, _COUNTED.get(tab, _PLAYS)
    places = selectable.show(
        _frame(rows, number),
        _columns(number),
        key(tab),
        ((row.entry.title, row.spotify_id) for row in rows),
    )
    return [rows[place] for place in places]


def key(tab: Tab) -> str:
    """Key of a list."""
    return f"chart-{tab}"


def _ranked(person: Person, chart: ChartList, tab: Tab, heard: Heard) -> list[ChartRow]:
    number = _COUNTED.get(tab, _PLAYS)
    columns = [
        Column(number, "bar", "56px", colour="popularity")
        if number == _POPULARITY
        else Column(number, "number", "96px", phone="under")
    ]
    if any(row.uri is None for row in chart.rows):
        columns.append(Column("Spotify", "text", "88px", least=560, phone="none"))
    saved = {row.uri for row in reads.trending_list(person)}
    by_key = {f"{row.rank} {row.uri or row.entry.title}": row for row in chart.rows}
    rows = [
        _row(key, row, saved, heard, _cells(row, number, columns)) for key, row in by_key.items()
    ]
    element.settle(key(tab), rows)
    element.show(rows, columns, key(tab), Style(str(tab)), doing=_doing(person, by_key))
    return [by_key[one] for one in element.ticked(key(tab)) if one in by_key]


def _doing(person: Person, by_key: Mapping[str, ChartRow]) -> Doing:
    """What "+" does: a matched row comes to the trending list, or leaves it."""

    def press(key: str, on: bool) -> None:
        row, context = by_key[key], process.context()
        if on:
            background.look_up_added(discover.add(context, person, [row]))
        elif row.uri is not None:
            entries.remove(context, person, [row.uri])

    return Doing(press)


def _row(
    key: str, row: ChartRow, saved: Collection[str], heard: Heard, cells: tuple[Cell, ...]
) -> Row:
    artist, uri = row.entry.artist, row.uri or ""
    return Row(
        key,
        row.entry.title,
        artist,
        cells,
        row.rank,
        row.movement,
        row.entry.cover_url,
        leading.track(uri) if uri in heard.tracks else row.entry.link or "",
        uri in saved if uri else None,
        uri,
        ((artist, True),) if artist in heard.artists else (),
    )


def _cells(row: ChartRow, number: str, columns: Sequence[Column]) -> tuple[Cell, ...]:
    matched = "matched" if row.uri else "not matched"
    return (_number(row.entry.plays, number), matched)[: len(columns)]


def _number(count: float | None, number: str) -> Cell:
    if count is None:
        return None
    return (f"{count:.0f}", round(count)) if number == _POPULARITY else f"{count:,.0f}"


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
