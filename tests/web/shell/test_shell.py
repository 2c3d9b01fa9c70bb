"""The page that every address answers with, and what a phone's home screen asks for."""

import gzip
import re
import struct
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient
from streamlit import file_util

from ttt.charts.theme import theme
from ttt.ui.frame import navigation
from ttt.web.shell import drawing, home_screen, parts
from ttt.web.shell.compression import CompressedFiles
from ttt.web.shell.page import Shell

PAGES = navigation.paths()


@pytest.fixture
def shell() -> TestClient:
    """Streamlit's own page at every address but two, behind the middleware."""
    html = (Path(file_util.get_static_dir()) / "index.html").read_text()

    def streamlit(request: Request) -> Response:
        assert "accept-encoding" not in request.headers
        return HTMLResponse(html, headers={"etag": '"1"'})

    def consent(_request: Request) -> Response:
        return HTMLResponse("<title>Demo Spotify</title>")

    routes = [
        Route("/demo-spotify/authorize", consent),
        Route("/readyz", lambda _request: PlainTextResponse("ready")),
        Route("/static/{path:path}", lambda _request: PlainTextResponse("file")),
        Route("/{path:path}", streamlit),
    ]
    app = Starlette(routes=routes, middleware=[Middleware(Shell, pages=PAGES, sheet="h1{}")])
    return TestClient(app)


@pytest.mark.parametrize("path", sorted(PAGES))
def test_a_page_has_our_name_and_leads_to_manifest_and_icons(shell: TestClient, path: str) -> None:
    answer = shell.get(f"/{path}?code=1")

    assert answer.status_code == 200
    assert "<title>Top Track Tracker</title>" in answer.text
    assert "<title>Streamlit</title>" not in answer.text
    assert 'rel="manifest" href="/manifest.webmanifest"' in answer.text
    assert '<div id="root">' in answer.text
    assert "etag" not in answer.headers


def test_a_page_has_its_style_before_streamlit_has_drawn_anything(shell: TestClient) -> None:
    answer = shell.get("/mood").text
    # After Streamlit's own, or that would win where both have a say.
    assert answer.index('<div id="root">') < answer.index("<style>h1{}</style></body>")


def test_a_page_asks_early_for_what_nearly_all_pages_need(shell: TestClient) -> None:
    answer = shell.get("/mood").text
    early = re.findall(r'<link rel="modulepreload" crossorigin href="./static/js/([^"]+)">', answer)

    assert any(name.startswith("ButtonGroup.") for name in early)
    assert any(name.startswith("BidiComponent.") for name in early)
    assert len(early) == len(set(early))
    assert all((parts.scripts() / name).is_file() for name in early)


def test_a_page_names_the_library_that_draws_and_browsers_keep_it_for_good(
    shell: TestClient,
) -> None:
    page = shell.get("/mood").text
    named = re.findall(r'ttt-plotly" content="(.+?)" data-whole="(.+?)"', page)
    assert re.findall(r'rel="prefetch" as="script" href="(.+?)"', page) == [named[0][0]]
    served = TestClient(
        Starlette(routes=drawing.routes(), middleware=[Middleware(CompressedFiles)])
    )

    for address, most in zip(*named, (520_000, 1_600_000), strict=True):
        answer = served.get(address, headers={"accept-encoding": "gzip"})

        assert answer.headers["content-type"].startswith("application/javascript")
        assert "immutable" in answer.headers["cache-control"]
        assert int(answer.headers["content-length"]) < most
        assert answer.text.lstrip().startswith("/**\n* plotly.js ")


def test_a_page_moves_the_focus_into_what_opens(shell: TestClient) -> None:
    answer = shell.get("/mood").text
    assert answer.index('<div id="root">') < answer.index("stPopoverBody") < answer.index("</body>")


def test_a_page_comes_compressed_to_who_takes_it(shell: TestClient) -> None:
    with shell.stream("GET", "/mood", headers={"accept-encoding": "gzip"}) as answer:
        body = b"".join(answer.iter_raw())
        assert answer.headers["content-encoding"] == "gzip"
        assert int(answer.headers["content-length"]) == len(body)
    assert b"Top Track Tracker" in gzip.decompress(body)
    plain = shell.get("/mood", headers={"accept-encoding": "identity"})
    assert "content-encoding" not in plain.headers


@pytest.mark.parametrize("path", ["/nosuchpage", "/mood/more", "/Mood", "/top_tracks", "/.env"])
def test_an_address_that_leads_nowhere_says_so(shell: TestClient, path: str) -> None:
    answer = shell.get(path)

    assert answer.status_code == 404
    assert "There is no such page" in answer.text
    assert f"<b>{path}</b>" in answer.text
    assert '<a href="/">' in answer.text
    assert 'id="root"' not in answer.text


def test_what_stands_in_an_address_is_text(shell: TestClient) -> None:
    answer = shell.get("/%3Cscript%3Ealert(1)%3C/script%3E" + "x" * 200)

    assert answer.status_code == 404
    assert "<script>" not in answer.text
    assert "&lt;script&gt;alert(1)" in answer.text
    assert "x" * 100 not in answer.text


@pytest.mark.parametrize("path", ["/demo-spotify/authorize", "/readyz", "/static/js/a.js"])
def test_other_answers_stay_as_they_are(shell: TestClient, path: str) -> None:
    answer = shell.get(path)
    assert answer.status_code == 200
    assert "Top Track Tracker" not in answer.text


def test_the_manifest_names_icons_of_the_size_it_says(client: TestClient) -> None:
    answer = client.get("/manifest.webmanifest")
    manifest = answer.json()

    assert answer.headers["content-type"] == "application/manifest+json"
    assert (manifest["display"], manifest["start_url"]) == ("standalone", "/")
    assert {icon["purpose"] for icon in manifest["icons"]} == {"any", "maskable"}
    for icon in manifest["icons"]:
        width, height = _size(client, icon["src"])
        assert icon["sizes"] == f"{width}x{height}"
    assert _size(client, "/icons/apple-180.png") == (180, 180)


def test_the_colours_are_those_of_the_pages() -> None:
    assert theme("dark").ground == home_screen.DARK
    assert theme("light").ground == home_screen.LIGHT


def _size(client: TestClient, path: str) -> tuple[int, int]:
    answer = client.get(path)
    assert answer.headers["content-type"] == "image/png"
    assert answer.content.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", answer.content[16:24])
    return width, height
