"""A list as a file."""

import json
from collections.abc import Callable, Sequence

import streamlit as st

from ttt.services.lists.lists import ListInfo
from ttt.services.tables import list_csv, playlist_files
from ttt.services.tracks.rows import TrackRow
from ttt.text import file_name
from ttt.ui.frame import layout


def download(rows: Sequence[TrackRow], info: ListInfo) -> None:
    """Offer the list in each format; a file is only written when it is asked for."""
    place = layout.fold("Download", ":material/download:", "download list")
    if place is None:
        return
    formats = {
        "CSV": ("csv", "text/csv", lambda: list_csv.export(rows)),
        "JSON": ("json", "application/json", lambda: _json(rows)),
        "M3U8": ("m3u8", "audio/x-mpegurl", lambda: playlist_files.m3u8(info.name, rows)),
        "XSPF": ("xspf", "application/xspf+xml", lambda: playlist_files.xspf(info.name, rows)),
    }
    row = place.container(horizontal=True)
    for label, (ending, kind, content) in formats.items():
        row.download_button(label, content, file_name(info.name, ending), kind, on_click="ignore")


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


def _json(rows: Sequence[TrackRow]) -> str:
    return json.dumps(list_csv.as_records(rows), ensure_ascii=False, indent=2)
