"""What every TCP connection is given before it says anything."""

import asyncio
import socket

import uvicorn
from uvicorn.config import HTTP_PROTOCOLS
from uvicorn.server import ServerState

from ttt.settings import load
from ttt.web.guards import connections


async def _waits_for_receipts() -> bool:
    """Whether small messages wait until the ones before have arrived."""
    connections.bound(load())
    config = uvicorn.Config(None, log_config=None)
    config.load()
    state = ServerState()
    listening = socket.socket()  # made like Streamlit's, which does not name the protocol
    listening.bind(("127.0.0.1", 0))
    server = await asyncio.get_running_loop().create_server(
        lambda: config.http_protocol_class(config=config, server_state=state, app_state={}),
        sock=listening,
    )
    _, writer = await asyncio.open_connection(*listening.getsockname())
    while not state.connections:
        await asyncio.sleep(0)
    (connection,) = state.connections
    accepted = connection.transport.get_extra_info("socket")
    waits = not accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
    writer.close()
    connection.transport.abort()
    server.close()
    await server.wait_closed()
    return waits


def test_the_many_small_messages_of_a_page_do_not_wait_for_receipts(monkeypatch):
    monkeypatch.setitem(HTTP_PROTOCOLS, "auto", HTTP_PROTOCOLS["auto"])

    assert not asyncio.run(_waits_for_receipts())
