"""A seat is taken once, and whom Spotify does not list is told who can set it right."""

import pytest

from tests.services.conftest import add_person
from tests.services.spotify.several import FIRST, OWN, by_first, events, keep
from ttt.errors import NotFound, NotOnAllowList
from ttt.services.context import Context
from ttt.services.person import Person
from ttt.services.spotify import seats
from ttt.services.spotify.clients import Client


def test_a_seat_counts_while_its_client_id_serves_the_person(context: Context, ada: Person) -> None:
    here = by_first(context)
    assert seats.mine(here, ada) is None
    seats.take(here, ada)
    seat = seats.mine(here, ada)
    assert seat is not None
    assert (seat.username, seat.client, seat.waiting) == ("ada", "environment", True)
    keep(here, OWN, ada)
    assert seats.mine(here, ada) is None


def test_whoever_sits_takes_no_seat_anew(context: Context, ada: Person) -> None:
    here = by_first(context)
    assert {seats.take(here, ada).client_id for _ in range(3)} == {FIRST}
    assert [action for _, action, _ in events(here)].count("spotify seat taken") == 1


@pytest.mark.parametrize("own", [True, False])
def test_whom_spotify_does_not_list_hears_whether_the_app_is_their_own(
    context: Context, ada: Person, own: bool
) -> None:
    settings = context.settings.with_client(OWN, "")
    client = Client("app", settings, ada.id if own else None, key=1)
    with pytest.raises(NotOnAllowList) as refused, seats.told(context, ada, client):
        raise NotOnAllowList("", "")
    assert refused.value == NotOnAllowList("Ada", "", own=own)


def test_only_a_seat_that_is_taken_can_be_freed(context: Context, ada: Person) -> None:
    here, boss = by_first(context), add_person(context, "boss", admin=True)
    with pytest.raises(NotFound):
        seats.free(here, boss, "ada")
    seats.take(here, ada)
    seats.free(here, boss, "ada")
    assert seats.mine(here, ada) is None
