"""What all browser sessions of this process share, and how far the page of one has come."""

from functools import cache

import streamlit as st

from ttt.services.context import Context, open_context
from ttt.services.server import demo_key as demo_key_service
from ttt.settings import load

_TITLED = "page has its title"


@cache
def context() -> Context:
    """Dependencies of the services, opened once; address and port are those in use."""
    host, port = st.get_option("server.address"), st.get_option("server.port")
    return open_context(load(TTT_HOST=host, TTT_PORT=port))


def demo_key() -> bytes:
    """Key of the demo Spotify's tokens."""
    return demo_key_service.read(context())


def begun(*, titled: bool = False) -> None:
    """Note that a page begins, or has come as far as its title."""
    st.session_state[_TITLED] = titled


def has_title() -> bool:
    """Whether the page has come as far as its title."""
    return bool(st.session_state.get(_TITLED))
