"""Named lists: who owns them, who may see or edit them, and undoing a deletion."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from itertools import chain, count

from sqlmodel import Session

from ttt.errors import InvalidInput, NotAllowed, NotFound
from ttt.models import TrackList
from ttt.services.context import Context
from ttt.services.person import Person
from ttt.store.accounts import users
from ttt.store.lists import track_lists
from ttt.text import one_line

UNDO_FOR = timedelta(days=30)
LONGEST_NAME = 100
MOST = 200


class Access(StrEnum):
    """What others on the server may do with a list."""

    PRIVATE = "private"
    SEE = "see"
    EDIT = "edit"


@dataclass(frozen=True, slots=True)
class ListInfo:
    """A list as the person who asks for it sees it; `owner` is a name."""

    id: int
    name: str
    owner: str
    mine: bool
    trending: bool
    access: Access

    @property
    def can_edit(self) -> bool:
        """Whether the person who asked may change what is on it."""
        return self.mine or self.access is Access.EDIT


def seen_by(context: Context, person: Person) -> list[ListInfo]:
    """The person's lists, the trending list first, then those that others share."""
    with context.session() as session:
        return [
            ListInfo(
                found.id,
                found.name,
                owner,
                found.user_id == person.id,
                found.trending,
                Access(found.access),
            )
            for found, owner in track_lists.seen_by(session, person.id)
        ]


def holding(context: Context, person: Person, uris: Iterable[str]) -> list[ListInfo]:
    """The lists that the person may see on which any of the tracks stands."""
    every = seen_by(context, person)
    ids = [uri.rpartition(":")[2] for uri in uris]
    with context.session() as session:
        found = track_lists.holding(session, [one.id for one in every], ids)
    return [one for one in every if one.id in found]


def create(context: Context, person: Person, name: str) -> int:
    """Make an empty list and return its id; InvalidInput for a name that is taken or too long."""
    with context.session() as session:
        users.touch(session, person.id)
        name = _free_name(session, person, name)
        if len(track_lists.names(session, person.id)) >= MOST:
            raise InvalidInput(f"You have {MOST} lists: delete one first.")
        made = TrackList(user_id=person.id, name=name, created_at=context.now())
        list_id = track_lists.add(session, made).id
        session.commit()
    return list_id


def rename(context: Context, person: Person, list_id: int, name: str) -> None:
    """Give one's own list another name; the trending list keeps its own."""
    with context.session() as session:
        users.touch(session, person.id)
        found = _own(session, person, list_id)
        found.name = _free_name(session, person, name, now=found.name)
        session.commit()


def share(context: Context, person: Person, list_id: int, access: Access) -> None:
    """Let everyone on the server see one's own list, edit it too, or neither."""
    with context.session() as session:
        users.touch(session, person.id)
        opened(session, person, list_id, own=True).access = access
        session.commit()


def delete(context: Context, person: Person, list_id: int) -> None:
    """Delete one's own list, which `restore` brings back within 30 days."""
    with context.session() as session:
        users.touch(session, person.id)
        track_lists.delete_deleted(session, context.now() - UNDO_FOR)
        _own(session, person, list_id).deleted_at = context.now()
        session.commit()


def restore(context: Context, person: Person, list_id: int) -> None:
    """Bring a deleted list back; when its name was taken meanwhile, under one that is free."""
    with context.session() as session:
        users.touch(session, person.id)
        found = track_lists.get(session, list_id)
        if found is None or found.user_id != person.id or found.deleted_at is None:
            raise NotFound("deleted list")
        found.name = _giving_way(found.name, track_lists.names(session, person.id))
        found.deleted_at = None
        session.commit()


def opened(
    session: Session,
    person: Person,
    list_id: int | None,
    *,
    edit: bool = False,
    own: bool = False,
) -> TrackList:
    """A list that the person may see, edit or owns; None names their trending list.

    NotFound for what is deleted, private to somebody else or of a disabled account: that it exists
    is private too.
    """
    if list_id is None:
        list_id = track_lists.trending_id(session, person.id)
    found = track_lists.get(session, list_id)
    if found is None or found.deleted_at is not None:
        raise NotFound("list")
    if found.user_id == person.id:
        return found
    if found.access == Access.PRIVATE or not users.is_enabled(session, found.user_id):
        raise NotFound("list")
    if own or (edit and found.access != Access.EDIT):
        raise NotAllowed
    return found


def require_edit(context: Context, person: Person, list_id: int | None) -> None:
    """Raise NotFound or NotAllowed, before any work is done for it, unless a list can be edited."""
    with context.session() as session:
        opened(session, person, list_id, edit=True)


def _own(session: Session, person: Person, list_id: int) -> TrackList:
    found = opened(session, person, list_id, own=True)
    if found.trending:
        raise InvalidInput("The trending list keeps its name and stays.")
    return found


def _free_name(session: Session, person: Person, name: str, now: str | None = None) -> str:
    """A name for a list that is called something else `now`; InvalidInput where it cannot be."""
    name = one_line(name)
    if not name:
        raise InvalidInput("Give the list a name.")
    if len(name) > LONGEST_NAME:
        raise InvalidInput(f"A name has at most {LONGEST_NAME} characters.")
    others = track_lists.names(session, person.id) - {now}
    if name.casefold() in map(str.casefold, others):
        raise InvalidInput(f"You have a list named “{name}” already.")
    return name


def _giving_way(name: str, others: Iterable[str]) -> str:
    """The name, or what is nearest to it where others have that."""
    taken = set(map(str.casefold, others))
    signs = chain(("", " (restored)"), (f" (restored {number})" for number in count(2)))
    names = (f"{name[: LONGEST_NAME - len(sign)]}{sign}" for sign in signs)
    return next(name for name in names if name.casefold() not in taken)
