"""Until when Spotify wants to be left alone, for all people whom a client ID serves."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlmodel import Session

from ttt.errors import RateLimited
from ttt.models import ServiceBlock
from ttt.services.context import Context
from ttt.services.spotify.clients import Client
from ttt.store import ahead
from ttt.store.values import service_state


def _service(client: Client) -> str:
    # Spotify counts requests per app, so all people of an app share a block, and no others.
    return f"spotify:{client.client_id}"


def current(context: Context, session: Session, client: Client) -> ServiceBlock | None:
    """The block that holds now, None when Spotify may be asked."""
    block = service_state.block(session, _service(client))
    return block if block is not None and ahead.blocks(block.until, context.now()) else None


def require_none(context: Context, client: Client) -> None:
    """Raise RateLimited, without asking, while Spotify wants to be left alone."""
    with context.session() as session:
        block = current(context, session, client)
    if block is not None:
        raise RateLimited(block.until, block.quota)


@contextmanager
def kept(context: Context, client: Client) -> Iterator[None]:
    """Keep until when Spotify asks to be left alone."""
    try:
        yield
    except RateLimited as limit:
        block = ServiceBlock(service=_service(client), until=limit.until, quota=limit.quota)
        with context.session() as session:
            ahead.forget_blocks(session, block.service, context.now())
            service_state.extend_block(session, block)
            session.commit()
        raise
