"""Which names this server answers to."""

from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.types import Receive, Scope, Send

# Machines that watch a server call it by its number, or by a name of their own; no link, cookie
# or page comes out of these.
_BY_ANY_NAME = frozenset({"/livez", "/readyz", "/metrics"})


class KnownHostsOnly(TrustedHostMiddleware):
    """Middleware that refuses other hosts, but for what machines ask."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass what may pass on."""
        if scope["type"] == "http" and scope["path"] in _BY_ANY_NAME:
            await self.app(scope, receive, send)
        else:
            await super().__call__(scope, receive, send)
