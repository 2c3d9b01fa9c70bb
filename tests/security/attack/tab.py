"""A browser tab without a browser, in an attacker's hands: it says and sends what it likes."""

import re
from collections.abc import Iterator, Mapping
from typing import Self

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.sync.client import connect
from websockets.typing import Origin

from tests.surroundings.conversation import Conversation, stream

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
        self._url = url
        self._conversation = Conversation(url, path, says)
        self._headers = dict(headers or {}) | ({"Cookie": cookie} if cookie else {})
        self._fields: dict[str, str] = {}
        self._buttons: dict[str, str] = {}
        self.texts: list[str] = []
        self.html: list[str] = []

    def __enter__(self) -> Self:
        self._connection = connect(
            stream(self._url),
            additional_headers=self._headers,
            origin=Origin(self._url),
            proxy=None,
            max_size=None,
        )
        self.socket = self._connection.__enter__()
        self.run()
        return self

    def __exit__(self, *error: object) -> None:
        self._connection.__exit__(*error)

    @property
    def buttons(self) -> set[str]:
        """Labels of the buttons on the page."""
        return set(self._buttons)

    def forget(self) -> None:
        """Forget what the page had."""
        self._fields, self._buttons = {}, {}

    def run(self, fields: Mapping[str, str] | None = None, press: str | None = None) -> None:
        """Fill in fields, press a button, and wait until the page has been shown."""
        widgets = self._changed(fields or {}, press)
        self.socket.send(self._conversation.ask(widgets))
        self.texts, self.html = [], []
        while not self._conversation.ended:
            self._note(self._conversation.hear(self.socket.recv(PATIENCE, decode=False)))

    def _changed(self, fields: Mapping[str, str], press: str | None) -> Iterator[WidgetState]:
        for label, text in fields.items():
            yield WidgetState(id=self._fields[label], string_value=text)
        if press is not None:
            yield WidgetState(id=self._buttons[press], trigger_value=True)

    def _note(self, message: ForwardMsg) -> None:
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
