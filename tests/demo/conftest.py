"""The demo Spotify in process with a clock to set, and over real HTTP on a loopback port."""

import asyncio
import secrets
import socket
import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.routing import Mount

from ttt.demo.accounts.tokens import s256
from ttt.demo.app import create
from ttt.demo.faults import Faults
from ttt.demo.library import Library
from ttt.settings import DEMO_CLIENT_ID, DEMO_PATH, PROJECT, load

KEY = b"a key for tests, shared by all processes"
NO_ADDRESSES = {"spotify_api_url": "", "spotify_accounts_url": ""}
SCOPE = "user-top-read user-read-recently-played"


@dataclass
class Clock:
    """A clock that stands still until it is set forward."""

    time: datetime = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time

    def forward(self, **span: float) -> None:
        self.time += timedelta(**span)


@dataclass
class Browser:
    """A person and the app at once: goes through the consent page and gets the tokens."""

    app: Starlette
    base_url: str
    redirect_uri: str
    verifier: str = field(default_factory=lambda: secrets.token_urlsafe(48))

    def request(self, method, path, **content) -> httpx.Response:
        async def send() -> httpx.Response:
            transport = httpx.ASGITransport(self.app)
            async with httpx.AsyncClient(transport=transport, base_url=self.base_url) as client:
                return await client.request(method, path, **content)

        return asyncio.run(send())

    def asked(self, **changes: str | None) -> dict[str, str]:
        parameters = {
            "client_id": DEMO_CLIENT_ID,
            "response_type": "code",
            "redirect_uri": self.redirect_uri,
            "code_challenge_method": "S256",
            "code_challenge": s256(self.verifier),
            "state": "a-state",
            "scope": SCOPE,
        }
        return {name: value for name, value in (parameters | changes).items() if value is not None}

    def open(self, **changes):
        return self.request("GET", "authorize", params=self.asked(**changes))

    def decide(self, decision="agree", listener="ada", **changes):
        form = {"decision": decision, "listener": listener}
        return self.request("POST", "authorize", params=self.asked(**changes), data=form)

    def answer(self, response) -> dict[str, str]:
        """Parameters that the redirect carries back to the app."""
        query = parse_qs(urlsplit(response.headers["location"]).query, strict_parsing=True)
        return {name: value for name, (value,) in query.items()}

    def code(self, **changes):
        return self.answer(self.decide(**changes))["code"]

    def exchange(self, code, /, **changes):
        form = {
            "grant_type": "authorization_code",
            "client_id": DEMO_CLIENT_ID,
            "code": code,
            "redirect_uri": self.redirect_uri,
            "code_verifier": self.verifier,
        }
        return self.token_request(form | changes)

    def tokens(self, **changes):
        return self.exchange(self.code(**changes)).json()

    def refresh(self, refresh_token):
        form = {"grant_type": "refresh_token", "client_id": DEMO_CLIENT_ID}
        return self.token_request(form | {"refresh_token": refresh_token})

    def token_request(self, form, **headers):
        return self.request("POST", "api/token", data=form, headers=headers)

    def get(self, path, token, **parameters):
        headers = {"authorization": f"Bearer {token}"}
        return self.request("GET", path, params=parameters or None, headers=headers)


@pytest.fixture(scope="session")
def settings():
    return load(port=8599, public_url="", spotify_client_id="", demo_faults=True, **NO_ADDRESSES)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def faults():
    return Faults()


@pytest.fixture
def start(settings, clock):
    """Starts one more process of the demo, so to say, and gives a browser for it."""

    def start(key=KEY, faults=None, others=(), **changes) -> Browser:
        changed = settings.model_copy(update=changes)
        app = create(changed, key=lambda: key, now=clock, faults=faults, others=others)
        mounted = Starlette(routes=[Mount(DEMO_PATH, app)])
        return Browser(mounted, f"{changed.base_url}{DEMO_PATH}", changed.redirect_uri)

    return start


@pytest.fixture
def browser(start, faults):
    return start(faults=faults)


@pytest.fixture
def token(browser):
    return browser.tokens()["access_token"]


@pytest.fixture(scope="session")
def library():
    return Library.load(PROJECT / "data" / "catalogue.csv")


@pytest.fixture
def served(clock, faults):
    """Settings of a demo that is served over HTTP."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        port = listening.getsockname()[1]
        settings = load(
            port=port, public_url="", spotify_client_id="", demo_faults=True, **NO_ADDRESSES
        )
        app = create(settings, key=lambda: KEY, now=clock, faults=faults)
        mounted = Starlette(routes=[Mount(DEMO_PATH, app)])
        server = uvicorn.Server(uvicorn.Config(mounted, log_config=None, lifespan="off"))
        thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
        thread.start()
        yield settings
        server.should_exit = True
        thread.join()
