"""Turns stored tracks into rows: of each value the first source in the order of belief."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from sqlmodel import Session

from ttt.found import Kind, Reach, Source
from ttt.models import AudioFeatures, OwnDescription, PersonalValue, Popularity, TrackGenre
from ttt.services.tracks.rows import TrackRow, Value
from ttt.store.tracks import details as track_details
from ttt.store.tracks.details import TrackDetails
from ttt.store.tracks.tracks import FEATURES
from ttt.store.values import descriptions, personal

Belief = Mapping[Kind, Sequence[Source]]
AS_LISTED: Belief = {kind: tuple(Source) for kind in Kind}
_SOURCE_OF = {
    Reach.DEEZER_RANK: Source.DEEZER,
    Reach.LASTFM_LISTENERS: Source.LASTFM,
    Reach.LASTFM_PLAYCOUNT: Source.LASTFM,
}
_T = TypeVar("_T", PersonalValue, AudioFeatures, Popularity, TrackGenre)


def rows(
    session: Session,
    track_ids: Iterable[int],
    *,
    belief: Belief = AS_LISTED,
    user_id: int | None = None,
) -> dict[int, TrackRow]:
    """A row for each track id that is known, without a place in a list yet.

    Values that the person with `user_id` set by hand or brought in a file come before all others;
    what their file calls a track is shown where nobody else describes it.
    """
    details = track_details.read(session, track_ids)
    own: dict[int, list[PersonalValue]] = defaultdict(list)
    described: dict[int, OwnDescription] = {}
    if user_id is not None:
        for value in personal.read(session, user_id, details):
            own[value.track_id].append(value)
        described = descriptions.read(session, user_id, details)
    found = {i: _row(detail, own[i], belief) for i, detail in details.items()}
    return found | {i: _described(found[i], said) for i, said in described.items()}


def _described(row: TrackRow, said: OwnDescription) -> TrackRow:
    """A row with what the person's file says where nobody else does; genres as values: before."""
    if row.title is None and said.title:
        artists = tuple(said.artists)
        row = replace(row, title=said.title, artists=artists, named_by=Source.FILE)
    year = int(said.release_date[:4]) if said.release_date else None
    return replace(
        row,
        album=row.album or said.album,
        release_year=row.release_year or year,
        duration_ms=row.duration_ms or said.duration_ms,
        genres=tuple(said.genres) or row.genres,
        genre_source=Source.FILE if said.genres else row.genre_source,
    )


def _row(detail: TrackDetails, own: Sequence[PersonalValue], belief: Belief) -> TrackRow:
    track = detail.track
    genres = _genres(detail, belief[Kind.GENRES])
    return TrackRow(
        uri=f"spotify:track:{track.spotify_id}" if track.spotify_id else "",
        title=track.title,
        artists=tuple(artist.name for artist in detail.artists),
        artist_uris=tuple(f"spotify:artist:{a.spotify_id}" for a in detail.artists if a.spotify_id),
        album=track.album,
        release_year=int(track.release_date[:4]) if track.release_date else None,
        duration_ms=track.duration_ms,
        cover_url=track.cover_url,
        genres=tuple(genre.genre for genre in genres),
        genre_source=Source(genres[0].source) if genres else None,
        values=_values(detail, own, belief),
    )


def _genres(detail: TrackDetails, order: Sequence[Source]) -> list[TrackGenre]:
    """Genres of the first source that knows any: names of several would only repeat each other."""
    believed = _believed(detail.genres, order)
    return [genre for genre in believed if genre.source == believed[0].source]


def _values(detail: TrackDetails, own: Sequence[PersonalValue], belief: Belief) -> dict[str, Value]:
    values: dict[str, Value] = {}
    for mine in _believed(own, tuple(Source)):
        observed = Value(mine.value, Source(mine.source), mine.observed_at)
        values.setdefault(mine.field, observed)
    for popularity in _believed(detail.popularity, belief[Kind.POPULARITY]):
        observed = Value(popularity.value, Source(popularity.source), popularity.observed_at)
        values.setdefault("popularity", observed)
    for features in _believed(detail.features, belief[Kind.FEATURES]):
        for name in FEATURES:
            number = getattr(features, name)
            if number is not None:
                source = Source(features.source)
                values.setdefault(name, Value(number, source, features.observed_at))
    for reach in detail.reach:
        source = _SOURCE_OF[Reach(reach.measure)]
        values[reach.measure] = Value(reach.value, source, reach.observed_at)
    return values


def _believed(found: Sequence[_T], order: Sequence[Source]) -> list[_T]:
    """What the sources in an order say, the most believed first."""
    places = {source.value: place for place, source in enumerate(order)}
    return sorted((f for f in found if f.source in places), key=lambda f: places[f.source])
