"""Rows as a table to select from: one row a track, each measure in its own colour."""

from collections.abc import Callable, Mapping, Sequence
from datetime import tzinfo

import pandas as pd
import streamlit as st
from streamlit.elements.lib.column_types import ChartColor, ColumnConfig

from ttt.music import Measure
from ttt.services.tracks import narrowing, provenance
from ttt.services.tracks.rows import Direction, Movement, TrackRow
from ttt.ui.frame import browser, covers, notices
from ttt.ui.frame.listing import selectable
from ttt.ui.frame.view import SAME_ROWS, View
from ttt.ui.tracks.extra import Extra, beside

# The columns whose values have a source, and the names of those values.
_SHOWN = {
    "Source": provenance.MARKED,
    "Popularity": [Measure.POPULARITY],
    "Energy": [Measure.ENERGY],
    "Valence": [Measure.VALENCE],
    "Tempo": [Measure.TEMPO],
    "Key": ["key"],
    "Genres": [provenance.GENRES],
}
_MARKS = "Where the values come from; a value of another source is named."
_ARROWS = {Direction.UP: "▲", Direction.DOWN: "▼"}


def show(
    rows: Sequence[TrackRow],
    key: str,
    *,
    ticked: bool = False,
    extra: Extra | None = None,
) -> list[str]:
    """Show rows, all selected at first when `ticked`; return the URIs of those that are."""
    _, frame, legends = _table(View(rows), browser.zone())
    columns = _columns(frame, legends)
    if extra is not None:
        frame = beside(frame, rows, extra)
        columns |= extra.columns
    places = selectable.show(
        frame,
        columns,
        key,
        (row.uri for row in rows),
        ticked=range(len(rows)) if ticked else None,
    )
    if legends["Source"]:
        st.caption(notices.plain(f"Source: {' · '.join(legends['Source'])}"))
    return [rows[place].uri for place in places]


def move(movement: Movement | None) -> str | None:
    """A movement in a cell: an arrow and the places, "=" or "new"."""
    if movement is None:
        return None
    if movement.direction in _ARROWS:
        return f"{_ARROWS[movement.direction]} {movement.places}"
    return "new" if movement.direction is Direction.NEW else "="


def leading_columns() -> dict[str, ColumnConfig]:
    """How rank, movement and cover look, in every table that has them."""
    column = st.column_config
    return {
        "#": column.NumberColumn(width=38),
        "Move": column.TextColumn(width=54, help="Places since the list before; new = not on it"),
        "Cover": column.ImageColumn("Cover", width=44),
    }


@st.cache_resource(ttl=3600, max_entries=200, show_spinner=False, hash_funcs=SAME_ROWS)
def _table(view: View, zone: tzinfo | None) -> tuple[View, pd.DataFrame, dict[str, list[str]]]:
    legends = {name: provenance.legend(view.rows, zone, of) for name, of in _SHOWN.items()}
    return view, _frame(view.rows, zone), legends


def _frame(rows: Sequence[TrackRow], zone: tzinfo | None) -> pd.DataFrame:
    """All columns of which at least one row has a value."""
    cells: dict[str, Callable[[TrackRow], object]] = {
        "#": lambda row: row.rank,
        "Move": lambda row: move(row.movement),
        "Cover": lambda row: row.cover_url or covers.tile(row),
        "Title": lambda row: row.title or f"Not described yet: {row.uri}",
        "Artist": lambda row: ", ".join(row.artists) or None,
        "Added by": lambda row: row.added_by,
        "Album": lambda row: row.album,
        "Year": lambda row: row.release_year,
        "Tags": lambda row: list(row.tags) or None,
        "Note": lambda row: row.note,
        "Source": provenance.mark,
        "Popularity": lambda row: row.number(Measure.POPULARITY),
        "Energy": lambda row: row.number(Measure.ENERGY),
        "Feel": narrowing.TEXTS["Feel"],
        "Valence": lambda row: row.number(Measure.VALENCE),
        "Mood": narrowing.TEXTS["Mood"],
        "Tempo": lambda row: row.number(Measure.TEMPO),
        "Key": lambda row: row.key_name,
        "Camelot": lambda row: row.camelot,
        "Genres": lambda row: ", ".join(row.genres) or None,
        "Added": lambda row: row.added_at.astimezone(zone) if row.added_at else None,
        "Spotify": lambda row: row.link,
    }
    columns = {name: [cell(row) for row in rows] for name, cell in cells.items()}
    return pd.DataFrame(
        {name: values for name, values in columns.items() if any(v is not None for v in values)}
    )


def _columns(frame: pd.DataFrame, legends: Mapping[str, Sequence[str]]) -> dict[str, ColumnConfig]:
    column = st.column_config
    known = {
        **leading_columns(),
        "Title": column.TextColumn(width=156),
        "Artist": column.TextColumn(width=116),
        "Album": column.TextColumn(width=90),
        "Year": column.NumberColumn(width=58, format="%d"),
        "Tags": column.ListColumn(width=110),
        "Note": column.TextColumn(width=150),
        "Added": column.DatetimeColumn(width=128, format="D MMM YYYY, HH:mm"),
        "Added by": column.TextColumn(width=100),
        "Spotify": column.LinkColumn(width=64, display_text="Open"),
        **_sourced(legends),
    }
    return {name: known[name] for name in frame.columns}


def _sourced(legends: Mapping[str, Sequence[str]]) -> dict[str, ColumnConfig]:
    """Columns of values: each head says what they mean, and from where they are."""
    column = st.column_config

    def text(name: str, width: int, meaning: str) -> ColumnConfig:
        return column.TextColumn(width=width, help=_help(meaning, legends[name]))

    def bar(name: str, colour: ChartColor, most: int, form: str, scale: str) -> ColumnConfig:
        told = _help(scale, legends[name])
        return column.ProgressColumn(
            width=82, min_value=0, max_value=most, format=form, color=colour, help=told
        )

    return {
        "Source": text("Source", 64, _MARKS),
        "Popularity": bar("Popularity", "yellow", 100, "%.0f", "0 to 100"),
        "Energy": bar("Energy", "orange", 1, "%.2f", "0 calm to 1 intense"),
        "Feel": text("Energy", 84, "The energy in a word"),
        "Valence": bar("Valence", "green", 1, "%.2f", "0 sad to 1 happy"),
        "Mood": text("Valence", 76, "The valence in a word"),
        "Tempo": column.NumberColumn(
            width=76, format="%.0f BPM", help=_help("Beats per minute", legends["Tempo"])
        ),
        "Key": text("Key", 74, "The scale it is in"),
        "Camelot": text("Key", 66, "Neighbouring codes mix well"),
        "Genres": text("Genres", 100, "All from one source"),
    }


def _help(meaning: str, legend: Sequence[str]) -> str:
    signs = "  \n".join(notices.plain(entry) for entry in legend)
    return f"{meaning}\n\n{signs}".strip()
