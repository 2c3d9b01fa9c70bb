"""Reads tracks with their artists and values, in six statements whatever their number."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from ttt.models import (
    Artist,
    AudioFeatures,
    Popularity,
    ReachValue,
    Track,
    TrackArtist,
    TrackGenre,
)
from ttt.store.membership import is_among


@dataclass(slots=True)
class TrackDetails:
    """A track with everything that is stored of it, from all sources."""

    track: Track
    artists: list[Artist] = field(default_factory=list)
    features: list[AudioFeatures] = field(default_factory=list)
    popularity: list[Popularity] = field(default_factory=list)
    genres: list[TrackGenre] = field(default_factory=list)
    reach: list[ReachValue] = field(default_factory=list)


def read(session: Session, track_ids: Iterable[int]) -> dict[int, TrackDetails]:
    """Details of each track id that is known."""
    ids = sorted(set(track_ids))

    def theirs(of: Any) -> ColumnElement[bool]:
        return is_among(session, of, ids)

    tracks = session.exec(select(Track).where(theirs(Track.id)))
    details = {track.id: TrackDetails(track) for track in tracks}
    credited = (
        select(TrackArtist.track_id, Artist)
        .join(Artist, col(Artist.id) == col(TrackArtist.artist_id))
        .where(theirs(TrackArtist.track_id))
        .order_by(col(TrackArtist.track_id), col(TrackArtist.position))
    )
    for track_id, artist in session.exec(credited):
        details[track_id].artists.append(artist)
    for features in session.exec(select(AudioFeatures).where(theirs(AudioFeatures.track_id))):
        details[features.track_id].features.append(features)
    for popularity in session.exec(select(Popularity).where(theirs(Popularity.track_id))):
        details[popularity.track_id].popularity.append(popularity)
    genres = select(TrackGenre).where(theirs(TrackGenre.track_id))
    for genre in session.exec(genres.order_by(col(TrackGenre.genre))):
        details[genre.track_id].genres.append(genre)
    for reach in session.exec(select(ReachValue).where(theirs(ReachValue.track_id))):
        details[reach.track_id].reach.append(reach)
    return details


def credits(session: Session, track_ids: Iterable[int]) -> Sequence[tuple[int, str]]:
    """Track id and name of each credit, in the order of the credits."""
    query = (
        select(TrackArtist.track_id, Artist.name)
        .join(Artist, col(Artist.id) == col(TrackArtist.artist_id))
        .where(is_among(session, TrackArtist.track_id, track_ids))
        .order_by(col(TrackArtist.track_id), col(TrackArtist.position))
    )
    return session.exec(query).all()
