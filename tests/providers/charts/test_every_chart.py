"""What holds for every chart: good rows in order, and each fault is an error of its kind."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.providers.charts.conftest import BODIES, answer, made
from tests.providers.conftest import NOW
from tests.providers.scripted import Reply, Server
from ttt.errors import (
    ProviderBlocked,
    ProviderEmpty,
    ProviderError,
    ProviderNonsense,
    ProviderRefused,
    ProviderUnavailable,
)
from ttt.found import Chart, Charted
from ttt.providers.charts.base import PublicChart
from ttt.providers.charts.registry import charts
from ttt.providers.http import Client
from ttt.settings import load


@pytest.fixture
def hasty() -> Iterator[Client]:
    """Gives up soon."""
    client = Client(load(), now=lambda: NOW, read_seconds=0.2, attempts=1)
    yield client
    client.close()


def fails(chart: PublicChart, server: Server, reply: Reply) -> ProviderError:
    """The error that a request ends in."""
    server.will(reply)
    with pytest.raises(ProviderError) as caught:
        chart.fetch()
    return caught.value


def test_rows_keep_the_order_of_the_chart(chart: PublicChart, server: Server) -> None:
    server.will(answer(chart.chart, ("Second", "B"), ("First", "A")))
    assert chart.fetch() == [Charted("Second", "B"), Charted("First", "A")]
    assert len(server.asked) == 1


@pytest.mark.parametrize("bad", [None, "", "  \0 ", 7, ["A title"], {"name": "x"}])
def test_a_row_without_title_or_artist_is_left_out(
    chart: PublicChart, server: Server, bad: object
) -> None:
    server.will(answer(chart.chart, (bad, "A"), ("A title", bad), ("Good", "One")))
    assert chart.fetch() == [Charted("Good", "One")]


def test_a_row_that_cannot_be_read_keeps_its_rank(chart: PublicChart, server: Server) -> None:
    server.will(answer(chart.chart, ("First", "A"), (None, "B"), ("Third", "C")))
    assert [(entry.rank, entry.title) for entry in chart.fetch()] == [(1, "First"), (3, "Third")]


def test_spaces_and_nul_bytes_are_tidied(chart: PublicChart, server: Server) -> None:
    server.will(answer(chart.chart, (" A\0 long  title\n", "x" * 1000)))
    [entry] = chart.fetch()
    assert entry.title == "A long title"
    assert entry.artist == "x" * 300


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        (Reply(429, headers={"Retry-After": "120"}), 120),
        (Reply(429), 60),
        (Reply(503, headers={"Retry-After": "30"}), 30),
    ],
)
def test_a_wait_is_kept_as_a_time(
    chart: PublicChart, server: Server, reply: Reply, error: int
) -> None:
    until = NOW + timedelta(seconds=error)
    assert fails(chart, server, reply) == ProviderBlocked(chart.chart, until)


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        (Reply(500), ProviderUnavailable),
        (Reply(401), ProviderRefused),
        (Reply(403, "<html>closed</html>"), ProviderRefused),
        (Reply(body="<html>hello</html>"), ProviderNonsense),
        (Reply(body='{"data": [{'), ProviderNonsense),
        (Reply(body=[]), ProviderNonsense),
        (Reply(body={}), ProviderNonsense),
        (Reply(body={"payload": None, "feed": 1, "tracks": "x", "data": 2}), ProviderNonsense),
        (Reply(fault="cut"), ProviderUnavailable),
    ],
)
def test_each_fault_is_told_apart(
    chart: PublicChart, server: Server, reply: Reply, kind: type[ProviderError]
) -> None:
    error = fails(chart, server, reply)
    assert type(error) is kind
    assert error.source == chart.chart


@pytest.mark.parametrize("name", list(Chart))
def test_a_chart_that_does_not_answer_is_given_up(
    name: Chart, hasty: Client, server: Server
) -> None:
    error = fails(made(name, hasty, server.url), server, Reply(fault="stall"))
    assert error == ProviderUnavailable(name, timed_out=True)


def test_a_chart_without_rows_is_empty(chart: PublicChart, server: Server) -> None:
    reply = Reply(body=BODIES[chart.chart]([]))
    assert fails(chart, server, reply) == ProviderEmpty(chart.chart)


def test_rows_of_which_none_can_be_used_are_nonsense(chart: PublicChart, server: Server) -> None:
    reply = Reply(body=BODIES[chart.chart](["x", {}, None]))
    assert fails(chart, server, reply) == ProviderNonsense(chart.chart)


def test_every_chart_can_be_had_by_its_name() -> None:
    made = charts(load())
    assert list(made) == list(Chart)
    assert [name for name, chart in made.items() if chart.why_off] == [Chart.LASTFM]
