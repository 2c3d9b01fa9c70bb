"""What sessions hold: few files, and once their tab has gone nothing more for long."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

import streamlit as st
from streamlit import runtime
from streamlit.runtime.session_manager import SessionInfo, SessionStorage

_MOST = 128
_MOST_FILES = 5
"""Files that came to a tab and are held; pages ask for one at a time."""
Lifespan = Callable[[Any], AbstractAsyncContextManager[None]]


class Ended(SessionStorage):
    """Sessions that a browser may come back to for some seconds.

    Streamlit's own storage lets go of them when it looks the next time, and of their event loops
    when Python looks for garbage: three descriptors each, until then.
    """

    def __init__(self, seconds: float, most: int = _MOST) -> None:
        self._seconds, self._most = seconds, most
        self._kept: dict[str, tuple[SessionInfo, asyncio.TimerHandle]] = {}

    def get(self, session_id: str) -> SessionInfo | None:
        """The session of an id, None when there is none (any more)."""
        kept = self._kept.get(session_id)
        return kept and kept[0]

    def save(self, session_info: SessionInfo) -> None:
        """Keep a session; the oldest goes for it when there are too many."""
        session_id = session_info.session.id
        self.delete(session_id)
        timer = asyncio.get_running_loop().call_later(self._seconds, self._end, session_id)
        self._kept[session_id] = session_info, timer
        while len(self._kept) > self._most:
            self._end(next(iter(self._kept)))

    def delete(self, session_id: str) -> None:
        """Forget a session that goes on, or that somebody else ends."""
        kept = self._kept.pop(session_id, None)
        if kept is not None:
            kept[1].cancel()

    def list(self) -> list[SessionInfo]:
        """All that are kept."""
        return [info for info, _ in self._kept.values()]

    def _end(self, session_id: str) -> None:
        info = self.get(session_id)
        self.delete(session_id)
        if info is not None:
            info.session.shutdown()


def keep_few(files: Any) -> None:
    """Let Streamlit's files forget the oldest of a tab to which too many came."""
    add = files.add_file

    def add_file(session_id: str, file: Any) -> None:
        add(session_id, file)
        for file_id in list(files.file_storage[session_id])[:-_MOST_FILES]:
            files.remove_file(session_id, file_id)

    files.add_file = add_file


def freed_soon(lifespan: Lifespan) -> Lifespan:
    """A lifespan in which sessions are kept as above."""

    @asynccontextmanager
    async def run(app: Any) -> AsyncIterator[None]:
        # st.App takes no storage of one's own.
        keep_few(runtime.get_instance().uploaded_file_mgr)
        manager: Any = runtime.get_instance()._session_mgr
        manager._session_storage = Ended(st.get_option("server.disconnectedSessionTTL"))
        async with lifespan(app):
            yield

    return run
