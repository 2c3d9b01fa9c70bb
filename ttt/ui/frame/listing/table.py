"""A table of words, as wide as they need; on a phone a paragraph a row: nothing scrolls aside."""

from collections.abc import Iterable, Sequence
from html import escape

import streamlit as st

from ttt.ui.frame import notices

# HTML, and the kind that the style sheet knows: "name", "number", "none" (not known) or "".
Cell = tuple[str, str]


def show(label: str, columns: Sequence[str], rows: Iterable[Sequence[str | None]]) -> None:
    """Show rows of text; what is None is not known."""
    cells = (list(map(_cell, row)) for row in rows)
    st.html(html(label, columns, map(escape, columns), cells, "fits"))


def html(
    label: str,
    columns: Sequence[str],
    head: Iterable[str],
    rows: Iterable[Sequence[Cell]],
    look: str = "",
) -> str:
    """A table as HTML, whose `head` is HTML as well; `columns` name the cells on a phone."""
    heads = "".join(f'<th scope="col" role="columnheader">{name}</th>' for name in head)
    body = "".join(f'<tr role="row">{_cells(columns, row)}</tr>' for row in rows)
    return (
        f'<div class="{f"ttt-table {look}".strip()}" role="region" tabindex="0" '
        f'aria-label="{escape(label)}">'
        f'<table role="table"><thead role="rowgroup"><tr role="row">{heads}</tr></thead>'
        f'<tbody role="rowgroup">{body}</tbody></table></div>'
    )


def _cells(columns: Sequence[str], row: Sequence[Cell]) -> str:
    return "".join(
        f'<td role="cell" class="{kind}" data-of="{escape(column)}">{shown}</td>'
        for column, (shown, kind) in zip(columns, row, strict=True)
    )


def _cell(value: str | None) -> Cell:
    return (escape(notices.line(value)), "") if value else ("–", "none")
