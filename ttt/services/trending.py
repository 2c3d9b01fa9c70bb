"""Trending lists: what people saved, and what became of each row that they wanted to save."""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from ttt.errors import InvalidInput, NotFound
from ttt.found import FoundTrack, Source
from ttt.providers.catalogue import Catalogue
from ttt.services import enrich, links, listing, lookup, sources, spotify
from ttt.services.accounts import Person
from ttt.services.context import Context
from ttt.services.rows import TrackRow
from ttt.store import tracks, trending, users

LOOKUPS = 20
UNDO_FOR = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row (from 1) that was not taken; `reason` is a whole sentence."""

    row: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """Every row that was not blank is counted once: added, already there or refused."""

    added: int
    already_there: int
    refused: tuple[Refusal, ...] = ()

    def as_json(self) -> dict[str, object]:
        """The same for programs."""
        return {
            "added": self.added,
            "already_there": self.already_there,
            "refused": [{"row": r.row, "reason": r.reason} for r in self.refused],
        }


@dataclass(frozen=True, slots=True)
class Removal:
    """Tracks taken off a list together; `name` is what `undo` asks for."""

    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Line:
    """A row (from 1) and the track that its text names."""

    row: int
    text: str
    spotify_id: str


def listed(context: Context, person: Person) -> list[TrackRow]:
    """The person's list, newest first."""
    with context.session() as session:
        entries = trending.listed(session, person.id)
        ids = [entry.track_id for entry in entries]
        rows = listing.rows(session, ids, belief=sources.belief(context), user_id=person.id)
    return [replace(rows[e.track_id], added_at=e.added_at) for e in entries if e.track_id in rows]


def everyones(context: Context, limit: int = 500) -> list[TrackRow]:
    """The newest entries of all lists; a track that several people saved is there for each."""
    with context.session() as session:
        entries = trending.everyones(session, limit)
        ids = [entry.track_id for entry, _ in entries]
        rows = listing.rows(session, ids, belief=sources.belief(context))
    return [
        replace(rows[e.track_id], added_at=e.added_at, added_by=name)
        for e, name in entries
        if e.track_id in rows
    ]


def add(context: Context, person: Person, texts: Sequence[str]) -> Receipt:
    """Save the tracks that links, URIs or ids name, a line each; the first becomes the newest.

    What neither the catalogue nor Spotify can describe now is kept by its URI.
    """
    lines, refused = read(enumerate(texts, start=1))
    wanted = _to_look_up(context, person, [line.spotify_id for line in lines])
    answers = lookup.ask(context, person, wanted[:LOOKUPS])
    unknown = [line for line in lines if line.spotify_id in answers.unknown]
    refused += [Refusal(n.row, n.text, "Spotify does not know this track.") for n in unknown]
    known = [line for line in lines if line.spotify_id not in answers.unknown]
    return save(context, person, known, refused, answers.found.values(), lookup.source(context))


def add_uris(context: Context, person: Person, uris: Sequence[str]) -> Receipt:
    """Save tracks that are in some list already, without asking Spotify."""
    lines, refused = read(enumerate(uris, start=1))
    return save(context, person, lines, refused)


def add_found(
    context: Context, person: Person, found: Sequence[FoundTrack], source: Source
) -> Receipt:
    """Save what a search found."""
    lines = [Line(row, t.uri, t.spotify_id) for row, t in enumerate(found, start=1)]
    if source is Source.CATALOGUE:
        found = ()  # saving brings what the catalogue knows, with the date of its values
    return save(context, person, lines, [], found, source)


def read(numbered: Iterable[tuple[int, str]]) -> tuple[list[Line], list[Refusal]]:
    """The tracks that texts name, and those texts that name none; blank ones are left out."""
    lines: list[Line] = []
    refused: list[Refusal] = []
    for row, text in numbered:
        if not text.strip():
            continue
        try:
            lines.append(Line(row, text, links.parse(text)))
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
) -> Receipt:
    """Put tracks on the person's list in one transaction, with what `source` found of them.

    Descriptions of an upload are taken only for tracks that nobody else described.
    """
    with context.session() as session:
        users.touch(session, person.id)
        ids = tracks.keep(session, [line.spotify_id for line in lines])
        enrich.from_catalogue(context, session, ids)
        if source is Source.UPLOAD:
            untitled = tracks.untitled(session, ids.values())
            found = [track for track in found if track.spotify_id in untitled]
        tracks.save(session, found, source, context.now())
        in_order = [ids[line.spotify_id] for line in lines]
        added = trending.add(session, person.id, in_order, context.now())
        session.commit()
    return Receipt(added, len(lines) - added, tuple(sorted(refused, key=lambda r: r.row)))


def remove(context: Context, person: Person, uris: Iterable[str]) -> Removal:
    """Take tracks off the person's list; those that are not there are not counted."""
    return _remove(context, person, [links.parse(uri) for uri in uris])


def remove_all(context: Context, person: Person) -> Removal:
    """Empty the person's list."""
    return _remove(context, person, None)


def undo(context: Context, person: Person, removal_name: str) -> int:
    """Put back what a removal took, in its old place; return how many tracks.

    NotFound when it was undone already, is older than 30 days, or all its tracks were added
    again.
    """
    with context.session() as session:
        users.touch(session, person.id)
        trending.delete_removed(session, context.now() - UNDO_FOR)
        restored = trending.restore(session, person.id, removal_name)
        session.commit()
    if not restored:
        raise NotFound("removal")
    return restored


def describe_pending(context: Context, person: Person, limit: int = LOOKUPS) -> int:
    """Describe tracks on the person's list that nobody reliable did; return how many were.

    Raises the SpotifyError that stopped it, after saving what came before.
    """
    with context.session() as session:
        entries = trending.listed(session, person.id)
        track_ids = [entry.track_id for entry in entries]
        pending = tracks.undescribed(session, track_ids, context.settings.demo)
    if not pending:
        return 0
    catalogue = Catalogue.load(context.settings.catalogue_file)
    known = {spotify_id for spotify_id in pending if catalogue.track(spotify_id)}
    answers = lookup.ask(context, person, sorted(pending - known)[:limit])
    with context.session() as session:
        if known or answers.found:
            users.touch_all(session)  # a track looks the same in everybody's list
        enrich.from_catalogue(context, session, known)
        tracks.save(session, answers.found.values(), lookup.source(context), context.now())
        if not context.settings.demo:
            tracks.mark_not_found(session, answers.unknown, context.now())
        session.commit()
    if answers.trouble is not None:
        raise answers.trouble
    return len(known) + len(answers.found)


def _to_look_up(context: Context, person: Person, spotify_ids: Iterable[str]) -> list[str]:
    """New tracks, once each, that only Spotify could describe; none when it cannot be asked."""
    connection = spotify.connection(context, person)
    if connection is None or not connection.usable:
        return []
    wanted = list(dict.fromkeys(spotify_ids))
    with context.session() as session:
        known = tracks.ids_of(session, wanted)
        pending = tracks.undescribed(session, known.values(), context.settings.demo)
        there = trending.listed_ids(session, person.id, known.values())
    catalogue = Catalogue.load(context.settings.catalogue_file)
    return [
        i
        for i in wanted
        if catalogue.track(i) is None
        and (i not in known or (i in pending and known[i] not in there))
    ]


def _remove(context: Context, person: Person, spotify_ids: Sequence[str] | None) -> Removal:
    name = secrets.token_urlsafe(16)
    with context.session() as session:
        users.touch(session, person.id)
        trending.delete_removed(session, context.now() - UNDO_FOR)
        track_ids = None
        if spotify_ids is not None:
            track_ids = list(tracks.ids_of(session, spotify_ids).values())
        count = trending.remove(session, person.id, track_ids, name, context.now())
        session.commit()
    return Removal(name, count)
