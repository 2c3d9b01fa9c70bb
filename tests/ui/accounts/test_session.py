"""Whoever signs in tells their time zone, once."""

from streamlit.testing.v1 import AppTest

from tests.ui.conftest import Visitor, signed_in
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
