"""People at a proxy: they look at pages, and send plays and files, as browsers and players do.

Like those, they try again when a connection breaks, and note how long they were away.
"""

import asyncio
import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import httpx

from tests.bench.pages.tab import Tab
from tests.bench.stage import Place
from tests.operations.fleet import COOKIE
from tests.surroundings.loopback import NO_TLS
from ttt.services.person import Person
from ttt.services.plays.bringing.uploads import PIECE

_PATIENCE, _RUN_WITHIN = 60.0, 30.0


@dataclass
class Someone:
    """A signed-in person: their browser's cookie, their player's token, and where they are.

    `address` is one of this machine's loopback addresses, as a proxy bounds what comes from one.
    """

    person: Person
    cookie: str
    token: str
    address: str
    absences: list[float] = field(default_factory=list)
    """Seconds from a broken connection to the next page that was shown to them, signed in."""
    waits: list[float] = field(default_factory=list)
    """Seconds that runs took."""
    acknowledged: list[int] = field(default_factory=list)
    """Unix times of the plays that the server said it has."""
    sent: int = 0
    strangers: int = 0
    """Pages that did not know them any more."""

    def cookies(self) -> str:
        """What their browser sends: the proxy's cookie is a new one for each place in the fleet."""
        return f"{self.cookie}; {COOKIE}={random.getrandbits(64):x}"


async def look_around(who: Someone, url: str, over: Callable[[], bool], every: float) -> None:
    """Look at a page again and again over one socket; connect anew when it breaks."""
    cut: float | None = None
    while not over():
        try:
            async with Tab(Place(url, 0, "/account", who.cookies()), who.address) as tab:
                while not over():
                    began = time.monotonic()
                    shown = await asyncio.wait_for(tab.run(), _RUN_WITHIN)
                    now = time.monotonic()
                    who.waits.append(now - began)
                    if cut is not None:
                        who.absences.append(now - cut)
                        cut = None
                    who.strangers += not _knows(shown, who.person.name)
                    await asyncio.sleep(every)
        except Exception:  # whatever breaks, a browser connects anew
            cut = cut if cut is not None else time.monotonic()
            await asyncio.sleep(0.5)
    if cut is not None:
        who.absences.append(float("inf"))


def _knows(shown: list, name: str) -> bool:  # type: ignore[type-arg]
    return any(m.delta.new_element.text.body == name for m in shown)


async def play_music(
    who: Someone, url: str, over: Callable[[], bool], every: float, first: int
) -> None:
    """Send a play after the other, each until the server says that it has it."""
    headers = {"Authorization": f"Token {who.token}"}
    async with _client(who, url, headers) as client:
        while not over():
            told = first + 240 * who.sent
            who.sent += 1
            if await _until_taken(client, _listen(told, who.sent)):
                who.acknowledged.append(told)
            await asyncio.sleep(every)


def _client(who: Someone, url: str, headers: dict[str, str]) -> httpx.AsyncClient:
    transport = httpx.AsyncHTTPTransport(local_address=who.address, verify=NO_TLS)
    return httpx.AsyncClient(base_url=url, headers=headers, transport=transport, timeout=15)


async def _until_taken(client: httpx.AsyncClient, body: object) -> bool:
    gives_up = time.monotonic() + _PATIENCE
    while time.monotonic() < gives_up:
        try:
            answer = await client.post("/apis/listenbrainz/1/submit-listens", json=body)
            if answer.status_code == httpx.codes.OK:
                return True
        except httpx.TransportError:
            pass
        await asyncio.sleep(0.5)
    return False


def _listen(told: int, number: int) -> object:
    about = {"artist_name": f"Band {number % 9}", "track_name": f"Song {number}"}
    return {
        "listen_type": "single",
        "payload": [{"listened_at": told, "track_metadata": about}],
    }


async def bring(who: Someone, url: str, name: str, data: bytes) -> int:
    """Bring a file in pieces, each until it is taken; return the upload's id."""
    headers = {"Cookie": who.cookies(), "Sec-Fetch-Site": "same-origin", "Origin": url}
    async with _client(who, url, headers) as client:
        upload = await _posted(client, "", json={"name": name, "size": len(data)})
        while upload["state"] == "receiving":
            start = upload["next"] * PIECE
            piece = data[start : start + PIECE]
            upload = await _posted(client, f"/{upload['id']}/{upload['next']}", content=piece)
        return int(upload["id"])


async def _posted(client: httpx.AsyncClient, path: str, **body: object) -> dict:  # type: ignore[type-arg]
    gives_up = time.monotonic() + _PATIENCE
    while True:
        try:
            answer = await client.post(f"/plays/uploads{path}", **body)  # type: ignore[arg-type]
            if answer.is_success:
                return dict(answer.json())
            assert answer.status_code >= httpx.codes.INTERNAL_SERVER_ERROR, answer.text
        except httpx.TransportError:
            pass
        assert time.monotonic() < gives_up, path
        await asyncio.sleep(0.5)
