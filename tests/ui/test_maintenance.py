"""Every page can be read in maintenance; what people typed is kept, and taken afterwards."""

from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from tests.services.conftest import PASSWORD
from tests.services.shell import beside
from tests.ui.conftest import PAGES, Open, Visitor, click, fill, unfold, words
from ttt.services.accounts import accounts
from ttt.services.context import Context
from ttt.services.person import Person
from ttt.services.recorders.players import tokens
from ttt.services.server import maintenance

TOLD = "Back at noon."


@pytest.fixture
def shell(context: Context, ada: Person, monkeypatch: pytest.MonkeyPatch) -> Iterator[Context]:
    """Where maintenance is switched; the app beside it goes by that."""
    monkeypatch.setattr(maintenance, "SEEN_WITHIN", 0.0)
    with beside(context) as command, maintenance.kept(context):
        yield command


def begin(shell: Context) -> None:
    maintenance.begin(shell, accounts.operator(shell), TOLD)


@pytest.mark.usefixtures("as_admin", "adas_spotify")
@pytest.mark.parametrize("page", [p for p in PAGES if p not in {"track", "artist", "album"}])
def test_every_page_can_be_read(page: str, open_page: Open, shell: Context) -> None:
    usual = open_page(page)
    title = [element.value for element in usual.title]
    begin(shell)
    app = usual.run()
    assert not app.exception
    assert not app.error
    assert [element.value for element in app.title] == title
    assert f"{TOLD} You can look at everything; changes have to wait a while." in words(app)


def test_whoever_changes_something_reads_why_it_has_to_wait(
    open_page: Open, context: Context, shell: Context, ada: Person
) -> None:
    app = unfold(open_page("imports"), "adding player")
    begin(shell)
    fill(app, {"Name of the player": "Kitchen"})
    click(app, "New token")
    assert "This server is being worked on, and nothing can be changed meanwhile." in words(app)
    (field,) = [entry for entry in app.text_input if entry.label == "Name of the player"]
    assert field.value == "Kitchen"
    maintenance.end(shell, accounts.operator(shell))
    click(app, "New token")
    assert [token.name for token in tokens.listed(context, ada)] == ["Kitchen"]


def test_a_sign_in_has_to_wait(
    app: AppTest, shell: Context, visitor: Visitor, caplog: pytest.LogCaptureFixture
) -> None:
    begin(shell)
    app.run()
    assert TOLD in words(app)
    fill(app, {"Username": "ada", "Password": PASSWORD})
    click(app, "Sign in")
    # AppTest leaves out what app.py does with every error of a page: failing.show.
    assert "raise Maintenance" in caplog.text
    assert visitor.posted == []
