"""What charts need to know of every track that somebody played, as plain rows."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import select as select_columns
from sqlmodel import Session, col

from ttt.models import (
    AudioFeatures,
    PersonalValue,
    Popularity,
    Track,
    TrackGenre,
)
from ttt.store.membership import is_among
from ttt.store.plays import shown
from ttt.store.plays.shown import OwnName
from ttt.store.tracks import details

Rows = Sequence[Sequence[Any]]
FEATURES = ("energy", "valence", "tempo", "key", "mode")


class Played(NamedTuple):
    """Rows of some tracks, each beginning with the track's id.

    `tracks`: Spotify id, title, album, release date, length, cover. `artists`: names in the
    order of the credits. `features`, `popularity`, `genres`: the source, then what it says.
    `own`: field, source and value that the person set; `called`: what their files call those that
    nobody else describes, by the track's id.
    """

    tracks: Rows
    artists: Rows
    features: Rows
    popularity: Rows
    genres: Rows
    own: Rows
    called: Mapping[int, OwnName]


def read(session: Session, user_id: int, track_ids: Sequence[int]) -> Played:
    """All that is known of the tracks, and what the person set by hand."""
    ids = list(track_ids)

    def rows(model: Any, *columns: Any, key: str = "track_id") -> Rows:
        of = getattr(model, key)
        return session.execute(select_columns(of, *columns).where(is_among(session, of, ids))).all()

    described = ("spotify_id", "title", "album", "release_date", "duration_ms", "cover_url")
    return Played(
        tracks=rows(Track, *(getattr(Track, name) for name in described), key="id"),
        artists=details.credits(session, ids),
        features=rows(
            AudioFeatures,
            AudioFeatures.source,
            *(getattr(AudioFeatures, name) for name in FEATURES),
        ),
        popularity=rows(Popularity, Popularity.source, Popularity.value),
        genres=rows(TrackGenre, TrackGenre.source, TrackGenre.genre),
        own=_own(session, user_id, ids),
        called=shown.own_names(session, user_id, ids),
    )


def _own(session: Session, user_id: int, ids: Sequence[int]) -> Rows:
    query = (
        select_columns(
            col(PersonalValue.track_id),
            col(PersonalValue.field),
            col(PersonalValue.source),
            col(PersonalValue.value),
        )
        .where(col(PersonalValue.user_id) == user_id)
        .where(is_among(session, PersonalValue.track_id, ids))
    )
    return session.execute(query).all()
