"""Saves tracks as providers find them, in a fixed number of statements whatever their number."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Table, case, func, literal_column, text
from sqlmodel import Session, col, delete, or_, select, update

from ttt.found import FoundArtist, FoundFeatures, FoundTrack, Source
from ttt.models import (
    Artist,
    AudioFeatures,
    Popularity,
    Track,
    TrackArtist,
    TrackGenre,
)
from ttt.store.membership import as_json, is_among
from ttt.store.upsert import replace_all, upsert

FEATURES = tuple(f.name for f in fields(FoundFeatures))
# Sets something in any case, so that nobody deletes them before this transaction ends.
_KEEP = (
    "INSERT INTO track (spotify_id) SELECT value FROM {} WHERE true"
    " ON CONFLICT (spotify_id) DO UPDATE SET title = track.title RETURNING spotify_id, id"
)
_LIST_ON_SQLITE, _LIST_ON_POSTGRESQL = (
    "json_each(:ids)",
    "json_array_elements_text(CAST(:ids AS json))",
)
_DESCRIPTION = ("title", "album", "release_date", "duration_ms", "explicit", "isrc", "cover_url")


def save(
    session: Session, found: Iterable[FoundTrack], source: Source, at: datetime
) -> dict[str, int]:
    """Save descriptions and values of tracks; return the track id of each Spotify id.

    A description never replaces one by a source that is believed more; values of different
    sources stand side by side.
    """
    tracks = list({track.spotify_id: track for track in found}.values())
    _save_descriptions(session, tracks, source, at)
    ids = ids_of(session, [track.spotify_id for track in tracks])
    save_artists(session, _credited_now(session, tracks, ids, source, at), source)
    _save_values(session, tracks, ids, source, at)
    return ids


def keep(session: Session, spotify_ids: Iterable[str]) -> dict[str, int]:
    """Save tracks of which only the id is known; return the track id of each Spotify id."""
    wanted = sorted(set(spotify_ids))
    if not wanted:
        return {}
    # All of them as one parameter: a tenth of the time of a statement for each.
    on_postgresql = session.get_bind().dialect.name == "postgresql"
    given = _LIST_ON_POSTGRESQL if on_postgresql else _LIST_ON_SQLITE
    kept = session.connection().execute(text(_KEEP.format(given)), {"ids": as_json(wanted)})
    return dict(map(tuple, kept))


def ids_of(session: Session, spotify_ids: Iterable[str]) -> dict[str, int]:
    """Track ids of the Spotify ids that are known."""
    query = select(Track.spotify_id, Track.id).where(
        is_among(session, Track.spotify_id, spotify_ids)
    )
    return {spotify_id: i for spotify_id, i in session.exec(query) if spotify_id}


def ids_of_recordings(session: Session, isrcs: Iterable[str]) -> dict[str, list[int]]:
    """Ids of Spotify's tracks of each recording that is known; one can have several."""
    ids: dict[str, list[int]] = {}
    query = select(Track.isrc, Track.id).where(
        is_among(session, Track.isrc, isrcs), col(Track.spotify_id).is_not(None)
    )
    for isrc, track_id in session.exec(query.order_by(col(Track.id))):
        if isrc:
            ids.setdefault(isrc, []).append(track_id)
    return ids


def untitled(session: Session, track_ids: Iterable[int]) -> set[str]:
    """Spotify ids of the tracks that nobody described at all."""
    query = select(Track.spotify_id).where(
        is_among(session, Track.id, track_ids), col(Track.title).is_(None)
    )
    return {spotify_id for spotify_id in session.exec(query) if spotify_id}


def undescribed(session: Session, track_ids: Iterable[int], demo: bool) -> set[str]:
    """Spotify ids of the tracks that Spotify should describe: nobody, or nobody reliable, did.

    Left out are those that Spotify was asked for already and does not know.
    """
    unreliable = [Source.UPLOAD] if demo else [Source.UPLOAD, Source.DEMO]
    query = select(Track.spotify_id).where(
        is_among(session, Track.id, track_ids),
        col(Track.not_found_at).is_(None),
        or_(col(Track.title).is_(None), col(Track.described_by).in_(unreliable)),
    )
    return {spotify_id for spotify_id in session.exec(query) if spotify_id}


def mark_not_found(session: Session, spotify_ids: Iterable[str], at: datetime) -> None:
    """Keep in mind that Spotify does not know these tracks."""
    session.exec(
        update(Track)
        .where(is_among(session, Track.spotify_id, spotify_ids))
        .values(not_found_at=at)
    )


def _lock(table: Table, _new: Any) -> Mapping[str, ColumnElement[Any]]:
    # Changes nothing, but nobody else can delete the row before this transaction ends. The
    # column must be no key, or whoever refers to the row would have to wait as well.
    return {"name": table.c["name"]}


def _save_descriptions(
    session: Session, tracks: Sequence[FoundTrack], source: Source, at: datetime
) -> None:
    rows = [
        {"spotify_id": track.spotify_id, "described_by": source, "described_at": at}
        | {name: getattr(track, name) for name in _DESCRIPTION}
        for track in tracks
    ]
    upsert(session, Track, rows, ["spotify_id"], _better_description)


def _better_description(table: Table, new: Any) -> Mapping[str, ColumnElement[Any]]:
    # The lower rank describes better; a missing field never wipes a known one of the same rank.
    better = _rank(new.described_by) < _rank(table.c.described_by)
    equal = _rank(new.described_by) == _rank(table.c.described_by)
    merged = {
        name: case(
            (better, new[name]),
            (equal, func.coalesce(new[name], table.c[name])),
            else_=table.c[name],
        )
        for name in _DESCRIPTION
    }
    taken = or_(better, equal)
    return merged | {
        name: case((taken, new[name]), else_=table.c[name])
        for name in ("described_by", "described_at")
    }


def _rank(described_by: ColumnElement[Any]) -> ColumnElement[int]:
    # Written out, or each row would carry these constants as parameters: three times slower.
    ranks: dict[Any, Any] = {
        literal_column(f"'{source.value}'"): literal_column(str(rank))
        for rank, source in enumerate(Source)
    }
    return case(ranks, value=described_by, else_=literal_column(str(len(ranks))))


def _credited_now(
    session: Session,
    tracks: Sequence[FoundTrack],
    ids: Mapping[str, int],
    source: Source,
    at: datetime,
) -> dict[int, tuple[FoundArtist, ...]]:
    query = select(Track.id).where(
        is_among(session, Track.id, ids.values()),
        Track.described_by == source,
        Track.described_at == at,
    )
    taken = set(session.exec(query))
    return {
        ids[t.spotify_id]: t.artists for t in tracks if t.artists and ids[t.spotify_id] in taken
    }


def save_artists(
    session: Session, credits: Mapping[int, Sequence[FoundArtist]], source: Source
) -> None:
    """Save who made each track, in the place of who was said to have made it."""
    artists = {_identity(a): a for names in credits.values() for a in names}
    rows = [
        {"identity": identity, "spotify_id": artist.spotify_id, "name": artist.name}
        for identity, artist in artists.items()
    ]
    # Only Spotify knows when an artist changes names; elsewhere the first spelling stays.
    renamed = replace_all("name") if source is Source.SPOTIFY else _lock
    upsert(session, Artist, rows, ["identity"], renamed)
    query = select(Artist.identity, Artist.id).where(is_among(session, Artist.identity, artists))
    ids = dict(session.exec(query).all())
    session.exec(delete(TrackArtist).where(is_among(session, TrackArtist.track_id, credits)))
    links = [
        {"track_id": track_id, "position": position, "artist_id": ids[_identity(artist)]}
        for track_id, names in credits.items()
        for position, artist in enumerate(names)
    ]
    upsert(session, TrackArtist, links, ["track_id", "position"], replace_all("artist_id"))


def _identity(artist: FoundArtist) -> str:
    return artist.spotify_id or f"name:{artist.name.casefold()}"


def _save_values(
    session: Session,
    tracks: Sequence[FoundTrack],
    ids: Mapping[str, int],
    source: Source,
    at: datetime,
) -> None:
    def base(track: FoundTrack) -> dict[str, Any]:
        return {"track_id": ids[track.spotify_id], "source": source}

    popularity = [
        base(t) | {"observed_at": at, "value": t.popularity}
        for t in tracks
        if t.popularity is not None
    ]
    features = [
        base(t) | {"observed_at": at} | asdict(t.features) for t in tracks if t.features is not None
    ]
    genres = [base(t) | {"genre": genre} for t in tracks for genre in t.genres]
    keys = ("track_id", "source")
    upsert(session, Popularity, popularity, keys, replace_all("observed_at", "value"))
    upsert(session, AudioFeatures, features, keys, replace_all("observed_at", *FEATURES))
    upsert(session, TrackGenre, genres, (*keys, "genre"))
