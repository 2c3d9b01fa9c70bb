"""ASGI apps over real HTTP on this machine."""

import asyncio
import os
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from typing import Any

import httpx
import uvicorn
from starlette.types import ASGIApp

# For clients that speak to this machine: trusts nobody, so that no certificates have to be read,
# which takes longer than a request.
NO_TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
# Below those that Linux and macOS give to connections that are opened meanwhile; each process
# begins elsewhere among them.
_FIRST, _MANY = 10_000, 22_000
_numbers = count(os.getpid() * 997)
PATIENCE = 60.0  # seconds: a busy machine is slow, but the answer comes in the end


def client(base_url: str = "", **options: Any) -> httpx.Client:
    """A client for servers of this machine."""
    return httpx.Client(
        base_url=base_url, **{"trust_env": False, "verify": NO_TLS, "timeout": PATIENCE} | options
    )


def ask(method: str, url: str, **options: Any) -> httpx.Response:
    """One request to a server of this machine, by a connection of its own."""
    with client() as alone:
        return alone.request(method, url, **options)


def free_port() -> int:
    """A port on which nobody listens now, and which is given to nobody who asks for any."""
    for number in _numbers:
        port = _FIRST + number % _MANY
        with socket.socket() as listening, suppress(OSError):
            listening.bind(("127.0.0.1", port))
            return port
    raise AssertionError


class _Server(uvicorn.Server):
    """Ends as soon as it is asked to, where uvicorn looks ten times a second."""

    begun = False

    async def main_loop(self) -> None:
        await self.on_tick(0)
        self._loop, self._end = asyncio.get_running_loop(), asyncio.Event()
        self.begun = True
        await self._end.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for listening in (*self.servers, *(sockets or [])):
            listening.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        while self.server_state.connections or self.server_state.tasks:
            await asyncio.sleep(0.001)  # answers that have begun are sent to their end

    def end(self) -> None:
        self.should_exit = True  # in case it has not begun
        if self.begun:
            self._loop.call_soon_threadsafe(self._end.set)


@contextmanager
def served(app: ASGIApp, port: int) -> Iterator[None]:
    """Serve an app at a port of 127.0.0.1 from a thread."""
    server = _Server(uvicorn.Config(app, log_config=None, lifespan="off"))
    with socket.create_server(("127.0.0.1", port)) as listening:
        thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
        thread.start()
        yield
        while thread.is_alive() and not server.begun:
            thread.join(0.001)
        server.end()
        thread.join()
