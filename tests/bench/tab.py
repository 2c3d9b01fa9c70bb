"""A browser tab without a browser: asks for runs of a page over Streamlit's own WebSocket."""

from types import TracebackType
from typing import Self

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

from tests.bench.stage import Place

_AGENT = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0"


class Tab:
    """One page of one person; like a browser it keeps large messages and names those it has."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.received = 0
        self._page = ""
        self._kept: set[str] = set()

    async def __aenter__(self) -> Self:
        self._socket: ClientConnection = await connect(
            self.place.url.replace("http", "ws", 1) + "/_stcore/stream",
            additional_headers={"Cookie": self.place.cookie} if self.place.cookie else {},
            user_agent_header=_AGENT,
            max_size=None,
            proxy=None,
        )
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._socket.close()

    async def run(self) -> list[ForwardMsg]:
        """Ask for a run of the page; return what it showed, when the run has finished."""
        await self._socket.send(self._request().SerializeToString())
        shown = []
        while True:
            data = await self._socket.recv(decode=False)
            self.received += len(data)
            message = ForwardMsg.FromString(data)
            self._note(message)
            shown.append(message)
            if message.WhichOneof("type") == "script_finished":
                return shown

    def _request(self) -> BackMsg:
        message = BackMsg()
        state = message.rerun_script
        state.page_script_hash = self._page
        state.page_name = self.place.path.strip("/")
        state.cached_message_hashes.extend(self._kept)
        state.context_info.url = self.place.url + self.place.path
        state.context_info.timezone = "Europe/Berlin"
        state.context_info.color_scheme = "dark"
        return message

    def _note(self, message: ForwardMsg) -> None:
        if message.HasField("navigation"):
            self._page = message.navigation.page_script_hash
        if message.metadata.cacheable:
            self._kept.add(message.hash)
