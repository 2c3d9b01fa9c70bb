"""Very many WebSockets from very many addresses of this machine, which say nothing."""

import asyncio
import base64
import os
import re
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from urllib.parse import urlsplit

from ttt.services.server.watching import descriptors

_AT_ONCE = 100
_SECONDS = 60
_CLOSE = 8


def addresses(count: int) -> list[str]:
    """Addresses of this machine other than the one that everybody uses."""
    return [f"127.0.{number // 200 + 1}.{number % 200 + 1}" for number in range(count)]


class Flood:
    """Opens WebSockets and holds them; `answers` counts the statuses that they got."""

    def __init__(self, url: str) -> None:
        descriptors.raise_limit()
        self._place = urlsplit(url)
        self._turns = asyncio.Semaphore(_AT_ONCE)
        self._writers: list[asyncio.StreamWriter] = []
        self._ends: list[asyncio.Task[float]] = []
        self.answers: Counter[int] = Counter()
        self.seconds = 0.0
        self.refusals: set[str] = set()

    async def open(self, sources: Sequence[str], count: int) -> None:
        """Open so many, each source in its turn, and note how long that took."""
        began = time.monotonic()
        await asyncio.gather(*(self._one(sources[n % len(sources)]) for n in range(count)))
        self.seconds = time.monotonic() - began

    async def until_ended(self, seconds: float) -> float:
        """Wait until the server has ended each of them; return how long the last was left open.

        A TimeoutError says that it does not end them.
        """
        async with asyncio.timeout(seconds):
            return max(await asyncio.gather(*self._ends))

    async def stop(self) -> None:
        """Hang up."""
        for writer in self._writers:
            writer.close()
        for writer in self._writers:
            with suppress(OSError):
                await writer.wait_closed()

    async def _one(self, source: str) -> None:
        async with self._turns:
            try:
                reader, writer = await asyncio.open_connection(
                    self._place.hostname, self._place.port, local_addr=(source, 0)
                )
                writer.write(self._handshake())
                head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), _SECONDS)
            except (OSError, asyncio.IncompleteReadError):
                self.answers[0] += 1
                return
            status = int(head.split()[1])
            self.answers[status] += 1
            self._writers.append(writer)
            if status == 101:
                self._ends.append(asyncio.create_task(_lasts(reader)))
            else:
                # Whoever is hung up on at once may not get to read why.
                with suppress(ConnectionError):
                    self.refusals.add((await reader.read(500)).decode().strip())

    def _handshake(self) -> bytes:
        key = base64.b64encode(os.urandom(16)).decode()
        lines = [
            "GET /_stcore/stream HTTP/1.1",
            f"Host: {self._place.netloc}",
            "Connection: Upgrade",
            "Upgrade: websocket",
            "Sec-WebSocket-Version: 13",
            f"Sec-WebSocket-Key: {key}",
        ]
        return ("\r\n".join(lines) + "\r\n\r\n").encode()


async def _lasts(reader: asyncio.StreamReader) -> float:
    """Seconds until the frame that ends a WebSocket, or its end without one; no ping is one."""
    began = time.monotonic()
    with suppress(OSError, asyncio.IncompleteReadError):
        kind = 0
        while kind != _CLOSE:
            kind, length = await reader.readexactly(2)
            kind &= 0x0F
            await reader.readexactly(length)  # what a server says here is short, and not masked
    return time.monotonic() - began


def words(refusal: str) -> str:
    """What a refusal says, without the sizes of pieces."""
    return " ".join(line for line in refusal.splitlines() if not re.fullmatch("[0-9a-f]*", line))
