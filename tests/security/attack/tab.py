"""A browser tab without a browser, in an attacker's hands: it says and sends what it likes."""

import re
from collections.abc import Mapping
from types import TracebackType
from typing import Self

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect
from websockets.typing import Origin

PATIENCE = 60


class Tab:
    """One page over Streamlit's WebSocket; what it showed last is in `texts` and `html`."""

    def __init__(
        self,
        url: str,
        path: str = "/",
        cookie: str = "",
        headers: Mapping[str, str] | None = None,
        says: str | None = None,
    ) -> None:
        self._url, self._path, self._says = url, path, says or url + path
        self._headers = dict(headers or {}) | ({"Cookie": cookie} if cookie else {})
        self._page = ""
        self._fields: dict[str, str] = {}
        self._buttons: dict[str, str] = {}
        self.texts: list[str] = []
        self.html: list[str] = []

    def __enter__(self) -> Self:
        address = self._url.replace("http", "ws", 1) + "/_stcore/stream"
        self._connection = connect(
            address,
            additional_headers=self._headers,
            origin=Origin(self._url),
            proxy=None,
            max_size=None,
        )
        self.socket = self._connection.__enter__()
        self.run()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._connection.__exit__(kind, error, trace)

    @property
    def buttons(self) -> set[str]:
        """Labels of the buttons on the page."""
        return set(self._buttons)

    def forget(self) -> None:
        """Forget what the page had."""
        self._fields, self._buttons = {}, {}

    def run(self, fields: Mapping[str, str] | None = None, press: str | None = None) -> None:
        """Fill in fields, press a button, and wait until the page has been shown."""
        self.socket.send(self._request(fields or {}, press).SerializeToString())
        self.texts, self.html = [], []
        while True:
            message = ForwardMsg.FromString(self.socket.recv(PATIENCE, decode=False))
            self._note(message)
            ended = message.WhichOneof("type") == "script_finished"
            if ended and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                return

    def _request(self, fields: Mapping[str, str], press: str | None) -> BackMsg:
        message = BackMsg()
        state = message.rerun_script
        state.page_script_hash = self._page
        state.page_name = self._path.partition("?")[0].strip("/")
        state.query_string = self._path.partition("?")[2]
        state.context_info.url = self._says
        state.context_info.timezone = "Europe/Berlin"
        for label, text in fields.items():
            state.widget_states.widgets.add(id=self._fields[label], string_value=text)
        if press is not None:
            state.widget_states.widgets.add(id=self._buttons[press], trigger_value=True)
        return message

    def _note(self, message: ForwardMsg) -> None:
        if message.HasField("navigation"):
            self._page = message.navigation.page_script_hash
        element = message.delta.new_element
        match element.WhichOneof("type"):
            case "text_input":
                self._fields[element.text_input.label] = element.text_input.id
            case "button":
                self._buttons[element.button.label] = element.button.id
            case "alert":
                self.texts.append(re.sub(r"\\(.)", r"\1", element.alert.body))
            case "markdown":
                self.texts.append(element.markdown.body)
            case "heading":
                self.texts.append(element.heading.body)
            case "html":
                self.html.append(element.html.body)
