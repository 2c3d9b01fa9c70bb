"""All plays as files: into other programs, or back into this one."""

import io
from functools import partial

import streamlit as st

from ttt.services.person import Person
from ttt.services.plays.out import exporting
from ttt.services.plays.out.exporting import ExportFormat
from ttt.ui.frame import process
from ttt.ui.frame.listing import sections

_FILES = {
    ExportFormat.EXTENDED: ("JSON lines", "plays.jsonl", "application/x-ndjson"),
    ExportFormat.LISTENBRAINZ: ("ListenBrainz", "listenbrainz.jsonl", "application/x-ndjson"),
    ExportFormat.CSV: ("CSV", "plays.csv", "text/csv"),
    ExportFormat.PARQUET: ("Parquet", "plays.parquet", "application/vnd.apache.parquet"),
}


def offer(person: Person) -> None:
    """A button a format; a file is only written when it is asked for."""
    sections.heading("Take it out", "Every play in one file, whenever you like")
    with st.container(horizontal=True):
        for form, (label, name, kind) in _FILES.items():
            st.download_button(
                label,
                partial(_written, person, form),
                name,
                kind,
                icon=":material/download:",
                on_click="ignore",
                key=f"export-{form}",
            )
    sections.small(
        "JSON lines have the fields of Spotify's own history. JSON lines, CSV and Parquet hold "
        "every play and can be brought back here; the file for ListenBrainz holds what counts as "
        "a play."
    )


def _written(person: Person, form: ExportFormat) -> bytes:
    file = io.BytesIO()
    exporting.write(process.context(), person, form, file)
    return file.getvalue()
