"""Everything that the server holds on a person: out as a file, and in from another server."""

from functools import partial

import streamlit as st

from ttt.errors import InvalidInput, StoreError
from ttt.services.my_data import uploading, writing
from ttt.services.my_data.target import Count
from ttt.services.person import Person
from ttt.ui.frame import notices, process

_RECEIPT = "my data receipt"


def offer(person: Person) -> None:
    """Download and upload, side by side."""
    st.header("My data", anchor=False)
    left, right = st.columns(2, gap="large")
    with left:
        _download(person)
    with right:
        _upload(person)


def _download(person: Person) -> None:
    st.caption(
        "Everything that this server holds on you: lists, top tracks, values of your own, "
        "sign-ins and more, as JSON and as tables, with a README that explains each column. "
        "Passwords, codes and tokens are left out."
    )
    st.download_button(
        "Download my data",
        partial(writing.download, process.context(), person, person),
        "my-top-track-tracker.zip",
        "application/zip",
        icon=":material/download:",
        on_click="ignore",
    )


def _upload(person: Person) -> None:
    st.caption(
        "Such a file of another server adds your lists, top tracks, own values and Last.fm name "
        "to this account. Nothing that is here is replaced; lists start out private. It holds your "
        "plays as well: drop it on the Imports page to have them counted here."
    )
    with st.form("my data", clear_on_submit=True, border=False):
        file = st.file_uploader("File of “Download my data”", type="zip")
        if st.form_submit_button("Upload my data", icon=":material/upload:") and file is not None:
            _take(person, file.getvalue())
    if (counts := st.session_state.pop(_RECEIPT, None)) is not None:
        _show(counts)


def _take(person: Person, content: bytes) -> None:
    with notices.telling(InvalidInput, StoreError):
        counts = uploading.upload(process.context(), person, person, content)
        st.session_state[_RECEIPT] = counts
        st.rerun()


def _show(counts: list[Count]) -> None:
    say = st.success if any(count.added for count in counts) else st.info
    lines = [notices.plain(str(count)) for count in counts if count.total]
    say("  \n".join(lines) or "The file holds nothing that could be added.")
    for count in counts:
        if count.refused:
            st.caption(f"Refused, {count.kind}:")
            notices.refusals(count.refused)
