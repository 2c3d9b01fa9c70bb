"""A browser tab without a browser: asks for runs of a page over Streamlit's own WebSocket."""

from typing import Self

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

from tests.bench.stage import Place
from tests.surroundings.conversation import Conversation, stream

_AGENT = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0"


class Tab:
    """One page of one person; like a browser it keeps large messages and names those it has."""

    def __init__(self, place: Place, comes_from: str = "") -> None:
        self.place = place
        self._from = {"local_addr": (comes_from, 0)} if comes_from else {}
        self.received = 0
        self._conversation = Conversation(place.url, place.path)
        self._kept: set[str] = set()

    async def __aenter__(self) -> Self:
        self._socket: ClientConnection = await connect(
            stream(self.place.url),
            additional_headers={"Cookie": self.place.cookie} if self.place.cookie else {},
            user_agent_header=_AGENT,
            max_size=None,
            proxy=None,
            **self._from,
        )
        return self

    async def __aexit__(self, *error: object) -> None:
        await self._socket.close()

    async def run(self, query: str | None = None) -> list[ForwardMsg]:
        """Ask for a run of the page; return what it showed, when the run has finished."""
        await self._socket.send(self._conversation.ask(kept=self._kept, query=query))
        shown = []
        while not self._conversation.ended:
            data = await self._socket.recv(decode=False)
            self.received += len(data)
            message = self._conversation.hear(data)
            if message.metadata.cacheable:
                self._kept.add(message.hash)
            shown.append(message)
        return shown
