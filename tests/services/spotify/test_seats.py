"""A seat is taken once, and whom Spotify does not list is told who can set it right."""

from dataclasses import replace

import pytest

from tests.services.spotify.several import FIRST, OWN, events
from ttt.errors import NotOnAllowList
from ttt.services.context import Context
from ttt.services.person import Person
from ttt.services.spotify import seats
from ttt.services.spotify.clients import Client


def test_whoever_sits_takes_no_seat_anew(context: Context, ada: Person) -> None:
    settings = context.settings.model_copy(update={"spotify_client_id": FIRST})
    here = replace(context, settings=settings)
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
