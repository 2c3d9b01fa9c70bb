import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.databases import opened
from tests.services.spotify.several import given
from tests.web.conftest import browser
from ttt.models import ServiceDay
from ttt.services.context import Context
from ttt.services.server import numbers
from ttt.services.values import limits
from ttt.settings import load

TOKEN = "a long token of ours"


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    numbers.numbers.cache_clear()
    yield
    numbers.numbers.cache_clear()


def opened_by(context: Context, **how: str) -> TestClient:
    made = load(data_dir=context.settings.data_dir, trusted_proxies=1, **how)
    return browser(replace(context, settings=made))


def told(text: str) -> dict[str, float]:
    lines = (line for line in text.splitlines() if line and not line.startswith("#"))
    return {name: float(value) for name, _, value in (line.rpartition(" ") for line in lines)}


def ask(client: TestClient, **headers: str) -> dict[str, float]:
    answer = client.get("/metrics", headers=headers)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain")
    return told(answer.text)


def test_nobody_reads_metrics_that_nobody_opened(client: TestClient) -> None:
    assert client.get("/metrics").status_code == 404


@pytest.mark.parametrize("given", ["", "Bearer wrong", "Bearer ", f"Basic {TOKEN}"])
def test_only_the_token_opens_them(context: Context, given: str) -> None:
    client = opened_by(context, metrics_token=TOKEN)
    assert client.get("/metrics", headers={"authorization": given}).status_code == 404
    assert "ttt_tabs" in ask(client, authorization=f"Bearer {TOKEN}")


@pytest.mark.parametrize(("address", "status"), [("10.1.2.3", 200), ("192.0.2.1", 404), ("x", 404)])
def test_only_the_network_opens_them(context: Context, address: str, status: int) -> None:
    client = opened_by(context, metrics_networks="10.0.0.0/8")
    answer = client.get("/metrics", headers={"x-forwarded-for": address})
    assert answer.status_code == status


def test_a_name_that_the_app_does_not_answer_to_is_no_hindrance(context: Context) -> None:
    client = opened_by(context, metrics_token=TOKEN)
    for path, status in {"/metrics": 404, "/livez": 200, "/readyz": 200, "/healthz": 400}.items():
        assert client.get(path, headers={"host": "10.0.0.7:8501"}).status_code == status


def test_requests_runs_and_statements_are_counted(context: Context) -> None:
    client = opened_by(context, metrics_token=TOKEN)
    for path in ("/nowhere", "/nowhere", "/crash"):
        client.get(path)
    with numbers.numbers().run("top-tracks"):
        pass
    with pytest.raises(LookupError), numbers.numbers().run("top-tracks"):
        raise LookupError
    found = ask(client, authorization=f"Bearer {TOKEN}")
    assert found['ttt_requests_total{status="4xx"}'] == 2
    assert found['ttt_requests_total{status="5xx"}'] == 1
    assert found["ttt_request_seconds_count"] == 3
    assert found['ttt_page_run_seconds_count{page="top-tracks"}'] == 2
    assert ask(client, authorization=f"Bearer {TOKEN}")["ttt_database_seconds_count"] > 0
    assert found["process_open_fds"] > 3


def test_calls_and_budgets_are_told_by_service(context: Context) -> None:
    with context.session() as session:
        session.add(ServiceDay(service="deezer", day=limits.today(context), calls=7))
        session.commit()
    client = opened_by(context, metrics_token=TOKEN, spotify_client_id=given("app"))
    found = ask(client, authorization=f"Bearer {TOKEN}")
    assert found['ttt_service_calls_today{service="deezer"}'] == 7
    assert found['ttt_service_budget{service="deezer"}'] == 20_000


def test_without_a_database_the_rest_is_told(context: Context, tmp_path: Path) -> None:
    with opened(f"sqlite:///{tmp_path / 'gone' / 'ttt.sqlite3'}") as engine:
        client = opened_by(replace(context, engine=engine), metrics_token=TOKEN)
        found = ask(client, authorization=f"Bearer {TOKEN}")
    assert found['ttt_problem{what="database away"}'] == 1
    assert found["ttt_tabs_allowed"] > 0
    assert not any(re.match("ttt_recorder", name) for name in found)
