"""The demo Spotify as the services meet it: over real HTTP, with the clock of the test."""

import asyncio
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from typing import Self
from urllib.parse import parse_qsl, urlsplit

from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.types import Message, Receive, Scope, Send

from tests.surroundings.answering import DEADLINE
from tests.surroundings.loopback import ask, served
from ttt.demo.accounts.apps import DemoApp
from ttt.demo.app import create
from ttt.demo.faults import Fault, Faults
from ttt.demo.named_faults import named
from ttt.services.context import Context
from ttt.services.person import Person
from ttt.services.server import demo_key
from ttt.services.spotify import connecting
from ttt.settings import DEMO_PATH

Answer = dict[str, str]


async def _nowhere(_message: Message) -> None:
    """Let nobody know."""


class DemoSpotify:
    """Remembers the paths that it was asked for, and fails when told to."""

    def __init__(
        self, context: Context, now: Callable[[], datetime], others: Iterable[DemoApp] = ()
    ) -> None:
        self.asked: list[str] = []
        self._faults = Faults()
        self._spared: int | None = None
        self._later = ""
        self._hold_at = 0
        self._held, self._let_go = threading.Event(), threading.Event()
        key = partial(demo_key.read, context)
        self.apps = {app.client_id: app for app in others}
        demo = create(
            context.settings, key=key, now=now, faults=self._faults, others=self.apps.values()
        )
        self._app = Starlette(routes=[Mount(DEMO_PATH, demo)])

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path"].removeprefix(DEMO_PATH)
        self.asked.append(path)
        if len(self.asked) == self._hold_at:
            await self._app(scope, receive, _nowhere)
            self._held.set()
            await asyncio.to_thread(self._let_go.wait, DEADLINE)
            return
        if self._spared is not None and path.startswith("/v1/"):
            if not self._spared:
                self.spoil(self._later, times=1)
            self._spared = self._spared - 1 if self._spared else None
        await self._app(scope, receive, send)

    @classmethod
    @contextmanager
    def served(
        cls, context: Context, now: Callable[[], datetime], others: Iterable[DemoApp] = ()
    ) -> Iterator[Self]:
        """Serve it where the settings say that it is; it knows `others` beside the demo's app."""
        demo = cls(context, now, others)
        with served(demo, context.settings.port):
            yield demo

    def spoil(self, *names: str, times: int | None = None) -> None:
        """Switch faults on, by name."""
        for name in names:
            self._faults.add(named(name, times))

    def add(self, fault: Fault) -> None:
        """Switch a fault on."""
        self._faults.add(fault)

    def spoil_after(self, requests: int, name: str) -> None:
        """Let some requests to the Web API pass, and the one after them meet a fault."""
        self._spared, self._later = requests, name

    def hold(self, request: int) -> None:
        """Carry a request out, counted from 1 from now on, and leave it without an answer."""
        self._held.clear()
        self._let_go.clear()
        self._hold_at = len(self.asked) + request

    def wait_until_held(self) -> None:
        """Wait for the request that is held."""
        assert self._held.wait(DEADLINE)

    def let_go(self) -> None:
        """Hold no request any longer."""
        self._hold_at = 0
        self._let_go.set()

    def mend(self) -> None:
        """Switch all faults off."""
        self._faults.clear()


def agree(context: Context, person: Person, listener: str = "ada", next_path: str = "/") -> Answer:
    """Go to the consent page and press "Agree"; return what the redirect carries."""
    return _decide(context, person, next_path, {"decision": "agree", "listener": listener})


def cancel(context: Context, person: Person) -> Answer:
    """Go to the consent page and press "Cancel"; return what the redirect carries."""
    return _decide(context, person, "/", {"decision": "cancel"})


def connect_demo(context: Context, person: Person, listener: str = "ada") -> None:
    """Connect a person to the demo, as it is done by clicking."""
    connecting.finish(context, person, agree(context, person, listener))


def _decide(context: Context, person: Person, next_path: str, form: dict[str, str]) -> Answer:
    return _posted(connecting.begin(context, person, next_path), form)


def agreed(consent: str, listener: str = "ada") -> Answer:
    """Press "Agree" on a consent page; return what the redirect carries."""
    return _posted(consent, {"decision": "agree", "listener": listener})


def _posted(consent: str, form: Mapping[str, str]) -> Answer:
    answer = ask("POST", consent, data=dict(form))
    return dict(parse_qsl(urlsplit(answer.headers["location"]).query))
