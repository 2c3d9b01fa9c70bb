"""Security headers on every answer, as pure ASGI so that streaming and WebSockets stay whole."""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ttt.web.shell.compression import FOLDERS

# Streamlit starts its own page with inline script and style, makes workers, images and the scripts
# of elements of our own from blobs, and compiles WebAssembly for its dataframes; covers are the
# own addresses of Spotify and, on public charts, of Deezer and Apple.
_COVERS = (
    "https://i.scdn.co https://*.scdn.co https://*.spotifycdn.com"
    " https://*.dzcdn.net https://*.mzstatic.com"
)
CONTENT_SECURITY_POLICY = "; ".join(
    [
        "default-src 'self'",
        "script-src 'self' blob: 'unsafe-inline' 'wasm-unsafe-eval'",
        "style-src 'self' 'unsafe-inline'",
        f"img-src 'self' data: blob: {_COVERS}",
        "font-src 'self' data:",
        "connect-src 'self'",
        "worker-src 'self' blob:",
        "frame-src 'none'",
        "frame-ancestors 'none'",
        "form-action 'self'",
        "base-uri 'self'",
        "object-src 'none'",
    ]
)
HEADERS = {
    "content-security-policy": CONTENT_SECURITY_POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "x-permitted-cross-domain-policies": "none",
    # Spotify's redirect carries a code in its address, which is nobody else's business. Without
    # any referrer, browsers would also keep from the session routes where a form was posted.
    "referrer-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
# Pages, downloads and redirects are one person's, who may sit at a computer that others use.
_NOT_KEPT = "no-store"
# What a header says of a document means nothing to a script, a style or a font. The first visit
# takes some eighty of these, and would bring each time a thousand bytes for nothing.
_PARTS = ("application/javascript", "text/javascript", "text/css", "font/")
_OF_PARTS = ("x-content-type-options", "cross-origin-resource-policy", "strict-transport-security")
_ONE_YEAR = "max-age=31536000"


class SecurityHeaders:
    """Middleware that adds the headers; HSTS only where people come over HTTPS."""

    def __init__(self, app: ASGIApp, https: bool) -> None:
        self._app = app
        self._headers = HEADERS | ({"strict-transport-security": _ONE_YEAR} if https else {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and add the headers to the start of its answer."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                kept = scope["path"].startswith(FOLDERS)
                part = kept and headers.get("content-type", "").startswith(_PARTS)
                for name, value in self._headers.items():
                    if not part or name in _OF_PARTS:
                        headers.setdefault(name, value)
                if not kept:
                    headers["cache-control"] = _NOT_KEPT
            await send(message)

        await self._app(scope, receive, send_with_headers)
