"""Who begins at localhost goes on at the address that Spotify redirects to."""

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from ttt.settings import Settings
from ttt.web.guards.loopback import OneName

PAGE = {"accept": "text/html,application/xhtml+xml"}


def browser(host: str = "localhost:8501", **settings: object) -> TestClient:
    route = Route("/{path:path}", lambda _request: PlainTextResponse("here"))
    given = Settings(_env_file=None, **settings)
    app = Starlette(routes=[route], middleware=[Middleware(OneName, settings=given)])
    return TestClient(app, base_url=f"http://{host}", follow_redirects=False)


@pytest.mark.parametrize("path", ["/", "/spotify?code=c&state=s", "/trending?list=5"])
def test_a_page_of_localhost_is_opened_by_number(path: str) -> None:
    answer = browser().get(path, headers=PAGE)
    assert answer.status_code == 307
    assert answer.headers["location"] == f"http://127.0.0.1:8501{path}"


def test_the_port_stays_that_of_the_browser() -> None:
    answer = browser("localhost:8080", TTT_HOST="0.0.0.0").get("/", headers=PAGE)
    assert answer.headers["location"] == "http://127.0.0.1:8080/"


@pytest.mark.parametrize("host", ["127.0.0.1:8501", "music.example.org", "localhost.example.org"])
def test_other_names_are_left_alone(host: str) -> None:
    assert browser(host).get("/", headers=PAGE).text == "here"


@pytest.mark.parametrize(
    "settings",
    [
        {"TTT_PUBLIC_URL": "https://music.example.org"},
        {"TTT_PUBLIC_URL": "http://localhost:8501"},
        {"TTT_HOST": "::1"},
        {"TTT_HOST": "192.168.0.5"},
    ],
)
def test_nobody_is_sent_where_nobody_listens(settings: dict[str, str]) -> None:
    assert browser(**settings).get("/", headers=PAGE).text == "here"


@pytest.mark.parametrize(
    "path", ["/healthz", "/_stcore/health", "/static/js/main.js", "/auth/finish"]
)
def test_what_is_no_page_stays(path: str) -> None:
    assert browser().get(path, headers=PAGE).text == "here"


def test_a_proxy_that_calls_us_localhost_is_left_alone() -> None:
    headers = {**PAGE, "x-forwarded-host": "music.example.org"}
    assert browser().get("/", headers=headers).text == "here"


def test_only_pages_are_sent_on() -> None:
    assert browser().get("/", headers={"accept": "*/*"}).text == "here"
    assert browser().head("/", headers=PAGE).status_code == 200
