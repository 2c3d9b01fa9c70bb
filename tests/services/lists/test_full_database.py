"""A database without room says so, keeps nothing by halves, and takes the same again later."""

from collections.abc import Callable, Mapping

import pytest

from tests.surroundings.full import full
from ttt.errors import StoreFull
from ttt.services.context import Context
from ttt.services.lists import entries, imports, lists, own_imports, own_values
from ttt.services.person import Person

ROWS = 2_000
LINKS = [f"spotify:track:{number:022}" for number in range(ROWS)]
TABLE = "\n".join(["uri,title,artist,energy", *(f"{link},Song,Ann,0.5" for link in LINKS)]).encode()
BRING: Mapping[str, Callable[[Context, Person], object]] = {
    "a list": lambda context, person: imports.take(context, person, TABLE, "f.csv"),
    "lines": lambda context, person: imports.add(context, person, LINKS),
    "own values": lambda context, person: own_imports.take(context, person, TABLE, "f.csv"),
}


def kept(context: Context, person: Person) -> tuple[int, int, int, int]:
    """Tracks on the list, receipts of both kinds, tracks with values of one's own."""
    return (
        len(entries.listed(context, person)),
        len(imports.listed(context, person)),
        len(own_imports.listed(context, person)),
        own_values.kept(context, person).tracks,
    )


@pytest.mark.parametrize("what", BRING)
def test_what_has_no_room_is_not_taken_and_good_again_later(
    context: Context, ada: Person, what: str
) -> None:
    before = kept(context, ada)
    with full(context.engine), pytest.raises(StoreFull):
        BRING[what](context, ada)
    assert kept(context, ada) == before == (0, 0, 0, 0)
    BRING[what](context, ada)
    assert ROWS in kept(context, ada)


def test_a_database_without_room_can_be_read_and_emptied(context: Context, ada: Person) -> None:
    imports.add(context, ada, LINKS[:20])
    with full(context.engine):
        assert len(entries.listed(context, ada)) == 20
        assert [info.name for info in lists.seen_by(context, ada)] == ["Trending"]
        entries.remove(context, ada, LINKS[:1])
        assert len(entries.listed(context, ada)) == 19
