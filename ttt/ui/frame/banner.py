"""What everybody is told above every page: that changes have to wait, and what an admin says."""

from html import escape

import streamlit as st

from ttt.services.accounts import decisions
from ttt.services.server import maintenance
from ttt.ui.frame import process


def show() -> None:
    """Show the banner, if there is one; it is plain text, whatever stands in it."""
    for text in filter(None, (maintenance.banner(process.context()), _text())):
        # Not as Markdown, which makes links of addresses even where every sign is escaped.
        st.html(f'<p class="ttt-banner" role="status">{escape(text)}</p>')


def forget() -> None:
    """Let the banner be read anew at once; other processes do within 15 seconds."""
    _text.clear()


@st.cache_resource(ttl=15, max_entries=1, show_spinner=False)
def _text() -> str:
    return decisions.read(process.context()).banner
