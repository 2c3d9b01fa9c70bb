"""A whole visit to a server that logs all it can: no secret is logged, and none is sent."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from zipfile import ZipFile

import pyotp
import pytest
from playwright.sync_api import Error, Page, Request, Response, WebSocket, expect
from sqlmodel import select

from tests.browser import acting, table
from tests.browser.conftest import Browse
from tests.browser.people import PASSWORD, People
from tests.browser.server import Server
from tests.surroundings.loopback import ask
from ttt.models import OAuthState, RecoveryCode, SpotifyAccount, User, UserSession
from ttt.providers.spotify import Token
from ttt.roles import Role
from ttt.services.doors import second_factor
from ttt.services.person import Person

pytestmark = pytest.mark.new_windows

STEP = timedelta(seconds=30)  # a code of the next one is good for longest
WRONG, NEW = "a wrong guess of mine", "another battery, and a staple"
KEY = "the key that only this server knows, and nobody else"


@dataclass
class Heard:
    """What a browser was sent: by WebSocket, as headers, and what it asked for."""

    frames: list[bytes] = field(default_factory=list)
    responses: list[Response] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)

    def listen(self, page: Page) -> None:
        page.on("websocket", self._socket)
        page.on("response", self._answer)
        page.on("request", self._request)

    def asked(self, name: str) -> list[str]:
        """Values of a parameter in the addresses and the forms of the session routes."""
        found = (parse_qs(urlsplit(address).query).get(name, []) for address in self.addresses)
        return list({value for values in found for value in values})

    def headers(self) -> list[tuple[str, str]]:
        every: list[tuple[str, str]] = []
        for response in self.responses:
            # A request that a navigation broke off has no headers.
            with suppress(Error):
                every += [(one["name"].lower(), one["value"]) for one in response.headers_array()]
        return every

    def _request(self, request: Request) -> None:
        self.addresses += [
            request.url,
            f"?{request.post_data or ''}" if "/auth/" in request.url else "",
        ]

    def _answer(self, response: Response) -> None:
        self.responses.append(response)

    def _socket(self, socket: WebSocket) -> None:
        socket.on("framereceived", lambda data: self.frames.append(_bytes(data)))


def _bytes(data: str | bytes) -> bytes:
    return data.encode() if isinstance(data, str) else data


@pytest.fixture
def server(tmp_path: Path) -> Server:
    return Server(tmp_path, TTT_LOG_LEVEL="DEBUG", TTT_DEMO_FAULTS="1", TTT_SECRET_KEY=KEY)


def enrol(people: People, person: Person) -> dict[str, str]:
    """Give somebody a second factor; return all that belongs to it."""
    secret = second_factor.begin(people.context, person, PASSWORD).secret
    code = pyotp.TOTP(secret).at(people.context.now())
    codes = second_factor.confirm(people.context, person, secret, code, "")
    with people.context.session() as session:
        encrypted = session.exec(select(User.totp_encrypted).where(User.id == person.id)).one()
        hashes = session.exec(select(RecoveryCode.code_hash)).all()
    assert encrypted
    return {
        "second factor": secret,
        "second factor encrypted": encrypted,
        **{f"recovery code {n}": code for n, code in enumerate(codes)},
        **{f"recovery code's hash {n}": code_hash for n, code_hash in enumerate(hashes)},
    }


def sign_in(page: Page, username: str, password: str) -> None:
    acting.fill(page.get_by_label("Username"), username)
    page.get_by_label("Password", exact=True).fill(password)
    acting.press(page, "Sign in")


def visit(page: Page, code: Callable[[], str]) -> None:
    """Sign in with both factors, connect Spotify, fetch lists and send a playlist."""
    page.goto("/account")
    sign_in(page, "ada", WRONG)
    expect(page.get_by_text("Wrong username or password.")).to_be_visible()
    sign_in(page, "ada", PASSWORD)
    field = page.get_by_label("Code", exact=True)
    expect(field).to_be_visible()
    acting.fill(field, code())
    acting.press(page, "Sign in")
    expect(page.get_by_role("heading", name="Account")).to_be_visible()
    page.get_by_role("link", name="Spotify").click()
    acting.press(page, "Connect Spotify")
    page.get_by_role("button", name="Agree").click()
    expect(page.get_by_text("Spotify is connected.")).to_be_visible()
    page.get_by_role("link", name="Top tracks").click()
    table.expect_rows(page, 50)
    acting.popover(page, "Playlist")
    acting.press(page, "Send to Spotify")
    expect(page.get_by_text("TTT_1 is at Spotify, with 50 tracks.")).to_be_visible()


def meet_faults(page: Page, server: Server) -> None:
    """Spotify fails in several ways, and ends the connection at last."""
    for fault in ("server_error", "broken_json", "unauthorized"):
        page.goto("/top-tracks")
        expect(page.get_by_role("button", name="Refresh")).to_be_enabled()
        fail(server, fault)
        acting.press(page, "Refresh")
        expect(page.get_by_role("alert").first).to_be_visible()
        ask("DELETE", f"{server.url}/demo-spotify/faults")


def download(page: Page, name: str) -> str:
    """Text of a file that a button gives; of a zip, of all files in it, Parquet's letters too."""
    content = acting.downloaded(page, name).read_bytes()
    if not content.startswith(b"PK"):
        return content.decode()
    with ZipFile(BytesIO(content)) as archive:
        return "\n".join(archive.read(one).decode(errors="replace") for one in archive.namelist())


def take_along(page: Page) -> str:
    """Download one's data, and what an admin may download; return all of it."""
    page.goto("/account?section=Data")
    taken = [download(page, "Download my data")]
    for section in ("Accounts", "Activity"):
        # Not by a click: the section before has buttons of the same names, which go away.
        page.goto(f"/admin?section={section}")
        acting.settled(page)
        taken += [download(page, kind) for kind in ("CSV", "JSON")]
    return "\n".join(taken)


def leave(page: Page) -> None:
    """Change the password, look at the admin page and sign out."""
    page.goto("/account?section=Sign-in+and+security")
    page.get_by_label("Current password").fill(PASSWORD)
    page.get_by_label("New password", exact=True).fill(NEW)
    page.get_by_label("New password again").fill(NEW)
    acting.press(page, "Change password")
    expect(page.get_by_text("Changed. All other browsers are signed out.")).to_be_visible()
    page.goto("/admin")
    expect(page.get_by_role("heading", name="Admin", level=1)).to_be_visible()
    acting.press(page, "Sign out")
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()


def fail(server: Server, fault: str) -> None:
    answer = ask("POST", f"{server.url}/demo-spotify/faults", json={"name": fault})
    assert answer.is_success, answer.text


def password_hash(people: People) -> str:
    with people.context.session() as session:
        return session.exec(select(User.password_hash).where(User.username == "ada")).one()


def kept(people: People) -> dict[str, str]:
    """Secrets of the database, as they are stored and as they are meant."""
    with people.context.session() as session:
        account = session.exec(select(SpotifyAccount)).one()
        sessions = session.exec(select(UserSession.token_hash)).all()
        verifiers = session.exec(select(OAuthState.verifier_encrypted)).all()
    secrets = {"password hash": password_hash(people)}
    secrets |= {f"session hash {n}": value for n, value in enumerate(sessions)}
    secrets |= {f"verifier {n}": value for n, value in enumerate(verifiers)}
    vault, encrypted = people.context.vault, account.token_encrypted or ""
    plain = vault.decrypt(encrypted)
    assert plain
    token = Token.from_json(plain)
    assert token.refresh_token
    return secrets | {
        "token encrypted": encrypted,
        "access token": token.access_token,
        "refresh token": token.refresh_token,
    }


def found(secrets: dict[str, str], text: str) -> list[str]:
    assert all(secrets.values())
    return [name for name, secret in secrets.items() if secret in text]


def test_no_secret_is_logged_and_none_is_sent(server: Server, browse: Browse) -> None:
    server.settings = server.settings.model_copy(
        update={"secret_key": type(server.settings.secret_key)(KEY)}
    )
    with server, People(server) as people:
        ada = people.add("ada", role=Role.ADMIN)
        factor = enrol(people, ada)
        codes = pyotp.TOTP(factor["second factor"])
        page, heard = browse(server), Heard()
        heard.listen(page)
        visit(page, lambda: codes.at(people.context.now() + STEP))
        secrets = kept(people)
        cookies = {one["name"]: one["value"] for one in page.context.cookies()}
        meet_faults(page, server)
        files = take_along(page)
        leave(page)
        secrets |= factor
        secrets["new password hash"] = password_hash(people)
        secrets |= {"key": KEY, "password": PASSWORD, "wrong": WRONG, "new": NEW}
        session = {"session token": str(cookies[server.settings.cookie_name])}
        passing = {
            f"{name} {n}": value
            for name in ("ticket", "code", "state")
            for n, value in enumerate(heard.asked(name))
        }
        assert {name.split()[0] for name in passing} == {"ticket", "code", "state"}
        frames = b"".join(heard.frames).decode(errors="replace")
        headers = heard.headers()
        pages = "".join(
            ask("GET", server.url + path).text
            for path in ("/", "/healthz", "/_stcore/metrics", "/_stcore/host-config")
        )
        # Before the server is asked to forget: all that it has printed.
        console = server.console
        assert found(secrets | session | passing, console) == []
        assert found(secrets | session | passing, pages) == []
        assert "ada" in files
        assert found(secrets | session | passing, files) == []
        # Tickets and states are in frames, as the browser has to carry them.
        assert found(secrets | session, frames) == []
        assert "Traceback" not in frames
        elsewhere = "\n".join(f"{k}: {v}" for k, v in headers if k != "set-cookie")
        given = "\n".join(value for name, value in headers if name == "set-cookie")
        assert found(secrets | session, elsewhere) == []
        assert found(secrets, given) == []
        assert session["session token"] in given
