"""Text that people take elsewhere: an address, a link, a key."""

from html import escape

import streamlit as st


def show(text: str, name: str) -> None:
    """Show `text`, line by line, with a button that copies it; `name` is what it is.

    Streamlit's own element for code brings the colours of all languages, 600 kB of scripts.
    """
    st.html(
        f'<div class="ttt-copy"><code>{escape(text)}</code><output></output>'
        f'<button type="button" aria-label="Copy the {escape(name)}">Copy</button></div>'
    )
