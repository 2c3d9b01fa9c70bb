"""Reads tracks with their artists and values, in six statements whatever their number."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

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

# SQLite takes 32,766 parameters in a statement.
_TOGETHER = 10_000


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
    wanted = sorted(set(track_ids))
    details: dict[int, TrackDetails] = {}
    for start in range(0, len(wanted), _TOGETHER):
        details |= _read(session, wanted[start : start + _TOGETHER])
    return details


def _read(session: Session, ids: Sequence[int]) -> dict[int, TrackDetails]:
    tracks = session.exec(select(Track).where(col(Track.id).in_(ids)))
    details = {track.id: TrackDetails(track) for track in tracks}
    credits = (
        select(TrackArtist.track_id, Artist)
        .join(Artist, col(Artist.id) == col(TrackArtist.artist_id))
        .where(col(TrackArtist.track_id).in_(ids))
        .order_by(col(TrackArtist.track_id), col(TrackArtist.position))
    )
    for track_id, artist in session.exec(credits):
        details[track_id].artists.append(artist)
    for features in session.exec(select(AudioFeatures).where(col(AudioFeatures.track_id).in_(ids))):
        details[features.track_id].features.append(features)
    for popularity in session.exec(select(Popularity).where(col(Popularity.track_id).in_(ids))):
        details[popularity.track_id].popularity.append(popularity)
    genres = select(TrackGenre).where(col(TrackGenre.track_id).in_(ids))
    for genre in session.exec(genres.order_by(col(TrackGenre.genre))):
        details[genre.track_id].genres.append(genre)
    for reach in session.exec(select(ReachValue).where(col(ReachValue.track_id).in_(ids))):
        details[reach.track_id].reach.append(reach)
    return details
