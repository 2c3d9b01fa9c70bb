"""Bodies of requests that are read before whoever answers reads them."""

from starlette.types import Message, Receive


def replay(body: bytes, receive: Receive) -> Receive:
    """The body that was read, and then what else comes."""
    unread = [{"type": "http.request", "body": body, "more_body": False}]

    async def again() -> Message:
        return unread.pop() if unread else await receive()

    return again
