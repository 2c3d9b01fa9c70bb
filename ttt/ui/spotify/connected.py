"""How a person's Spotify stands, in words: what it may do, until when, and what to do without."""

from datetime import datetime

import streamlit as st

from ttt.errors import RateLimited, ReconnectNeeded
from ttt.services.explain import explain
from ttt.services.spotify.permissions import Purpose
from ttt.services.spotify.spotify import Connection
from ttt.ui.frame import browser, navigation, notices


def what_is_asked() -> None:
    """Say what the app does with a connection, before it is made."""
    st.caption(
        "It reads your name, your top tracks, your playlists, what plays and what you played, and "
        "keeps a record of your plays. It changes nothing at Spotify but what you press a button "
        "for: a private playlist that you send, and what plays. The token is kept encrypted on "
        "this server; “Disconnect” deletes it."
    )


def show(connection: Connection) -> None:
    """Say how the person is connected, for how long, and what is in the way."""
    zone = browser.zone()
    st.markdown(f"Connected as **{notices.plain(connection.display_name)}**")
    if not connection.usable:
        st.warning(notices.plain(str(explain(ReconnectNeeded()))), icon=":material/info:")
    if connection.blocked_until is not None:
        blocked(connection.blocked_until, connection.quota_used_up)
    st.caption(
        f"Authorized {connection.authorized_at.astimezone(zone):%d %b %Y}; Spotify asks for a "
        f"new authorization after six months, about {connection.ends_at.astimezone(zone):%d %b %Y}."
    )


def permitted(connection: Connection | None, purpose: Purpose) -> bool:
    """Whether the person's connection allows this; if not, say what to do instead."""
    if connection is not None and connection.usable and connection.allows(purpose):
        return True
    verb = "Connect" if connection is None else "Reconnect"
    st.caption(f"{verb} Spotify to allow {purpose}.")
    st.page_link(navigation.page("spotify"), label="Go to Spotify", icon=":material/arrow_forward:")
    return False


def ended() -> None:
    """Say that the connection has ended."""
    notices.trouble(ReconnectNeeded())


def blocked(until: datetime, quota_used_up: bool) -> None:
    """Say until when Spotify wants to be left alone."""
    notices.trouble(RateLimited(until, quota_used_up))


def with_demo(line: str, connection: Connection | None) -> str:
    """A line of Markdown that also says where what is shown comes from the demo."""
    if connection is None or not connection.demo:
        return line
    return f"{line} · Demo data of a made-up listener".removeprefix(" · ")
