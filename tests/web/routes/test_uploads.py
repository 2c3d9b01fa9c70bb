from collections.abc import Iterator
from dataclasses import replace

import httpx
import pytest
from starlette.testclient import TestClient

from tests.services.conftest import Clock
from tests.web.conftest import browser
from tests.web.routes.test_sessions import FOREIGN, HERE
from ttt.services.context import Context
from ttt.services.doors import sign_in
from ttt.services.person import Person
from ttt.services.plays.bringing import uploads
from ttt.services.plays.bringing.uploads import PIECE, State

DATA = b"x" * PIECE + b"y" * 10


@pytest.fixture
def context(context: Context) -> Context:
    """Without background work: what arrives waits."""
    settings = context.settings.model_copy(
        update={"port": 8501, "jobs": "off", "history_max_mb": 2}
    )
    return replace(context, settings=settings)


def of(context: Context, person: Person) -> TestClient:
    """A browser in which somebody is signed in."""
    client = browser(context)
    ticket = sign_in.issue_ticket(context, person, "/")
    client.post("/auth/finish", data={"ticket": ticket}, headers=HERE)
    return client


@pytest.fixture
def adas(context: Context, ada: Person) -> TestClient:
    return of(context, ada)


def begin(client: TestClient, size: int = len(DATA), name: str = "plays.json") -> httpx.Response:
    asked = {"name": name, "size": size}
    answer: httpx.Response = client.post("/plays/uploads", json=asked, headers=HERE)
    return answer


def put(client: TestClient, upload: int, number: int, data: bytes) -> httpx.Response:
    path = f"/plays/uploads/{upload}/{number}"
    answer: httpx.Response = client.post(path, content=data, headers=HERE)
    return answer


def pieces() -> Iterator[tuple[int, bytes]]:
    yield 0, DATA[:PIECE]
    yield 1, DATA[PIECE:]


def test_a_file_arrives_in_pieces(context: Context, ada: Person, adas: TestClient) -> None:
    upload = begin(adas).json()
    assert (upload["state"], upload["next"], upload["piece"]) == ("receiving", 0, PIECE)
    told = [put(adas, upload["id"], number, data).json() for number, data in pieces()]
    assert [(one["received"], one["state"]) for one in told] == [
        (PIECE, "receiving"),
        (len(DATA), "waiting"),
    ]
    assert uploads.opened(context, uploads.find(context, ada, upload["id"])).read() == DATA


def test_after_a_reload_it_goes_on_where_it_was(adas: TestClient) -> None:
    upload = begin(adas).json()
    put(adas, upload["id"], 0, DATA[:PIECE])
    again = begin(adas).json()
    assert (again["id"], again["next"]) == (upload["id"], 1)
    assert put(adas, upload["id"], 0, DATA[:PIECE]).json()["received"] == PIECE


@pytest.mark.parametrize(
    ("number", "data"), [(1, DATA[PIECE:]), (0, b"cut off"), (0, DATA[: PIECE - 1]), (0, b"")]
)
def test_a_piece_out_of_turn_or_cut_off_is_refused(
    adas: TestClient, number: int, data: bytes
) -> None:
    upload = begin(adas).json()
    answer = put(adas, upload["id"], number, data)
    assert answer.status_code == 400
    assert adas.get(f"/plays/uploads/{upload['id']}").json()["received"] == 0


def test_a_piece_that_is_too_long_is_not_read_to_its_end(adas: TestClient) -> None:
    upload = begin(adas).json()
    assert put(adas, upload["id"], 0, DATA).status_code == 413


@pytest.mark.parametrize("size", [0, -1, 2 * PIECE + 1])
def test_a_file_of_no_size_or_too_large_is_refused(adas: TestClient, size: int) -> None:
    assert begin(adas, size).status_code == 400


@pytest.mark.parametrize("body", [b"", b"\xff", b"[]", b'{"name": 1, "size": 2}', b"x" * 5000])
def test_what_names_no_file_is_refused(adas: TestClient, body: bytes) -> None:
    assert adas.post("/plays/uploads", content=body, headers=HERE).status_code == 400


def test_three_files_at_once_are_enough(adas: TestClient) -> None:
    assert [begin(adas, name=str(n)).status_code for n in range(4)] == [200, 200, 200, 400]


def test_the_same_file_again_is_here_since_then(
    context: Context, clock: Clock, adas: TestClient
) -> None:
    first = begin(adas).json()
    since = context.now()
    for number, data in pieces():
        put(adas, first["id"], number, data)
    clock.forward(days=1)
    second = begin(adas, name="another name").json()
    *_, last = [put(adas, second["id"], number, data).json() for number, data in pieces()]
    assert (last["id"], last["already_since"]) == (first["id"], since.isoformat())
    assert adas.get(f"/plays/uploads/{second['id']}").status_code == 404


@pytest.mark.parametrize("number", [2**31, 2**63, 10**30])
def test_a_number_that_no_upload_can_have_is_none(number: int, adas: TestClient) -> None:
    assert adas.get(f"/plays/uploads/{number}").status_code == 404
    assert put(adas, number, 0, DATA[:PIECE]).status_code == 404


def test_an_upload_can_be_stopped(adas: TestClient) -> None:
    upload = begin(adas).json()
    put(adas, upload["id"], 0, DATA[:PIECE])
    assert adas.post(f"/plays/uploads/{upload['id']}/stop", headers=HERE).status_code == 204
    assert adas.get(f"/plays/uploads/{upload['id']}").status_code == 404


def test_who_is_not_signed_in_brings_nothing(context: Context) -> None:
    client = browser(context)
    assert begin(client).status_code == 401
    assert client.get("/plays/uploads/1").status_code == 401


@pytest.mark.parametrize("headers", FOREIGN)
def test_another_site_brings_nothing(
    context: Context, ada: Person, adas: TestClient, headers: dict[str, str]
) -> None:
    asked = {"name": "plays.json", "size": 1}
    assert adas.post("/plays/uploads", json=asked, headers=headers).status_code == 403
    assert uploads.listed(context, ada) == []


def test_what_is_somebody_elses_is_not_there(
    context: Context, ada: Person, bob: Person, adas: TestClient
) -> None:
    upload = begin(adas).json()["id"]
    bobs = of(context, bob)
    assert bobs.get(f"/plays/uploads/{upload}").status_code == 404
    assert put(bobs, upload, 0, DATA[:PIECE]).status_code == 404
    assert bobs.post(f"/plays/uploads/{upload}/stop", headers=HERE).status_code == 404
    assert uploads.find(context, ada, upload).state is State.RECEIVING
    assert uploads.find(context, ada, upload).received == 0
