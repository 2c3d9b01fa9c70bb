"""An authorization that ends or has ended is said on every page, once."""

import pytest

from tests.services.conftest import Clock, connect
from tests.ui.conftest import Open, words
from ttt.services.context import Context
from ttt.services.person import Person

ENDS = "Spotify's authorization ends on 19 December 2026."
ENDED = "so nothing is recorded"


@pytest.mark.parametrize("page", ["home", "trending", "account"])
def test_a_month_before_every_page_says_when_it_ends(
    open_page: Open, context: Context, ada: Person, clock: Clock, page: str
) -> None:
    clock.forward(days=-155)
    connect(context, ada)
    clock.forward(days=155)
    app = open_page(page)

    assert not app.exception
    assert ENDS in words(app)
    assert ENDED not in words(app)


def test_what_has_ended_is_said(open_page: Open, context: Context, ada: Person) -> None:
    connect(context, ada, usable=False)

    assert ENDED in words(open_page("trending"))


def test_who_never_connected_is_told_nothing(open_page: Open) -> None:
    assert ENDED not in words(open_page("trending"))


def test_long_before_the_end_nothing_is_said(
    open_page: Open, context: Context, ada: Person
) -> None:
    connect(context, ada)

    assert "authorization ends" not in words(open_page("trending"))


@pytest.mark.parametrize("page", ["spotify", "home"])
def test_what_a_page_says_itself_is_not_said_twice(
    open_page: Open, context: Context, ada: Person, page: str
) -> None:
    connect(context, ada, usable=False)

    assert ENDED not in words(open_page(page))
