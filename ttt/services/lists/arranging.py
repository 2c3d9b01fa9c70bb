"""Moves entries about: to another place, to another list, and what people note on them."""

from collections.abc import Callable, Sequence
from enum import StrEnum

from ttt.errors import InvalidInput, NotFound
from ttt.services.context import Context
from ttt.services.lists import entries, lists
from ttt.services.lists.entries import Removal
from ttt.services.person import Person
from ttt.services.tracks import links
from ttt.store.accounts import users
from ttt.store.lists import entries as store
from ttt.store.tracks import tracks
from ttt.text import one_line, storable

LONGEST_NOTE = 500
LONGEST_TAG, MOST_TAGS = 40, 20

Move = Callable[[list[int], set[int]], list[int]]


class Step(StrEnum):
    """A way to move tracks by one place."""

    UP = "up"
    DOWN = "down"


def step(
    context: Context, person: Person, uris: Sequence[str], way: Step, list_id: int | None = None
) -> None:
    """Move tracks by one place each; those at the end stay where they are."""
    _rearrange(context, person, uris, list_id, _up if way is Step.UP else _down)


def place(
    context: Context, person: Person, uris: Sequence[str], first: int, list_id: int | None = None
) -> None:
    """Put tracks together at a place of the list, from 1, in the order in which they stand."""

    def put(order: list[int], chosen: set[int]) -> list[int]:
        rest = [i for i in order if i not in chosen]
        at = max(first - 1, 0)
        return rest[:at] + [i for i in order if i in chosen] + rest[at:]

    _rearrange(context, person, uris, list_id, put)


def reorder(
    context: Context, person: Person, uris: Sequence[str], list_id: int | None = None
) -> None:
    """Give the list the order of `uris`; tracks that are not among them follow as they stood."""
    places = {links.named(uri): place for place, uri in enumerate(uris)}
    with context.session() as session:
        target = entries.for_writing(session, person, list_id)
        order = [entry.track_id for entry in store.listed(session, target)]
        ids = {i: places[name] for name, i in tracks.ids_of(session, places).items()}
        store.arrange(session, target, sorted(order, key=lambda i: ids.get(i, len(places))))
        session.commit()


def move(
    context: Context,
    person: Person,
    uris: Sequence[str],
    list_id: int | None = None,
    to: int | None = None,
) -> Removal:
    """Put tracks on another list and take them off this one; the removal can be undone."""
    lines, refused = entries.read(enumerate(uris, start=1))
    with context.session() as session:
        # Both owners at once, or two who move tracks there and back could wait for each other.
        both = [lists.opened(session, person, one, edit=True).user_id for one in (list_id, to)]
        users.touch(session, person.id, *both)
        entries.put(context, session, person, lines, refused, list_id=to)
        removal = entries.take_off(context, session, person, uris, list_id)
        session.commit()
    return removal


def note(
    context: Context,
    person: Person,
    uri: str,
    text: str,
    tags: Sequence[str],
    list_id: int | None = None,
) -> None:
    """Keep a note and tags on a track of a list; empty ones are taken away."""
    text = storable(text).strip()
    if len(text) > LONGEST_NOTE:
        raise InvalidInput(f"A note has at most {LONGEST_NOTE} characters.")
    tidied = _tidied(tags)
    with context.session() as session:
        target = entries.for_writing(session, person, list_id)
        spotify_id = links.named(uri)
        track_id = tracks.ids_of(session, [spotify_id]).get(spotify_id, 0)
        if not store.describe(session, target, track_id, text or None, tidied):
            raise NotFound("track on this list")
        session.commit()


def _tidied(tags: Sequence[str]) -> list[str]:
    """Tags once each, however they are capitalised."""
    tidied = {tag.casefold(): tag for given in tags if (tag := one_line(given))}
    if any(len(tag) > LONGEST_TAG for tag in tidied):
        raise InvalidInput(f"A tag has at most {LONGEST_TAG} characters.")
    if len(tidied) > MOST_TAGS:
        raise InvalidInput(f"A track has at most {MOST_TAGS} tags.")
    return list(tidied.values())


def _rearrange(
    context: Context, person: Person, uris: Sequence[str], list_id: int | None, move: Move
) -> None:
    with context.session() as session:
        target = entries.for_writing(session, person, list_id)
        order = [entry.track_id for entry in store.listed(session, target)]
        chosen = set(tracks.ids_of(session, map(links.named, uris)).values())
        store.arrange(session, target, move(order, chosen & set(order)))
        session.commit()


def _up(order: list[int], chosen: set[int]) -> list[int]:
    moved = list(order)
    for at in range(1, len(moved)):
        if moved[at] in chosen and moved[at - 1] not in chosen:
            moved[at - 1], moved[at] = moved[at], moved[at - 1]
    return moved


def _down(order: list[int], chosen: set[int]) -> list[int]:
    return _up(order[::-1], chosen)[::-1]
