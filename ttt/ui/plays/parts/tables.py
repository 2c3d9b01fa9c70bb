"""The equal table of a chart: names in it lead to their pages."""

from collections.abc import Iterator

import streamlit as st

from ttt.chartdata import HEAD, Cell, Page, Table
from ttt.services.plays.frame import Tracks
from ttt.ui.frame.listing.table import Cell as Drawn
from ttt.ui.frame.listing.table import html
from ttt.ui.plays import rows
from ttt.ui.tracks import leading

# More rows than that are drawn by Streamlit, which draws only those in view.
_MOST = 200


def show(name: str, table: Table, tracks: Tracks | None) -> None:
    """The table; one that names things is drawn with links, by the `tracks` that have them."""
    if tracks is None or not table.pages or len(table.rows) > _MOST:
        records = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
        st.dataframe(records, hide_index=True, height=260, key=f"rows of {name}")
        return
    head = (_named(name, table.pages.get((HEAD, name)), tracks) for name in table.columns)
    st.html(html(f"{name}, as a table", table.columns, head, _rows(table, tracks)))


def _rows(table: Table, tracks: Tracks) -> Iterator[list[Drawn]]:
    for n, row in enumerate(table.rows):
        cells = zip(table.columns, row, strict=True)
        yield [_cell(table, n, cell, tracks) for cell in cells]


def _cell(table: Table, n: int, cell: tuple[str, Cell], tracks: Tracks) -> Drawn:
    column, value = cell
    page = table.pages.get((n, column))
    kind = "name" if page else "number" if isinstance(value, int | float) else ""
    if column == table.by:
        return leading.html(rows.by(str(value or ""), tracks)), kind
    return _named(_text(value), page, tracks), kind


def _text(value: Cell) -> str:
    if value is None:
        return "–"
    return f"{value:,}" if isinstance(value, int | float) else value


def _named(text: str, page: Page | None, tracks: Tracks) -> str:
    return leading.html([(text, _address(page, tracks) if page else "")])


def _address(page: Page, tracks: Tracks) -> str:
    of, key = page
    if isinstance(key, str):
        return leading.genre(key)
    return rows.link(of, key, tracks)
