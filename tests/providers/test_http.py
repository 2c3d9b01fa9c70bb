"""Every way in which a service can fail to answer ends in a ProviderError, in bounded time."""

import gzip
import logging
import traceback
import tracemalloc
import zlib
from collections.abc import Iterator
from datetime import timedelta

import pytest
import stamina

from tests.providers.conftest import NOW
from tests.providers.scripted import Fault, Reply, Server
from ttt import __version__
from ttt.errors import (
    ProviderBlocked,
    ProviderError,
    ProviderNonsense,
    ProviderRefused,
    ProviderUnavailable,
)
from ttt.providers.http import LARGEST_ANSWER, Client
from ttt.settings import load

GOOD = Reply(body={"said": 1})


@pytest.fixture
def hasty() -> Iterator[Client]:
    """Gives up soon, and sends each request once."""
    client = Client(load(), connect_seconds=0.1, read_seconds=0.2, attempts=1)
    yield client
    client.close()


@pytest.fixture
def patient() -> Iterator[Client]:
    """Sends a request twice where that may help, without the wait between."""
    yield from twice(Client(load(), now=lambda: NOW))


@pytest.fixture
def brief() -> Iterator[Client]:
    """The same, and gives up soon."""
    yield from twice(Client(load(), now=lambda: NOW, read_seconds=0.3))


def twice(client: Client) -> Iterator[Client]:
    with stamina.set_testing(True, attempts=2, cap=True):
        yield client
    client.close()


def fails(client: Client, server: Server) -> ProviderError:
    """The error that a request ends in."""
    with pytest.raises(ProviderError) as caught:
        client.get("deezer", server.url).fields()
    return caught.value


def test_an_answer_holds_nothing_that_a_database_refuses(client: Client, server: Server) -> None:
    server.will(Reply(body={"tags": [{"name": "post\0punk\x1b"}]}))
    assert client.get("lastfm", server.url).fields() == {"tags": [{"name": "postpunk"}]}


def test_a_letter_that_is_none_costs_no_answer(client: Client, server: Server) -> None:
    server.will(Reply(body=b'{"tags": [{"name": "dub\\ud83d"}, {"name": "caf\xe9"}]}'))
    names = [tag["name"] for tag in client.get("lastfm", server.url).fields()["tags"]]
    assert names == ["dub", "caf\ufffd"]


@pytest.mark.parametrize("depth", [500, 990, 100_000])
def test_an_answer_that_is_nested_without_end_is_nonsense(
    client: Client, server: Server, depth: int
) -> None:
    server.will(Reply(body='{"a": ' + "[" * depth + "]" * depth + "}"))
    assert fails(client, server) == ProviderNonsense("deezer")


def test_a_good_answer_is_one_request(client: Client, server: Server) -> None:
    server.will(GOOD)

    answer = client.get("deezer", f"{server.url}/track", {"ids": "a,b", "q": "x & y"})

    assert answer.fields() == {"said": 1}
    [asked] = server.asked
    assert (asked.method, asked.path) == ("GET", "/track")
    assert asked.query == {"ids": "a,b", "q": "x & y"}


@pytest.mark.parametrize(
    ("public_url", "contact"),
    [("", "self-hosted"), ("https://music.example.org", "https://music.example.org")],
)
def test_a_request_says_who_asks_and_how_to_reach_them(
    server: Server, public_url: str, contact: str
) -> None:
    server.will(GOOD)
    client = Client(load(public_url=public_url))

    client.get("deezer", server.url)
    client.close()

    assert server.asked[0].headers["User-Agent"] == f"TopTrackTracker/{__version__} ({contact})"


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize(
    ("retry_after", "wait"),
    [
        (None, timedelta(minutes=1)),
        ("soon", timedelta(minutes=1)),
        ("17", timedelta(seconds=17)),
        ("Sun, 22 Nov 2026 12:30:00 GMT", timedelta(minutes=30)),
        ("Sun, 22 Nov 2026 11:59:59 GMT", timedelta(minutes=1)),
        ("99999999999", timedelta(days=7)),
    ],
)
def test_a_limit_says_until_when_and_is_not_tried_again(
    patient: Client, server: Server, status: int, retry_after: str | None, wait: timedelta
) -> None:
    headers = {} if retry_after is None else {"Retry-After": retry_after}
    server.will(Reply(status, "Slow down", headers), GOOD)

    assert fails(patient, server) == ProviderBlocked("deezer", NOW + wait)
    assert len(server.asked) == 1


@pytest.mark.parametrize("status", [401, 403])
def test_closed_to_us_is_refused(patient: Client, server: Server, status: int) -> None:
    server.will(Reply(status, "<html>"), GOOD)

    assert fails(patient, server) == ProviderRefused("deezer")
    assert len(server.asked) == 1


@pytest.mark.parametrize("status", [500, 501, 504, 520])
def test_a_fault_of_its_own_is_unavailable(patient: Client, server: Server, status: int) -> None:
    server.will(Reply(status, {"error": "oh"}), GOOD)

    assert fails(patient, server) == ProviderUnavailable("deezer")
    assert len(server.asked) == 1


PASSING = [Reply(502, "<html>"), Reply(fault="cut"), Reply(body="{}", fault="cut midway")]


@pytest.mark.parametrize("reply", PASSING)
def test_a_passing_fault_is_tried_once_more(patient: Client, server: Server, reply: Reply) -> None:
    server.will(reply, GOOD)

    assert patient.get("deezer", server.url).fields() == {"said": 1}
    assert len(server.asked) == 2


@pytest.mark.parametrize("reply", PASSING)
def test_a_fault_that_stays_is_unavailable(patient: Client, server: Server, reply: Reply) -> None:
    server.will(reply, reply, GOOD)

    assert fails(patient, server) == ProviderUnavailable("deezer")
    assert len(server.asked) == 2


@pytest.mark.parametrize("fault", ["stall", "stall midway"])
def test_a_stalled_answer_is_given_up_and_not_tried_again(
    brief: Client, server: Server, fault: Fault
) -> None:
    server.will(Reply(body="{}", fault=fault), GOOD)

    assert fails(brief, server) == ProviderUnavailable("deezer", timed_out=True)
    assert len(server.asked) == 1


def test_an_answer_that_trickles_in_is_given_up(hasty: Client, server: Server) -> None:
    server.will(Reply(body="{", fault="trickle"))

    assert fails(hasty, server) == ProviderUnavailable("deezer", timed_out=True)


@pytest.mark.parametrize("url", ["http://127.0.0.1:1", "http://[half", "http://a b"])
def test_an_address_where_nobody_answers_is_unavailable(client: Client, url: str) -> None:
    with pytest.raises(ProviderUnavailable) as caught:
        client.get("deezer", url)
    assert caught.value == ProviderUnavailable("deezer")


@pytest.mark.parametrize(
    "reply",
    [
        Reply(204),
        Reply(301, headers={"Location": "/elsewhere"}),
        Reply(307, headers={"Location": "http://192.0.2.1/"}),
        Reply(400, {"said": 1}),
        Reply(404, {"said": 1}),
        Reply(418, {"said": 1}),
        Reply(body=""),
        Reply(body="<!doctype html>", headers={"Content-Type": "text/html"}),
        Reply(body='{"said": 1'),
        Reply(body=[1]),
        Reply(body=None),
        Reply(body="[" * 100_000),
        Reply(body="9" * 5000),
        Reply(headers={"Content-Encoding": "gzip"}, body="not gzip"),
        Reply(body={"said": "x" * LARGEST_ANSWER}),
    ],
    ids=range(15),
)
def test_what_is_not_documented_is_nonsense(client: Client, server: Server, reply: Reply) -> None:
    server.will(reply)

    assert fails(client, server) == ProviderNonsense("deezer")
    assert len(server.asked) == 1


def packed(megabytes: int, times: int) -> Reply:
    """So many megabytes of blanks, packed one time or several: a thousandth each time."""
    packer = zlib.compressobj(wbits=31)
    body = b"".join(packer.compress(b" " * 2**20) for _ in range(megabytes)) + packer.flush()
    for _ in range(times - 1):
        body = gzip.compress(body)
    return Reply(headers={"Content-Encoding": ", ".join(["gzip"] * times)}, body=body)


def test_a_packed_answer_is_read(client: Client, server: Server) -> None:
    body = gzip.compress(b'{"said": 1}')
    server.will(Reply(headers={"Content-Encoding": "gzip"}, body=body))
    assert client.get("deezer", server.url).fields() == {"said": 1}
    assert server.asked[0].headers["Accept-Encoding"] == "gzip"


@pytest.mark.parametrize("times", [1, 2])
def test_an_answer_that_unpacks_to_much_takes_no_more_memory_than_a_long_one(
    client: Client, server: Server, times: int
) -> None:
    server.will(packed(megabytes=100, times=times))
    tracemalloc.start()
    try:
        assert fails(client, server) == ProviderNonsense("deezer")
        assert tracemalloc.get_traced_memory()[1] < 8 * LARGEST_ANSWER
    finally:
        tracemalloc.stop()


def test_a_status_can_be_an_answer(client: Client, server: Server) -> None:
    server.will(Reply(404, {"error": "Not Found"}))

    answer = client.get("musicbrainz", server.url, answers=(200, 404))

    assert (answer.status, answer.fields()) == (404, {"error": "Not Found"})


@pytest.mark.parametrize("reply", [Reply(502), Reply(500), Reply(body="{"), Reply(fault="cut")])
def test_a_key_is_neither_logged_nor_part_of_an_error(
    patient: Client, server: Server, reply: Reply, caplog: pytest.LogCaptureFixture
) -> None:
    key = "".join(("hu", "sh"))  # so that this line is not what is found
    caplog.set_level(logging.DEBUG)
    server.will(reply, reply)

    with pytest.raises(ProviderError) as caught:
        patient.get("lastfm", server.url, {"api_key": key}).fields()

    assert server.asked[0].query == {"api_key": "hush"}
    assert "hush" not in "".join(traceback.format_exception(caught.value))
    assert "hush" not in "".join(str(vars(record)) for record in caplog.records)


def test_a_client_that_never_asked_can_be_closed() -> None:
    Client(load()).close()
