import logging
import time

import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.conftest import play
from ttt.errors import NotAllowed, SettingsError, StoreAway, TTTError
from ttt.settings import Settings
from ttt.ui import failing
from ttt.ui.frame import layout, process


def shown(error: Exception) -> AppTest:
    """The page that an error makes."""
    handled: list[bool] = []
    app = play(lambda: handled.append(failing.show(error)))
    assert not app.exception
    assert handled == [True]
    return app


@pytest.mark.parametrize("error", [NotAllowed(), SettingsError("TTT_PORT is wrong")])
def test_a_foreseen_error_is_told_in_its_words_and_not_logged(
    error: TTTError, caplog: pytest.LogCaptureFixture
) -> None:
    app = shown(error)
    assert len(app.warning) == 1
    assert not app.error
    assert "page failed" not in caplog.text


def test_a_database_that_is_away_can_be_tried_again() -> None:
    app = shown(StoreAway())
    assert "The database cannot be reached" in app.warning[0].value
    assert [button.label for button in app.button] == ["Try again"]


@pytest.mark.parametrize("error", [StoreAway(), RuntimeError("secret")])
def test_a_page_that_failed_before_its_title_has_one(error: Exception) -> None:
    assert [title.value for title in shown(error).title] == ["This page cannot be shown"]


def test_a_page_that_failed_after_its_title_keeps_it() -> None:
    def script() -> None:
        process.begun()
        layout.head("Trending")
        failing.show(StoreAway())

    assert [title.value for title in play(script).title] == ["Trending"]


def test_a_page_without_its_database_tries_again_by_itself(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    again: list[bool] = []
    monkeypatch.setattr(failing.st, "rerun", lambda: again.append(True))
    play(lambda: failing._come_back(time.monotonic()))
    assert again == []  # that is the run that failed
    play(lambda: failing._come_back(time.monotonic() - failing._TRIED_EVERY))
    assert again == [True]


def test_an_unforeseen_error_shows_nothing_of_itself_and_is_logged(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.ERROR, "ttt.pages")
    app = shown(RuntimeError("secret"))
    assert [error.value for error in app.error] == [
        "Something went wrong here. Reload the page; if that does not help, tell the admin."
    ]
    assert "secret" in caplog.text


def test_the_context_is_opened_once_with_the_address_in_use(
    monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    monkeypatch.setenv("TTT_DATA_DIR", str(tmp_path))
    options = {"server.address": "127.0.0.1", "server.port": 8765}
    monkeypatch.setattr(failing.st, "get_option", options.__getitem__)
    process.context.cache_clear()
    try:
        context = process.context()
        assert isinstance(context.settings, Settings)
        assert context.settings.base_url == "http://127.0.0.1:8765"
        assert process.context() is context
        context.engine.dispose()
    finally:
        process.context.cache_clear()
