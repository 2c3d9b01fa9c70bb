"""Whoever signs in tells their time zone, once."""

from streamlit.testing.v1 import AppTest

from tests.services.conftest import Clock
from tests.ui.conftest import Visitor, signed_in, words
from ttt.models import User
from ttt.services.context import Context
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
