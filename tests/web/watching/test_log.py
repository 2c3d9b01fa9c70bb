import json
import logging

import pytest
from starlette.applications import Starlette
from starlette.routing import WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket
from streamlit import logger as streamlit_logger

from ttt.web.watching import log


@pytest.fixture
def lines(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    caplog.set_level(logging.INFO, "ttt.requests")
    return caplog


def test_a_request_is_a_line_with_method_path_and_status(
    client: TestClient, lines: pytest.LogCaptureFixture
) -> None:
    client.post("/nowhere")
    (line,) = lines.messages
    assert line.startswith("POST /nowhere 404 ")
    assert line.endswith(" ms")


def test_a_query_never_reaches_the_log(client: TestClient, lines: pytest.LogCaptureFixture) -> None:
    client.get("/auth/finish?ticket=secret-ticket")
    client.get("/spotify?code=secret-code&state=secret-state")
    assert len(lines.messages) == 2
    assert "secret" not in lines.text


def test_a_failed_request_is_a_line_as_well(
    client: TestClient, lines: pytest.LogCaptureFixture
) -> None:
    client.get("/crash")
    assert any(message.startswith("GET /crash 500 ") for message in lines.messages)


@pytest.mark.parametrize("path", ["/_stcore/health", "/static/js/index.js", "/healthz"])
def test_what_comes_all_the_time_is_left_out(
    client: TestClient, lines: pytest.LogCaptureFixture, path: str
) -> None:
    client.get(path)
    assert lines.messages == []


@pytest.mark.parametrize("path", ["/a%0d%0aGET /forged 200", "/a%1b[31m", "/%e2%80%ae"])
def test_a_path_cannot_forge_lines(
    client: TestClient, lines: pytest.LogCaptureFixture, path: str
) -> None:
    client.get(path)
    (line,) = lines.messages
    assert line.isprintable()
    assert line.isascii()
    assert len(line.split()) == 5


def test_a_long_path_is_cut(client: TestClient, lines: pytest.LogCaptureFixture) -> None:
    client.get("/" + "a" * 5000)
    assert len(lines.messages[0]) < 250


def test_a_line_carries_the_id_that_the_answer_carries(
    client: TestClient, own_logging: None, capsys: pytest.CaptureFixture[str]
) -> None:
    log.configure("INFO")
    first, second = client.get("/a"), client.get("/b")
    ids = [answer.headers["x-request-id"] for answer in (first, second)]
    assert ids[0] != ids[1]
    written = capsys.readouterr().err.splitlines()
    assert [line.split()[3] for line in written] == ids


def test_less_serious_lines_than_asked_for_are_not_written(
    client: TestClient, own_logging: None, capsys: pytest.CaptureFixture[str]
) -> None:
    log.configure("WARNING")
    client.get("/a")
    assert capsys.readouterr().err == ""


def test_lines_outside_of_requests_have_a_dash_for_an_id(
    own_logging: None, capsys: pytest.CaptureFixture[str]
) -> None:
    log.configure("INFO")
    logging.getLogger("ttt.somewhere").info("started")
    assert capsys.readouterr().err.split()[2:] == ["INFO", "-", "ttt.somewhere", "started"]


def test_a_websocket_passes_and_is_not_logged(lines: pytest.LogCaptureFixture) -> None:
    async def greet(socket: WebSocket) -> None:
        await socket.accept()
        await socket.send_text("hello")
        await socket.close()

    app = log.RequestLog(Starlette(routes=[WebSocketRoute("/", greet)]))
    with TestClient(app).websocket_connect("/") as socket:
        assert socket.receive_text() == "hello"
    assert lines.messages == []


@pytest.mark.parametrize("name", ["spotipy", "spotipy.client", "urllib3.connectionpool"])
def test_libraries_that_print_tokens_are_quiet(own_logging: None, name: str) -> None:
    log.configure("DEBUG")
    assert not logging.getLogger(name).isEnabledFor(logging.INFO)


def test_no_other_log_of_requests_is_written_whatever_streamlit_sets(
    own_logging: None, capsys: pytest.CaptureFixture[str]
) -> None:
    log.configure("INFO")
    streamlit_logger.init_uvicorn_logs()
    streamlit_logger.update_formatter()
    streamlit_logger.set_log_level("INFO")
    logging.getLogger("uvicorn.access").info("GET /spotify?code=secret")
    assert capsys.readouterr().err == ""


def test_a_line_break_forges_no_entry(
    own_logging: None, capsys: pytest.CaptureFixture[str]
) -> None:
    log.configure("DEBUG")
    logging.getLogger("ttt").warning("one\n2026-11-22 INFO - ttt forged\x1b[31m\u2028two")
    lines = capsys.readouterr().err.splitlines()
    assert lines[0].endswith("one")
    assert all(line.startswith("  ") for line in lines[1:])
    assert all(line.isprintable() for line in lines)


def test_what_streamlit_logs_comes_out_like_everything_else(
    own_logging: None, capsys: pytest.CaptureFixture[str]
) -> None:
    theirs = streamlit_logger.get_logger("streamlit.somewhere")
    log.configure("INFO")
    streamlit_logger.update_formatter()
    theirs.warning("something\nforged")
    written = capsys.readouterr().err.splitlines()
    first, second = written
    assert first.split()[2:] == ["WARNING", "-", "streamlit.somewhere", "something"]
    assert second == "  forged"


def test_lines_are_json_where_programs_read_them(
    client: TestClient, own_logging: None, capsys: pytest.CaptureFixture[str]
) -> None:
    log.configure("INFO", "json")
    answer = client.get("/a")
    try:
        raise RuntimeError("two\nlines")
    except RuntimeError:
        logging.getLogger("ttt").exception("failed\nhere")
    first, second = map(json.loads, capsys.readouterr().err.splitlines())
    assert first["level"] == "INFO"
    assert first["logger"] == "ttt.requests"
    assert first["request_id"] == answer.headers["x-request-id"]
    assert first["message"].startswith("GET /a 404 ")
    assert second["message"] == "failed\nhere"
    assert "two\nlines" in second["exc_info"]


def test_what_repeats_fills_no_disk(own_logging: None, capsys: pytest.CaptureFixture[str]) -> None:
    log.configure("INFO")
    for number in range(1_000):
        logging.getLogger("ttt.pages").error("page failed: %s", number)
    assert len(capsys.readouterr().err.splitlines()) == 5


def test_requests_of_a_usual_minute_are_all_written(
    client: TestClient, own_logging: None, capsys: pytest.CaptureFixture[str]
) -> None:
    log.configure("INFO")
    for _ in range(100):
        client.get("/a")
    assert len(capsys.readouterr().err.splitlines()) == 100


@pytest.mark.parametrize(
    ("logger", "said"), [("uvicorn.error", ""), ("dbos", "Exception polling schedules: ")]
)
def test_what_the_database_says_is_one_line_that_says_why(
    logger: str, said: str, own_logging: None, capsys: pytest.CaptureFixture[str]
) -> None:
    told = (
        "Traceback (most recent call last):\n"
        '  File "app.py", line 7, in start\n'
        "sqlite3.OperationalError: duplicate column name: token\n\n"
        "The above exception was the direct cause of the following exception:\n\n"
        "Traceback (most recent call last):\n"
        "sqlalchemy.exc.OperationalError: (sqlite3.OperationalError) duplicate column name: token\n"
        "[SQL: ALTER TABLE recorder ADD COLUMN token]\n"
        "(Background on this error at: https://sqlalche.me/e/20/e3q8)\n"
    )
    log.configure("INFO")
    logging.getLogger(logger).error("%s", said + told)
    written = capsys.readouterr().err
    assert written.count("\n") == 1
    assert f"{said}sqlalchemy.exc.OperationalError: (sqlite3.OperationalError) dup" in written
    assert "Traceback" not in written
