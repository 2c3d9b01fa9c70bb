"""What the visitor's browser tells and takes: the one place that reads st.context."""

import json
from collections.abc import Mapping
from datetime import tzinfo
from typing import Literal
from urllib.parse import urlencode, urlsplit, urlunsplit

import streamlit as st

from ttt.services.doors.sign_in import client_address
from ttt.services.explain.clocks import zone_named
from ttt.settings import Settings


def session_token(settings: Settings) -> str | None:
    """Value of the session cookie."""
    return st.context.cookies.get(settings.cookie_name)


def known_as(settings: Settings) -> str:
    """Value of the cookie by which this browser is known, "" when nobody signed in in it yet."""
    return st.context.cookies.get(settings.browser_cookie_name) or ""


def address(settings: Settings) -> str | None:
    """Where the request comes from, None on this machine itself."""
    forwarded_for = ",".join(st.context.headers.get_all("x-forwarded-for"))
    return client_address(settings, forwarded_for, st.context.ip_address)


def zone() -> tzinfo | None:
    """Time zone of the browser, None when it does not say."""
    return zone_named(st.context.timezone)


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
    _run(f"location.replace({_literal(url)})")


def post(path: str, fields: Mapping[str, str]) -> None:
    """Send a form to a route of this app, open what it answers in this tab, and stop the run."""
    _run(
        f"""const form = document.createElement("form")
        Object.assign(form, {{ method: "post", action: {_literal(path)}, hidden: true }})
        for (const [name, value] of Object.entries({_literal(dict(fields))})) {{
            const input = document.createElement("input")
            Object.assign(input, {{ type: "hidden", name, value }})
            form.append(input)
        }}
        document.body.append(form)
        form.submit()"""
    )


def _literal(value: object) -> str:
    # JSON is JavaScript, but the HTML parser would still see a "</script>" in it.
    return json.dumps(value).replace("<", "\\u003c")


def _run(script: str) -> None:
    # In a block, as a page that is shown again would define the same names again.
    st.html(f"<script>{{ {script} }}</script>", unsafe_allow_javascript=True)
    st.stop()
