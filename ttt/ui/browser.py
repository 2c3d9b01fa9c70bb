"""What the visitor's browser tells and takes: the one place that reads st.context."""

import json
from datetime import tzinfo
from typing import Literal
from urllib.parse import urlencode, urlsplit, urlunsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st

from ttt.services.sign_in import client_address
from ttt.settings import Settings


def session_token(settings: Settings) -> str | None:
    """Value of the session cookie."""
    return st.context.cookies.get(settings.cookie_name)


def address(settings: Settings) -> str | None:
    """Where the request comes from, None on this machine itself."""
    forwarded_for = st.context.headers.get("x-forwarded-for")
    return client_address(settings, forwarded_for, st.context.ip_address)


def zone() -> tzinfo | None:
    """Time zone of the browser, None when it does not say."""
    try:
        return ZoneInfo(st.context.timezone) if st.context.timezone else None
    except (ZoneInfoNotFoundError, ValueError):
        return None


def theme() -> Literal["dark", "light"]:
    """Which of the two themes is shown."""
    return "light" if st.context.theme.type == "light" else "dark"


def touch() -> bool:
    """Whether this is a phone, where a drag scrolls the page."""
    return "Mobi" in st.context.headers.get("user-agent", "")


def path() -> str:
    """Path and query of the page that is open."""
    address, query = urlsplit(st.context.url or ""), urlencode(st.query_params.to_dict())
    return urlunsplit(("", "", address.path or "/", query, ""))


def go(url: str) -> None:
    """Open an address in this tab and stop the run."""
    # JSON is a JavaScript string, but the HTML parser would still see a "</script>" in it.
    target = json.dumps(url).replace("<", "\\u003c")
    st.html(f"<script>location.replace({target})</script>", unsafe_allow_javascript=True)
    st.stop()
