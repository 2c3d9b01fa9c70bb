"""Titles and artists that are to be on a list as soon as Spotify was asked about them."""

from dataclasses import dataclass

from ttt.services.context import Context
from ttt.services.lists import lists
from ttt.services.matching.matching import Named
from ttt.services.person import Person
from ttt.store.lists import imports


@dataclass(frozen=True, slots=True)
class Waits:
    """How many names of a person's wait at a list, and the first of them."""

    count: int
    names: tuple[Named, ...]


def on_list(context: Context, person: Person, list_id: int | None = None, limit: int = 10) -> Waits:
    """The names that the person put on a list and that still wait."""
    with context.session() as session:
        target = lists.opened(session, person, list_id).id or 0
        count, names = imports.waiting_on(session, person.id, target, limit)
    return Waits(count, tuple(Named(name.title, name.artist) for name in names))
