"""What is on people's lists: added with a receipt, removed with an undo, put in order.

Where no list is named, the person's trending list is meant.
"""

import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlmodel import Session

from ttt.errors import InvalidInput, NotFound
from ttt.found import FoundTrack, Source
from ttt.models import ListEntry, TrackList
from ttt.services.context import Context
from ttt.services.lists import by_name, describing, lists
from ttt.services.person import Person
from ttt.services.spotify import lookup
from ttt.services.tables.receipt import Line, Receipt, Refusal, Taken, Waiting
from ttt.services.tracks import links, listing
from ttt.services.tracks.rows import TrackRow
from ttt.services.values import enrich, sources
from ttt.store.accounts import users
from ttt.store.lists import entries
from ttt.store.tracks import tracks
from ttt.text import storable

Keeping = Callable[[Session, Receipt], Receipt]


@dataclass(frozen=True, slots=True)
class Removal:
    """Tracks taken off a list together; `name` is what `undo` asks for."""

    name: str
    count: int
    list_id: int | None = None


def listed(context: Context, person: Person, list_id: int | None = None) -> list[TrackRow]:
    """A list in its order: what came last is first unless somebody moved it."""
    with context.session() as session:
        found = lists.opened(session, person, list_id)
        on_it = entries.listed(session, found.id)
        names = _names(session, found, on_it)
        ids = [entry.track_id for entry in on_it]
        rows = listing.rows(session, ids, belief=sources.belief(context), user_id=person.id)
    return [_row(rows[e.track_id], e, names) for e in on_it if e.track_id in rows]


def everyones(context: Context, limit: int = 500) -> list[TrackRow]:
    """The newest entries of all trending lists; a track that several saved is there for each."""
    with context.session() as session:
        newest = entries.everyones(session, limit)
        ids = [entry.track_id for entry, _ in newest]
        rows = listing.rows(session, ids, belief=sources.belief(context))
    return [
        replace(rows[e.track_id], added_at=e.added_at, added_by=name)
        for e, name in newest
        if e.track_id in rows
    ]


def add(
    context: Context,
    person: Person,
    texts: Sequence[str],
    list_id: int | None = None,
    keep: Keeping | None = None,
) -> Receipt:
    """Save tracks by link, URI, id or "artist - title", a line each; the first comes out on top.

    What neither the catalogue nor Spotify can describe now is kept by its URI. `keep` may keep the
    receipt, in the same transaction.
    """
    lists.require_edit(context, person, list_id)
    numbered = enumerate(map(storable, texts), start=1)
    lines, refused, waiting = _named(context, person, *read(numbered))
    wanted = describing.new(context, person, [line.spotify_id for line in lines], list_id)
    answers = lookup.ask(context, person, wanted[: describing.LOOKUPS])
    unknown = [line for line in lines if line.spotify_id in answers.unknown]
    refused += [Refusal(n.row, n.text, "Spotify does not know this track.") for n in unknown]
    known = [line for line in lines if line.spotify_id not in answers.unknown]
    found, source = answers.found.values(), lookup.source(context, person)
    with context.session() as session:
        receipt = put(context, session, person, known, refused, found, source, list_id=list_id)
        receipt = replace(receipt, waiting=waiting)
        receipt = keep(session, receipt) if keep else receipt
        session.commit()
    return receipt


def add_uris(
    context: Context, person: Person, uris: Sequence[str], list_id: int | None = None
) -> Receipt:
    """Save tracks that are in some list already, without asking Spotify."""
    lines, refused = read(enumerate(uris, start=1))
    return save(context, person, lines, refused, list_id=list_id)


def add_found(
    context: Context,
    person: Person,
    found: Sequence[FoundTrack],
    source: Source,
    list_id: int | None = None,
) -> Receipt:
    """Save what a search found."""
    lines = [Line(row, t.uri, t.spotify_id) for row, t in enumerate(found, start=1)]
    if source is Source.CATALOGUE:
        found = ()  # saving brings what the catalogue knows, with the date of its values
    return save(context, person, lines, [], found, source, list_id)


def read(numbered: Iterable[tuple[int, str]]) -> tuple[list[Line], list[Refusal]]:
    """The tracks that texts name, and those texts that name none; blank ones are left out."""
    lines: list[Line] = []
    refused: list[Refusal] = []
    for row, text in numbered:
        if not text.strip():
            continue
        try:
            lines += [Line(row, one, links.parse(one)) for one in links.apart(text) or [text]]
        except InvalidInput as error:
            refused.append(Refusal(row, text, error.reason))
    return lines, refused


def save(
    context: Context,
    person: Person,
    lines: Sequence[Line],
    refused: Iterable[Refusal],
    found: Iterable[FoundTrack] = (),
    source: Source = Source.SPOTIFY,
    list_id: int | None = None,
) -> Receipt:
    """Put tracks on a list in one transaction, with what `source` found of them."""
    with context.session() as session:
        receipt = put(context, session, person, lines, refused, found, source, list_id=list_id)
        session.commit()
    return receipt


def put(  # noqa: PLR0913 - as save, within its caller's transaction
    context: Context,
    session: Session,
    person: Person,
    lines: Sequence[Line],
    refused: Iterable[Refusal],
    found: Iterable[FoundTrack] = (),
    source: Source = Source.SPOTIFY,
    *,
    list_id: int | None = None,
) -> Receipt:
    """Put tracks on a list, as `save` does, in the transaction of a caller."""
    target = for_writing(session, person, list_id)
    ids = tracks.keep(session, [line.spotify_id for line in lines])
    enrich.from_catalogue(context, session, ids)
    tracks.save(session, found, source, context.now())
    in_order = [ids[line.spotify_id] for line in lines]
    new = entries.add(session, target, in_order, context.now(), person.id)
    return Receipt.of(_taken(lines, ids, new), refused)


def remove(
    context: Context, person: Person, uris: Iterable[str] | None, list_id: int | None = None
) -> Removal:
    """Take tracks (None: all) off a list; those that are not there are not counted."""
    with context.session() as session:
        removal = take_off(context, session, person, uris, list_id)
        session.commit()
    return removal


def take_off(
    context: Context,
    session: Session,
    person: Person,
    uris: Iterable[str] | None,
    list_id: int | None,
) -> Removal:
    """Take tracks off a list, as `remove` does, in the transaction of a caller."""
    target = for_writing(session, person, list_id)
    entries.delete_removed(session, context.now() - lists.UNDO_FOR)
    ids = None if uris is None else tracks.ids_of(session, map(links.named, uris)).values()
    name = secrets.token_urlsafe(16)
    count = entries.remove(session, target, ids, name, context.now())
    return Removal(name, count, list_id)


def undo(context: Context, person: Person, removal_name: str, list_id: int | None = None) -> int:
    """Put back what a removal took, in its old place; return how many tracks.

    NotFound when it was undone already, is older than 30 days, or all its tracks were added
    again.
    """
    with context.session() as session:
        target = for_writing(session, person, list_id)
        entries.delete_removed(session, context.now() - lists.UNDO_FOR)
        restored = entries.restore(session, target, removal_name)
        session.commit()
    if not restored:
        raise NotFound("removal")
    return restored


def for_writing(session: Session, person: Person, list_id: int | None) -> int:
    """Id of a list that the person may edit; from here on they and its owner take turns on it."""
    found = lists.opened(session, person, list_id, edit=True)
    users.touch(session, person.id, found.user_id)
    return found.id


def _named(
    context: Context, person: Person, lines: Sequence[Line], refused: Iterable[Refusal]
) -> tuple[list[Line], list[Refusal], tuple[Waiting, ...]]:
    """Give lines that are no links a second chance as artist and title."""
    left = {refusal.row: refusal for refusal in refused}
    names = by_name.split([r.text for r in left.values()])
    named = {n: (r.text, name) for (n, r), name in zip(left.items(), names, strict=True) if name}
    found = by_name.find(context, person, named)
    rest = [refusal for row, refusal in left.items() if row not in named]
    return by_name.in_order([*lines, *found.lines]), rest + found.refused, found.waiting


def _taken(lines: Iterable[Line], ids: Mapping[str, int], new: Iterable[int]) -> Iterable[Taken]:
    left = set(new)
    for line in lines:
        track_id = ids[line.spotify_id]
        yield Taken(line.row, line.text, track_id in left, f"spotify:track:{line.spotify_id}")
        left.discard(track_id)


def _names(session: Session, found: TrackList, on_it: Iterable[ListEntry]) -> dict[int, str]:
    """Who added what, where more than one person can have."""
    alone = found.access != lists.Access.EDIT and {e.added_by for e in on_it} <= {found.user_id}
    return {} if alone else entries.added_by(session, found.id)


def _row(row: TrackRow, entry: ListEntry, names: Mapping[int, str]) -> TrackRow:
    return replace(
        row,
        added_at=entry.added_at,
        added_by=names.get(entry.added_by or 0),
        note=entry.note,
        tags=tuple(entry.tags),
    )
