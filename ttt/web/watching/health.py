"""Routes for whoever watches the server: /healthz, /livez and /readyz."""

import asyncio
from collections.abc import Callable

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from ttt.services.context import Context
from ttt.services.server.watching import condition
from ttt.services.server.watching.condition import SILENT, Condition

PATIENCE, KEPT = 2.0, 1.0


def routes(context: Context) -> list[Route]:
    """The routes; they answer within two seconds, whatever the database does.

    /livez says that this process answers, /readyz whether people can be sent to it, and /healthz
    whether anything is wrong, and what.
    """
    watch = Watch(lambda: condition.look(context))

    async def healthz(_request: Request) -> Response:
        now = await watch.condition()
        if now.well:
            return JSONResponse({"status": "maintenance" if now.maintenance else "ok"})
        return JSONResponse({"status": "unavailable", "problems": list(now.problems)}, 503)

    async def readyz(_request: Request) -> Response:
        ready = (await watch.condition()).ready
        return JSONResponse({"status": "ready" if ready else "not ready"}, 200 if ready else 503)

    async def livez(_request: Request) -> Response:
        return JSONResponse({"status": "alive"})

    return [Route("/healthz", healthz), Route("/readyz", readyz), Route("/livez", livez)]


class Watch:
    """Looks once a second at most, in one thread of its own, and gives up on what hangs."""

    def __init__(self, look: Callable[[], Condition], patience: float = PATIENCE) -> None:
        self._look, self._patience = look, patience
        self._looking: asyncio.Task[Condition] | None = None
        self._began = self._seen_at = float("-inf")
        self._seen = Condition()

    async def condition(self) -> Condition:
        """How it is now, or was less than a second ago."""
        now = asyncio.get_running_loop().time()
        if now - self._seen_at < KEPT:
            return self._seen
        if self._looking is None or self._looking.done():
            self._began = now
            self._looking = asyncio.create_task(self._look_in_thread())
        left = self._began + self._patience - now
        await asyncio.wait({self._looking}, timeout=max(0, left))
        if not self._looking.done():
            return Condition((SILENT,))
        return self._looking.result()

    async def _look_in_thread(self) -> Condition:
        # Not one of the threads that serve files, as it may hang.
        limiter = CapacityLimiter(1)
        self._seen = await to_thread.run_sync(self._look, limiter=limiter, abandon_on_cancel=True)
        self._seen_at = asyncio.get_running_loop().time()
        return self._seen
