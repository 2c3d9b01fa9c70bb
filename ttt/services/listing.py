"""Turns stored tracks into rows: of each value the first source in the order of belief."""

from collections.abc import Iterable

from sqlmodel import Session

from ttt.found import Source
from ttt.services.rows import TrackRow, Value
from ttt.store import track_details
from ttt.store.track_details import TrackDetails
from ttt.store.tracks import FEATURES

_ORDER = {source.value: place for place, source in enumerate(Source)}


def rows(session: Session, track_ids: Iterable[int]) -> dict[int, TrackRow]:
    """A row for each track id that is known, without a place in a list yet."""
    details = track_details.read(session, track_ids)
    return {track_id: _row(detail) for track_id, detail in details.items()}


def _row(detail: TrackDetails) -> TrackRow:
    track = detail.track
    return TrackRow(
        uri=f"spotify:track:{track.spotify_id}",
        title=track.title,
        artists=tuple(artist.name for artist in detail.artists),
        artist_uris=tuple(f"spotify:artist:{a.spotify_id}" for a in detail.artists if a.spotify_id),
        album=track.album,
        release_year=int(track.release_date[:4]) if track.release_date else None,
        duration_ms=track.duration_ms,
        cover_url=track.cover_url,
        genres=tuple(dict.fromkeys(genre.genre for genre in detail.genres)),
        values=_values(detail),
    )


def _values(detail: TrackDetails) -> dict[str, Value]:
    values: dict[str, Value] = {}
    for popularity in sorted(detail.popularity, key=lambda p: _ORDER[p.source]):
        observed = Value(popularity.value, Source(popularity.source), popularity.observed_at)
        values.setdefault("popularity", observed)
    for features in sorted(detail.features, key=lambda f: _ORDER[f.source]):
        for name in FEATURES:
            number = getattr(features, name)
            if number is not None:
                source = Source(features.source)
                values.setdefault(name, Value(number, source, features.observed_at))
    return values
