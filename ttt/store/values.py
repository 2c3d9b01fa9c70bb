"""Values that providers found, and which of them were asked about which tracks."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import select as select_columns
from sqlmodel import Session, SQLModel, col, select

from ttt.found import Finding, Kind, Source, Wanted
from ttt.models import (
    Artist,
    AudioFeatures,
    Lookup,
    Popularity,
    ReachValue,
    Track,
    TrackArtist,
    TrackGenre,
)
from ttt.store.membership import is_among
from ttt.store.tracks import FEATURES
from ttt.store.upsert import insert_from, replace_all, upsert


def save(session: Session, findings: Mapping[int, Finding], source: Source, at: datetime) -> None:
    """Save what a source found, by track id, beside what other sources say."""
    found = sorted(findings.items())
    popularity = [
        {"track_id": i, "source": source, "observed_at": at, "value": f.popularity}
        for i, f in found
        if f.popularity is not None
    ]
    features = [
        {"track_id": i, "source": source, "observed_at": at} | asdict(f.features)
        for i, f in found
        if f.features is not None
    ]
    genres = [{"track_id": i, "source": source, "genre": g} for i, f in found for g in f.genres]
    reach = [
        {"track_id": i, "measure": measure, "observed_at": at, "value": value}
        for i, f in found
        for measure, value in f.reach.items()
    ]
    keys = ["track_id", "source"]
    upsert(session, Popularity, popularity, keys, replace_all("observed_at", "value"))
    upsert(session, AudioFeatures, features, keys, replace_all("observed_at", *FEATURES))
    upsert(session, TrackGenre, genres, [*keys, "genre"])
    fresh = replace_all("observed_at", "value")
    upsert(session, ReachValue, reach, ["track_id", "measure"], fresh)


def save_lookups(session: Session, lookups: Sequence[Lookup]) -> None:
    """Note who was asked about what."""
    rows = [lookup.model_dump() for lookup in lookups]
    keys = ["track_id", "source", "kind"]
    answer = ("found", "provider_id", "asked_at", "ask_again_at")
    upsert(session, Lookup, rows, keys, replace_all(*answer))


def not_due(
    session: Session, track_ids: Iterable[int], source: Source, kind: Kind, now: datetime
) -> set[int]:
    """Track ids that a source was asked about so lately that it need not be asked again."""
    query = select(Lookup.track_id).where(
        is_among(session, Lookup.track_id, track_ids),
        Lookup.source == source,
        Lookup.kind == kind,
        Lookup.ask_again_at > now,
    )
    return set(session.exec(query))


def wanted(session: Session, track_ids: Iterable[int]) -> dict[int, Wanted]:
    """What providers need to know of tracks, by track id; those without artists are left out."""
    query = (
        select(Track, Artist.name)
        .join(
            TrackArtist, (col(TrackArtist.track_id) == Track.id) & (col(TrackArtist.position) == 0)
        )
        .join(Artist, col(Artist.id) == TrackArtist.artist_id)
        .where(is_among(session, Track.id, track_ids))
    )
    return {
        track.id: Wanted(track.spotify_id, track.isrc, track.title, artist)
        for track, artist in session.exec(query)
        if track.id is not None
    }


def known_features(
    session: Session, track_ids: Iterable[int], sources: Iterable[Source]
) -> dict[int, set[str]]:
    """Names of the features that any of the sources knows, by track id."""
    query = select(AudioFeatures).where(
        is_among(session, AudioFeatures.track_id, track_ids),
        col(AudioFeatures.source).in_(list(sources)),
    )
    known: dict[int, set[str]] = {}
    for row in session.exec(query):
        names = {name for name in FEATURES if getattr(row, name) is not None}
        known.setdefault(row.track_id, set()).update(names)
    return known


def with_popularity(
    session: Session, track_ids: Iterable[int], sources: Iterable[Source]
) -> set[int]:
    """Track ids whose popularity any of the sources knows."""
    query = select(Popularity.track_id).where(
        is_among(session, Popularity.track_id, track_ids),
        col(Popularity.source).in_(list(sources)),
    )
    return set(session.exec(query))


def with_genres(session: Session, track_ids: Iterable[int], sources: Iterable[Source]) -> set[int]:
    """Track ids of which any of the sources knows a genre."""
    query = select(TrackGenre.track_id).where(
        is_among(session, TrackGenre.track_id, track_ids),
        col(TrackGenre.source).in_(list(sources)),
    )
    return set(session.exec(query))


def share_by_isrc(session: Session, track_ids: Iterable[int]) -> None:
    """Give tracks the values of the same recording under other Spotify ids."""
    wanted = list(track_ids)
    tracks = SQLModel.metadata.tables[str(Track.__tablename__)]
    own, twin = tracks.alias(), tracks.alias()
    for model in (AudioFeatures, Popularity, TrackGenre):
        table = SQLModel.metadata.tables[str(model.__tablename__)]
        copied = [c for c in table.columns if c.name != "track_id"]
        rows = (
            select_columns(own.c.id, *copied)
            .select_from(own)
            .join(twin, (twin.c.isrc == own.c.isrc) & (twin.c.id != own.c.id))
            .join(table, table.c.track_id == twin.c.id)
            .where(is_among(session, own.c.id, wanted))
        )
        names = ["track_id", *(c.name for c in copied)]
        insert_from(session, model, names, rows)
