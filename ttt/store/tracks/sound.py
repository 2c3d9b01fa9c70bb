"""What is stored of how tracks sound, of all tracks at once."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select as select_columns
from sqlmodel import Session, col, func

from ttt.models import AudioFeatures, Track

Stamp = tuple[int, int, datetime | None]


def stamp(session: Session) -> Stamp:
    """Something that is another one whenever features were saved or deleted."""
    query = select_columns(
        func.count(), func.sum(col(AudioFeatures.track_id)), func.max(AudioFeatures.observed_at)
    ).select_from(AudioFeatures)
    count, ids, newest = session.execute(query).one()
    return count, int(ids or 0), newest


def features(session: Session, names: Sequence[str]) -> Sequence[Sequence[Any]]:
    """Spotify id, source and the named features of each track and source."""
    query = select_columns(
        col(Track.spotify_id),
        col(AudioFeatures.source),
        *(getattr(AudioFeatures, name) for name in names),
    ).join(Track, col(Track.id) == AudioFeatures.track_id)
    query = query.where(col(Track.spotify_id).is_not(None))
    return session.execute(query).all()
