import sys

import pytest

from tests.cli.conftest import Run
from ttt.cli.server import serve
from ttt.settings import PROJECT


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The commands that Streamlit was run with in this process."""
    commands: list[list[str]] = []
    monkeypatch.setattr(sys, "argv", sys.argv)
    monkeypatch.setattr(serve, "run_module", lambda *_names, **_how: commands.append(sys.argv))
    return commands


def options(command: list[str]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for word in command[3:]:
        name, _, value = word.partition("=")
        found.setdefault(name, set()).add(value)
    return found


def test_the_app_is_run_as_streamlit_runs_it(run: Run, ada: str, started: list[list[str]]) -> None:
    assert run("serve").exit_code == 0
    (command,) = started
    assert command[:3] == ["streamlit", "run", str(PROJECT / "app.py")]
    assert options(command) == {
        "--server.address": {"127.0.0.1"},
        "--server.port": {"8501"},
        "--server.allowedHosts": {"127.0.0.1", "localhost", "::1"},
        "--logger.enableRich": {"false"},
    }


def test_options_beat_the_settings(
    run: Run, ada: str, started: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TTT_PORT", "9000")
    monkeypatch.setenv("TTT_PUBLIC_URL", "https://music.example.org")
    run("serve")
    run("serve", "--host", "0.0.0.0", "--port", "9001")
    first, second = map(options, started)
    assert first["--server.port"] == {"9000"}
    assert "music.example.org" in first["--server.allowedHosts"]
    assert (second["--server.address"], second["--server.port"]) == ({"0.0.0.0"}, {"9001"})


@pytest.mark.parametrize("port", ["0", "70000"])
def test_a_bad_port_stops_the_start(run: Run, started: list[list[str]], port: str) -> None:
    result = run("serve", "--port", port)
    assert result.exit_code == 1
    assert "TTT_PORT" in result.stderr
    assert result.stderr.count("\n") == 1
    assert started == []
