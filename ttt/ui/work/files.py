"""A list as a file, out and in."""

import json
from collections.abc import Callable, Sequence

import streamlit as st

from ttt.errors import InvalidInput, StoreError
from ttt.services.lists import importing
from ttt.services.lists.importing import Choices, Field, Fields, Table
from ttt.services.lists.lists import ListInfo
from ttt.services.person import Person
from ttt.services.tables import list_csv, playlist_files
from ttt.services.tracks.rows import TrackRow
from ttt.text import file_name
from ttt.ui.frame import notices, process
from ttt.ui.work import receipts


def download(rows: Sequence[TrackRow], info: ListInfo) -> None:
    """Offer the list in each format; a file is only written when it is asked for."""
    formats = {
        "Download CSV": ("csv", "text/csv", lambda: list_csv.export(rows)),
        "JSON": ("json", "application/json", lambda: _json(rows)),
        "M3U8": ("m3u8", "audio/x-mpegurl", lambda: playlist_files.m3u8(info.name, rows)),
        "XSPF": ("xspf", "application/xspf+xml", lambda: playlist_files.xspf(info.name, rows)),
    }
    with st.container(horizontal=True):
        for label, (ending, kind, content) in formats.items():
            st.download_button(
                label,
                content,
                file_name(info.name, ending),
                kind,
                icon=":material/download:",
                on_click="ignore",
            )


def downloads(name: str, as_csv: Callable[[], str], as_json: Callable[[], str]) -> None:
    """Offer records as CSV and JSON; a file is only written when it is asked for."""
    kinds = {"CSV": ("csv", "text/csv", as_csv), "JSON": ("json", "application/json", as_json)}
    for label, (ending, kind, content) in kinds.items():
        st.download_button(
            label,
            content,
            f"{name}.{ending}",
            kind,
            key=f"{name}-{ending}",
            type="tertiary",
            icon=":material/download:",
            on_click="ignore",
        )


def upload(person: Person, info: ListInfo | None) -> None:
    """Take a table of tracks, ask which column is which if need be, and say what became of it."""
    if info is None or not info.can_edit:
        return
    with st.form("upload", clear_on_submit=True, border=False):
        file = st.file_uploader("Upload CSV", type="csv")
        if st.form_submit_button("Import", icon=":material/upload:") and file is not None:
            _take(person, info, file.getvalue())
    pending: tuple[bytes, Table] | None = st.session_state.get(_pending(info))
    if pending is not None:
        _match_columns(person, info, *pending)
    receipts.show("file")


def _take(person: Person, info: ListInfo, content: bytes) -> None:
    try:
        table = importing.look(content)
    except (InvalidInput, StoreError) as error:
        notices.trouble(error)
        return
    if table.clear:
        _import(person, info, content, table.fields)
    else:
        st.session_state[_pending(info)] = content, table


def _pending(info: ListInfo) -> str:
    """Where a file waits until its columns are told apart: it was meant for this list."""
    return f"file to match {info.id}"


def _match_columns(person: Person, info: ListInfo, content: bytes, table: Table) -> None:
    st.markdown("**Which column is which?**")
    st.caption("Tracks are found by a column of links, or by artist and title.")
    with st.form("columns", border=False):
        with st.grid(4, min_column_width=200):
            chosen = {field: _column(field, table) for field in Field}
        with st.container(horizontal=True):
            go = st.form_submit_button("Import with these", icon=":material/upload:")
            leave = st.form_submit_button("Leave it")
    if go:
        fields = {field: column for field, column in chosen.items() if column is not None}
        _import(person, info, content, fields)
    elif leave:
        del st.session_state[_pending(info)]
        st.rerun()


def _column(field: Field, table: Table) -> str | None:
    known = table.fields.get(field)
    place = None if known is None else table.columns.index(known)
    return st.selectbox(field.label, table.columns, place, placeholder="none")


def _import(person: Person, info: ListInfo, content: bytes, fields: Fields) -> None:
    try:
        receipt = importing.import_(
            process.context(), person, content, info.id, Choices(fields=fields)
        )
    except (InvalidInput, StoreError) as error:
        notices.trouble(error)
    else:
        st.session_state.pop(_pending(info), None)
        receipts.keep("file", receipt)
        st.rerun()


def _json(rows: Sequence[TrackRow]) -> str:
    return json.dumps(list_csv.as_records(rows), ensure_ascii=False, indent=2)
