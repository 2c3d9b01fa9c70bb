"""Imports offers to pass on to ListenBrainz what players send, and says how that stands."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest

from tests.providers.scripted import Reply, Server, serving
from tests.ui.conftest import Open, click, fill, unfold, words
from ttt.providers.http import Client
from ttt.providers.relayed.listenbrainz import ListenBrainz
from ttt.services.context import Context
from ttt.services.person import Person
from ttt.services.recorders.players import relaying, tokens
from ttt.store.plays.players import relays

FIELD = "Your token at ListenBrainz"
TOKEN = "token-SECRET-of-ada"
KNOWN = Reply(body={"valid": True, "user_name": "ada_lb"})


@pytest.fixture
def listenbrainz(context: Context, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    with serving() as server:
        service = ListenBrainz(Client(context.settings, context.now, attempts=1), server.url)
        monkeypatch.setattr(relaying, "_service", lambda _context: service)
        yield server


@pytest.fixture
def on(context: Context, ada: Person, listenbrainz: Server) -> None:
    listenbrainz.will(KNOWN)
    relaying.begin(context, ada, TOKEN)


def folds(app: AppTest) -> list[str]:
    return [fold.label for fold in app.expander]


def stand(context: Context, person: Person, *, waiting: int = 0, **values: object) -> None:
    with context.session() as session:
        if values:
            relays.change(session, person.id, **values)
        if waiting:
            relays.wait(session, person.id, [b"{}"] * waiting)
        session.commit()


def test_it_is_offered_to_who_has_a_player(open_page: Open, context: Context, ada: Person) -> None:
    assert "Pass on to ListenBrainz" not in folds(open_page("imports"))
    tokens.make(context, ada, "Navidrome")
    assert "Pass on to ListenBrainz" in folds(open_page("imports"))


def test_it_begins_with_a_token_and_stops(
    open_page: Open, context: Context, ada: Person, listenbrainz: Server
) -> None:
    tokens.make(context, ada, "Navidrome")
    listenbrainz.will(KNOWN)
    app = unfold(open_page("imports"), "passing on")
    fill(app, {FIELD: TOKEN})
    click(app, "Pass on")
    assert "Passed on to ada_lb at ListenBrainz" in words(app)
    assert "Goes there within five minutes" in words(app)
    assert "Change the token" in folds(app)
    assert "SECRET" not in words(app)
    assert not any("SECRET" in str(field.value) for field in app.text_input)

    (stop,) = [b for b in app.button if b.key == "yes Stop relay"]
    stop.click().run()
    assert relaying.state(context, ada) is None
    assert "Passed on to" not in words(app)


def test_a_wrong_token_is_refused_and_stays_typed(
    open_page: Open, context: Context, ada: Person, listenbrainz: Server
) -> None:
    tokens.make(context, ada, "Navidrome")
    app = unfold(open_page("imports"), "passing on")
    for reply, said in (
        (Reply(body={"valid": False}), "ListenBrainz does not know that token"),
        (Reply(500), "ListenBrainz cannot be asked right now"),
    ):
        listenbrainz.will(reply)
        fill(app, {FIELD: TOKEN})
        assert said in words(click(app, "Pass on"))
        assert TOKEN in [field.value for field in app.text_input]
    assert relaying.state(context, ada) is None


@pytest.mark.usefixtures("on")
@pytest.mark.parametrize(
    ("changes", "line"),
    [
        ({"passed": 1_204}, "the last one 5 minutes ago"),
        ({"passed": 1_204, "waiting": 2}, "the last one 5 minutes ago · 2 listens wait"),
        ({"waiting": 1}, "1 listen waits"),
        ({"passed": 7, "left_out": 1}, "the last one 5 minutes ago · 1 listen not taken"),
        (
            {"passed": 7, "waiting": 3, "error": "It is not available."},
            "It is not available. 3 listens wait.",
        ),
    ],
)
def test_a_line_says_how_it_stands(
    open_page: Open, context: Context, ada: Person, changes: dict[str, int], line: str
) -> None:
    passed = {"passed_at": context.now() - timedelta(minutes=5)} if "passed" in changes else {}
    stand(context, ada, **changes, **passed)  # type: ignore[arg-type]
    app = open_page("imports")

    assert f"<small>{line}</small>" in "".join(e.proto.body for e in app.get("html"))
    assert not app.exception


@pytest.mark.usefixtures("on")
def test_stopping_says_what_it_costs(open_page: Open, context: Context, ada: Person) -> None:
    assert "What is there stays." in words(open_page("imports"))
    stand(context, ada, waiting=1)
    assert "1 listen that waits will not get there" in words(open_page("imports"))
    stand(context, ada, waiting=1)
    assert "2 listens that wait will not get there" in words(open_page("imports"))
