"""A person's frame, from what the store keeps."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import numpy as np
from sqlmodel import Session

from ttt.found import Kind, Source
from ttt.models import Hidden as HiddenRow
from ttt.services.context import Context
from ttt.services.explain.clocks import zone_named
from ttt.services.person import Person
from ttt.services.plays import recordings
from ttt.services.plays.frame import silences
from ttt.services.plays.frame.building import Hidden, columns_of, of_columns
from ttt.services.plays.frame.columns import Frame, Gap
from ttt.services.plays.frame.tracks import PlayedTrack
from ttt.services.plays.frame.zone import DAY
from ttt.services.values import sources
from ttt.store.accounts import users
from ttt.store.plays import choices, gaps, played, told
from ttt.store.plays.derived import pages
from ttt.store.plays.played import FEATURES, Played

_UNTITLED = "Unknown track"
# Artists that only a person's file names are nobody's else.
Belief = Mapping[Kind, Sequence[Source]]
Joined = Mapping[int, int]
"""The recording of each track."""


def revision(context: Context, person: Person) -> int:
    """Another number whenever other plays of theirs count."""
    with context.session() as session:
        return told.revision(session, person.id)


def has_any(context: Context, person: Person) -> bool:
    """Whether any play of theirs counts, at the cost of one small query."""
    with context.session() as session:
        return any(pages.years(session, person.id).values())


def load(context: Context, person: Person, zone: str = "UTC") -> Frame:
    """All plays of theirs that count, private ones too; `zone` where none is kept for them."""
    belief = sources.belief(context)
    with context.session() as session:
        kept = pages.read(session, person.id)
        columns = columns_of(page.data for page in kept if page.data)
        ids = np.unique(columns["track"]).tolist()
        rules = choices.hidden(session, person.id)
        named = {rule.track_id for rule in rules if rule.track_id is not None}
        joined = recordings.of(session, person.id, {*ids, *named})
        tracks = _tracks(session, person.id, ids, joined, belief)
        holes = [
            Gap(_seconds(gap.from_at), _seconds(gap.until_at), gap.reason)
            for gap in gaps.of_user(session, person.id, open_only=True)
        ] + silences.until(columns["started"] // DAY, _day(context.now()))
        hidden = [_hidden(rule, tracks, joined) for rule in rules]
        own_zone = users.time_zone(session, person.id)
    return of_columns(columns, tracks, _known(own_zone or zone), holes, hidden)


def _known(zone: str) -> str:
    """The zone, if this machine knows it."""
    found = zone_named(zone)
    return "UTC" if found is None else found.key


def _day(at: datetime) -> int:
    return _seconds(at) // DAY


def _seconds(at: datetime) -> int:
    return int(at.timestamp())


def _tracks(
    session: Session, user_id: int, ids: Sequence[int], joined: Joined, belief: Belief
) -> list[PlayedTrack]:
    rows = played.read(session, user_id, ids)
    artists: dict[int, list[str]] = defaultdict(list)
    for track_id, name in rows.artists:
        artists[track_id].append(name)
    for track_id, own in rows.called.items():
        artists[track_id] = list(own.artists)
    values = _values(rows, belief)
    genres = _genres(rows, belief[Kind.GENRES])
    return [
        PlayedTrack(
            id=track_id,
            title=title or _called(rows, track_id, "title") or _UNTITLED,
            artists=tuple(artists[track_id]),
            uri=f"spotify:track:{spotify_id}" if spotify_id else None,
            album=album or _called(rows, track_id, "album"),
            recording=joined.get(track_id),
            duration_ms=duration_ms,
            release_year=_year(release_date),
            cover_url=cover_url,
            genres=genres.get(track_id, ()),
            **_numbers(values.get(track_id, {})),
        )
        for track_id, spotify_id, title, album, release_date, duration_ms, cover_url in rows.tracks
    ]


def _called(rows: Played, track_id: int, what: str) -> str | None:
    return getattr(rows.called.get(track_id), what, None)


def _year(date: str | None) -> int | None:
    return int(date[:4]) if date and date[:4].isdigit() and int(date[:4]) > 0 else None


def _numbers(values: Mapping[str, float]) -> dict[str, Any]:
    """Values as a track has them; Spotify's key -1 is unknown."""
    found: dict[str, Any] = dict(values)
    key, mode = values.get("key"), values.get("mode")
    known = key in range(12) and mode in (0, 1)
    found["key"] = int(key) if known and key is not None else None
    found["mode"] = int(mode) if known and mode is not None else None
    return found


def _values(rows: Played, belief: Belief) -> dict[int, dict[str, float]]:
    """Of each value what the first source says: the person, then others as they are believed."""
    found: dict[int, dict[str, float]] = defaultdict(dict)
    by_hand = _order(tuple(Source))
    wanted = {*FEATURES, "popularity"}
    for track_id, field, _, value in sorted(rows.own, key=lambda row: by_hand.get(row[2], 99)):
        if field in wanted:
            found[track_id].setdefault(field, value)
    for track_id, _, value in _believed(rows.popularity, belief[Kind.POPULARITY]):
        found[track_id].setdefault("popularity", value)
    for track_id, _, *features in _believed(rows.features, belief[Kind.FEATURES]):
        for name, value in zip(FEATURES, features, strict=True):
            if value is not None:
                found[track_id].setdefault(name, value)
    return found


def _genres(rows: Played, order: Sequence[Source]) -> dict[int, tuple[str, ...]]:
    """Genres of the first source that knows any, as lists show them."""
    first: dict[int, str] = {}
    found: dict[int, list[str]] = defaultdict(list)
    for track_id, source, genre in _believed(rows.genres, order):
        if first.setdefault(track_id, source) == source:
            found[track_id].append(genre)
    return {track_id: tuple(sorted(set(names))) for track_id, names in found.items()}


def _believed(rows: Sequence[Sequence[Any]], order: Sequence[Source]) -> list[Sequence[Any]]:
    """Rows of the sources that are believed, the most believed first."""
    places = _order(order)
    return sorted((r for r in rows if r[1] in places), key=lambda row: places[row[1]])


def _order(order: Sequence[Source]) -> dict[str, int]:
    return {source.value: place for place, source in enumerate(order)}


def _hidden(rule: HiddenRow, tracks: Sequence[PlayedTrack], joined: Joined) -> Hidden:
    """The tracks that a rule names; a rule that names none is about all."""
    found = frozenset(track.id for track in tracks if _is_named(rule, track, joined))
    start, end = (None if at is None else _seconds(at) for at in (rule.from_at, rule.until_at))
    return Hidden(found, start, end)


def _is_named(rule: HiddenRow, track: PlayedTrack, joined: Joined) -> bool:
    if rule.track_id is not None:
        # Whoever hides a song does not care under which of its ids it was played.
        return joined.get(track.id, track.id) == joined.get(rule.track_id, rule.track_id)
    if rule.album is not None and track.album != rule.album:
        return False
    return rule.artist is None or rule.artist in track.artists
