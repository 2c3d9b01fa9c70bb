"""Who is here: looked up once a run, told when it ended, asked for the time zone once."""

import pytest
from streamlit.testing.v1 import AppTest

from tests.services.conftest import Clock
from tests.ui.conftest import Open, Visitor, signed_in, words
from ttt.models import User
from ttt.services.context import Context
from ttt.services.doors import sign_in
from ttt.services.person import Person


def zone_of(context: Context, person: Person) -> str:
    with context.session() as session:
        user = session.get(User, person.id)
        assert user is not None
        return user.time_zone


def test_the_first_zone_that_a_browser_tells_stays(
    app: AppTest, context: Context, ada: Person, visitor: Visitor
) -> None:
    app.context = {"timezone": "Asia/Tokyo"}
    app.run()
    assert zone_of(context, ada) == ""
    visitor.cookie = signed_in(context, ada)
    app.context = {"timezone": "America"}
    app.run()
    assert zone_of(context, ada) == ""
    app.context = {"timezone": "Asia/Tokyo"}
    app.run()
    assert zone_of(context, ada) == "Asia/Tokyo"
    app.context = {"timezone": "Europe/Berlin"}
    app.run()
    assert zone_of(context, ada) == "Asia/Tokyo"


def test_whose_session_ended_is_told_so_and_nobody_else(
    app: AppTest, context: Context, ada: Person, visitor: Visitor, clock: Clock
) -> None:
    ended = "Your session has ended. Sign in again: you come back to the page you were on."
    assert ended not in words(app.run())
    visitor.cookie = signed_in(context, ada)
    assert ended not in words(app.run())
    clock.forward(days=400)
    assert ended in words(app.run())


def test_who_is_here_is_looked_up_once_a_run_however_many_parts_ask(
    open_page: Open, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = open_page("trending")
    asked: list[Person | None] = []
    look_up = sign_in.current_person

    def counted(*args: object) -> Person | None:
        asked.append(look_up(*args))  # type: ignore[arg-type]
        return asked[-1]

    monkeypatch.setattr(sign_in, "current_person", counted)
    app.run()
    app.run()
    assert [person and person.id for person in asked] == [ada.id, ada.id]
