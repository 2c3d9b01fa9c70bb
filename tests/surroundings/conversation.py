"""Streamlit's WebSocket protocol without a socket: what a tab says, and what it is told."""

from collections.abc import Iterable

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState


def stream(url: str) -> str:
    """Where an app at this address listens for WebSockets."""
    return url.replace("http", "ws", 1) + "/_stcore/stream"


class Conversation:
    """A tab at one page, in bytes to send and bytes received; `ended` says that a run has."""

    def __init__(self, url: str, path: str, says: str | None = None) -> None:
        self._path, _, self._query = path.partition("?")
        self._says = says or url + path
        self._page = ""
        self.ended = False

    def ask(
        self,
        widgets: Iterable[WidgetState] = (),
        kept: Iterable[str] = (),
        query: str | None = None,
    ) -> bytes:
        """Ask for a run, with changed widgets and the hashes of messages that were kept.

        Another query than before is what a change of the address asks for.
        """
        self._query = self._query if query is None else query
        message = BackMsg()
        state = message.rerun_script
        state.page_script_hash = self._page
        state.page_name = self._path.strip("/")
        state.query_string = self._query
        state.widget_states.widgets.extend(widgets)
        state.cached_message_hashes.extend(kept)
        state.context_info.url = self._says
        state.context_info.timezone = "Europe/Berlin"
        state.context_info.color_scheme = "dark"
        self.ended = False
        return message.SerializeToString()

    def hear(self, data: bytes) -> ForwardMsg:
        """Take in one message of a run."""
        message = ForwardMsg.FromString(data)
        if message.HasField("navigation"):
            self._page = message.navigation.page_script_hash
        if message.WhichOneof("type") == "script_finished":
            # After a run that ended early for another one, the other follows.
            self.ended = message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN
        return message
