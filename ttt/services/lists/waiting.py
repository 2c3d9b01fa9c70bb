"""Titles and artists that are to be on a list as soon as Spotify was asked about them."""

from dataclasses import dataclass

from ttt.errors import NotFound
from ttt.services.context import Context
from ttt.services.lists import entries, lists
from ttt.services.matching.matching import Named
from ttt.services.person import Person
from ttt.services.tables.receipt import Receipt
from ttt.store.lists import imports


@dataclass(frozen=True, slots=True)
class Waits:
    """How many names of a person's wait at a list, and the first of them."""

    count: int
    names: tuple[Named, ...]


def on_list(context: Context, person: Person, list_id: int | None = None, limit: int = 10) -> Waits:
    """The names that the person put on a list and that still wait."""
    with context.session() as session:
        target = lists.opened(session, person, list_id).id
        count, names = imports.waiting_on(session, person.id, target, limit)
    return Waits(count, tuple(Named(name.title, name.artist) for name in names))


def take_back(
    context: Context, person: Person, receipt: Receipt, list_id: int | None = None
) -> None:
    """Take off a list what an import put there, and forget the names of it that wait, or neither.

    NotFound for one that is not the person's.
    """
    with context.session() as session:
        kept = imports.find(session, receipt.import_id or 0, lock=True)
        if kept is None or kept.user_id != person.id:
            raise NotFound("import")
        names = imports.waiting(session, kept.id)
        imports.settle(session, kept.id, [name.row for name in names])
        imports.close(session, person.id, kept.id, context.now())
        added = [row.uri for row in receipt.taken if row.added]
        entries.take_off(context, session, person, added, list_id)
        session.commit()
