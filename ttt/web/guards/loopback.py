"""One name for this machine: who begins at localhost is sent to the address that Spotify knows.

Spotify redirects to 127.0.0.1 and never to localhost, and cookies of one are none of the other: so
people would come back signed out.
"""

import ipaddress
from urllib.parse import urlsplit

from starlette.datastructures import URL, Headers
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from ttt.settings import Settings

_NAME = "localhost"
# Not pages: whoever asks for these does not follow, or comes from elsewhere.
_NO_PAGES = ("/_stcore/", "/static/", "/media/", "/auth/", "/healthz", "/demo-spotify/")


class OneName:
    """Middleware that sends pages from localhost to the address with the same port by number.

    A public address with a name of its own is left alone: a proxy in front may call us localhost.
    """

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._to = _by_number(settings)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Redirect, or pass the request on."""
        if self._to is None or scope["type"] != "http" or not _is_page(scope):
            await self._app(scope, receive, send)
            return
        url = URL(scope=scope).replace(hostname=self._to)
        await RedirectResponse(str(url), 307)(scope, receive, send)


def _by_number(settings: Settings) -> str | None:
    """The number that stands for this machine in the app's address, None where it has a name."""
    host = urlsplit(settings.base_url).hostname or ""
    try:
        number = ipaddress.ip_address(host)
    except ValueError:
        return None
    listens = settings.on_every_address or settings.host in {host, _NAME}
    if not number.is_loopback or not listens:
        return None
    return f"[{host}]" if number.version == 6 else host


def _is_page(scope: Scope) -> bool:
    headers = Headers(scope=scope)
    name = headers.get("host", "").rpartition(":")[0] or headers.get("host", "")
    return (
        scope["method"] == "GET"
        and name.casefold() == _NAME
        and "x-forwarded-host" not in headers
        and "text/html" in headers.get("accept", "")
        and not scope["path"].startswith(_NO_PAGES)
    )
