import gzip

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.testclient import TestClient

from ttt.web.shell.compression import CompressedFiles

HASHED = "/static/js/index.DormvYxC.js"
SCRIPT = b"export const answer = 42; " * 400
ZIPPED = {"accept-encoding": "gzip"}


@pytest.fixture
def asked() -> list[str]:
    """Paths that came through to the app."""
    return []


@pytest.fixture
def client(asked: list[str]) -> TestClient:
    def file(request: Request) -> Response:
        asked.append(request.url.path)
        kind = "font/woff2" if request.url.path.endswith("woff2") else "text/javascript"
        kind = "text/html; charset=utf-8" if "gone" in request.url.path else kind
        status = 404 if "missing" in request.url.path else 200
        body = b"x" if "tiny" in request.url.path else SCRIPT
        return Response(body, status, {"etag": '"1"'}, kind)

    routes = [Route("/{path:path}", file)]
    return TestClient(Starlette(routes=routes, middleware=[Middleware(CompressedFiles)]))


def raw(client: TestClient, path: str, headers: dict[str, str]) -> tuple[dict[str, str], bytes]:
    """Headers and the bytes as they went over the wire."""
    with client.stream("GET", path, headers=headers) as answer:
        return dict(answer.headers), b"".join(answer.iter_raw())


def test_a_file_comes_compressed_and_whole(client: TestClient) -> None:
    headers, body = raw(client, HASHED, ZIPPED)
    assert headers["content-encoding"] == "gzip"
    assert headers["vary"] == "Accept-Encoding"
    assert int(headers["content-length"]) == len(body) < len(SCRIPT) / 10
    assert gzip.decompress(body) == SCRIPT


def test_it_is_read_and_compressed_once(client: TestClient, asked: list[str]) -> None:
    first = raw(client, HASHED, ZIPPED)
    assert raw(client, HASHED, ZIPPED) == first
    assert asked == [HASHED]


def test_who_takes_no_gzip_gets_the_file_as_it_is(client: TestClient) -> None:
    raw(client, HASHED, ZIPPED)
    headers, body = raw(client, HASHED, {"accept-encoding": "identity"})
    assert "content-encoding" not in headers
    assert body == SCRIPT


def test_browsers_keep_a_file_with_a_hash_in_its_name_for_good(client: TestClient) -> None:
    assert "immutable" in raw(client, HASHED, ZIPPED)[0]["cache-control"]
    assert "cache-control" not in raw(client, "/static/index.js", ZIPPED)[0]


@pytest.mark.parametrize(
    "path",
    [
        "/static/media/font.BsWL4Kly.woff2",
        "/static/js/tiny.DormvYxC.js",
        "/static/js/missing.DormvYxC.js",
        "/media/a-download.js",
    ],
)
def test_what_would_gain_nothing_or_is_no_file_of_ours_goes_as_it_is(
    client: TestClient, path: str
) -> None:
    assert "content-encoding" not in raw(client, path, ZIPPED)[0]


def test_a_part_of_a_file_is_a_part_of_the_file(client: TestClient) -> None:
    headers, _ = raw(client, HASHED, {**ZIPPED, "range": "bytes=0-99"})
    assert "content-encoding" not in headers


def test_a_missing_file_is_not_kept_for_good(client: TestClient) -> None:
    headers, _ = raw(client, "/static/js/missing.DormvYxC.js", ZIPPED)
    assert "cache-control" not in headers


def test_other_ways_to_a_file_lead_to_what_is_kept_of_it(
    client: TestClient, asked: list[str]
) -> None:
    first = raw(client, HASHED, ZIPPED)
    for way in ("/static//js/", "/static/./js/", "/static/js/././", "/static/js//"):
        assert raw(client, way + HASHED.rpartition("/")[2], ZIPPED) == first
    assert asked == [HASHED]


def test_the_page_that_stands_for_what_is_not_there_is_not_kept_by_anybody(
    client: TestClient, asked: list[str]
) -> None:
    for _ in range(2):
        headers, body = raw(client, "/static/js/gone.DormvYxC.js", ZIPPED)
        assert headers["cache-control"] == "no-store"
        assert body == SCRIPT
    assert len(asked) == 2
