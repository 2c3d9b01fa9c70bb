import pytest

from tests.cli.conftest import Run
from ttt.services.context import open_context
from ttt.services.server import maintenance
from ttt.settings import load


@pytest.fixture(autouse=True)
def without_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(maintenance, "SEEN_WITHIN", 0.0)


def test_it_is_switched_on_shown_and_off_again(run: Run) -> None:
    assert run("maintenance", "show").stdout == "\n"
    assert run("maintenance", "on", "--words", "Back at noon.").exit_code == 0
    assert run("maintenance", "show").stdout == "Back at noon.\n"
    assert maintenance.is_on(open_context(load()))
    assert run("maintenance", "off").exit_code == 0
    assert not maintenance.is_on(open_context(load()))


def test_commands_go_on_to_change_things(run: Run) -> None:
    run("maintenance", "on")
    assert run("banner", "set", "hello").exit_code == 0
    assert run("banner", "show").stdout == "hello\n"
