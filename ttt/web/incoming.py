"""What is read of a request: where it comes from, who asks, and a body that is not too long."""

from collections.abc import Iterable

from starlette.requests import HTTPConnection, Request
from starlette.types import Message, Receive

from ttt.services.context import Context
from ttt.services.doors import sign_in
from ttt.services.person import Person
from ttt.settings import Settings


def address(settings: Settings, asked: HTTPConnection) -> str | None:
    """Where a request or a WebSocket comes from."""
    peer = asked.client.host if asked.client else None
    hops = ",".join(asked.headers.getlist("x-forwarded-for"))
    return sign_in.client_address(settings, hops, peer)


def person(context: Context, request: Request) -> Person | None:
    """Who is signed in in the browser that asks, None when nobody is (any more)."""
    token = request.cookies.get(context.settings.cookie_name)
    return sign_in.current_person(context, token, address(context.settings, request))


def again(said: Iterable[Message], receive: Receive) -> Receive:
    """What was received already, and then the rest."""
    waiting = list(said)

    async def receive_again() -> Message:
        return waiting.pop(0) if waiting else await receive()

    return receive_again


async def body(request: Request, most: int) -> bytes | None:
    """A body of at most so many bytes, None for a longer one; ClientDisconnect for half of one."""
    read = bytearray()
    async for piece in request.stream():
        read += piece
        if len(read) > most:
            return None
    return bytes(read)
