"""A list as a file, out and in."""

from collections.abc import Sequence

import streamlit as st

from ttt.errors import InvalidInput
from ttt.services import trending_csv
from ttt.services.accounts import Person
from ttt.services.lists import ListInfo
from ttt.services.rows import TrackRow
from ttt.ui import notices, process, receipts


def download(rows: Sequence[TrackRow], info: ListInfo) -> None:
    """Offer the list as a file; it is only written when asked for."""
    st.download_button(
        "Download CSV",
        lambda: trending_csv.export(rows),
        f"{info.name.lower()}.csv",
        "text/csv",
        icon=":material/download:",
        on_click="ignore",
    )


def upload(person: Person, info: ListInfo) -> None:
    """Take a file of the same kind and say what became of each row."""
    if not info.can_edit:
        return
    with st.form("upload", clear_on_submit=True, border=False):
        file = st.file_uploader("Upload CSV", type="csv")
        if st.form_submit_button("Import", icon=":material/upload:") and file is not None:
            content = file.getvalue()
            try:
                receipt = trending_csv.import_(process.context(), person, content, info.id)
            except InvalidInput as error:
                notices.trouble(error)
            else:
                receipts.keep("file", receipt)
                st.rerun()
    receipts.show("file")
