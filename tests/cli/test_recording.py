"""One look at what somebody played on Spotify, by command."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from tests.cli.conftest import Run
from tests.services.demo_spotify import DemoSpotify, connect_demo
from tests.surroundings.loopback import free_port
from ttt.services.accounts import accounts
from ttt.services.context import Context, open_context
from ttt.settings import load
from ttt.store.plays.derived import pages


@pytest.fixture
def context(run: Run, monkeypatch: pytest.MonkeyPatch) -> Context:
    monkeypatch.setenv("TTT_PORT", str(free_port()))
    return open_context(load())


@pytest.fixture
def demo(context: Context) -> Iterator[DemoSpotify]:
    with DemoSpotify.served(context, lambda: datetime.now(UTC)) as demo:
        yield demo


def test_new_plays_are_kept_counted_and_said(
    run: Run, context: Context, ada: str, demo: DemoSpotify
) -> None:
    person = accounts.find(context, ada)
    connect_demo(context, person)

    first = run("history", "record", "--user", ada)
    second = run("history", "record", "--user", ada)

    assert (first.exit_code, first.output) == (0, "50 new plays, 0 already there.\n")
    assert (second.exit_code, second.output) == (0, "0 new plays, 50 already there.\n")
    demo.spoil("plays_bare")
    third = run("history", "record", "--user", ada)
    assert third.output == "0 new plays, 45 already there; 5 rows could not be read.\n"
    with context.session() as session:
        assert sum(page.plays for page in pages.read(session, person.id)) == 50


def test_what_is_in_the_way_is_said_in_a_line(run: Run, ada: str) -> None:
    result = run("history", "record", "--user", ada)

    assert result.exit_code == 1
    assert result.output == "Your Spotify is not connected. Connect it on the Spotify page.\n"


def test_nobody_is_looked_at_who_is_not_there(run: Run) -> None:
    result = run("history", "record", "--user", "nobody")

    assert (result.exit_code, result.output.count("\n")) == (1, 1)
