"""Values that providers found, and which of them were asked about which tracks."""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Table, case
from sqlalchemy import select as select_columns
from sqlmodel import Session, SQLModel, col, delete, select

from ttt.found import Finding, Source, Wanted
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
from ttt.store import ahead
from ttt.store.membership import is_among
from ttt.store.tracks.tracks import FEATURES
from ttt.store.upsert import insert_from, replace_all, upsert

_LOOKUP = ("track_id", "source", "kind")


@dataclass(frozen=True, slots=True)
class Known:
    """What decides who should be asked about some tracks; all but `wanted` goes by who said it.

    `features` are names of those that are not None. `lately` are look-ups that are not due again.
    """

    wanted: Mapping[int, Wanted]
    features: Mapping[tuple[int, str], frozenset[str]]
    popularity: AbstractSet[tuple[int, str]]
    genres: AbstractSet[tuple[int, str]]
    lately: AbstractSet[tuple[int, str, str]]


def known(session: Session, track_ids: Iterable[int], now: datetime) -> Known:
    """Read what is stored of tracks, in five statements whatever their number."""
    ids = sorted(track_ids)
    features = select_columns(
        col(AudioFeatures.track_id),
        col(AudioFeatures.source),
        *(getattr(AudioFeatures, name) for name in FEATURES),
    ).where(is_among(session, AudioFeatures.track_id, ids))
    popularity = select(Popularity.track_id, Popularity.source)
    genres = select(TrackGenre.track_id, TrackGenre.source).distinct()
    lookups = select(Lookup.track_id, Lookup.source, Lookup.kind).where(
        Lookup.ask_again_at > now, Lookup.asked_at <= ahead.not_yet(now)
    )
    return Known(
        _wanted(session, ids),
        {(i, source): _names(numbers) for i, source, *numbers in session.execute(features)},
        set(session.exec(popularity.where(is_among(session, Popularity.track_id, ids)))),
        set(session.exec(genres.where(is_among(session, TrackGenre.track_id, ids)))),
        set(session.exec(lookups.where(is_among(session, Lookup.track_id, ids)))),
    )


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
    reach = [
        {"track_id": i, "measure": measure, "observed_at": at, "value": value}
        for i, f in found
        for measure, value in f.reach.items()
    ]
    keys, number = ("track_id", "source"), replace_all("observed_at", "value")
    upsert(session, Popularity, popularity, keys, number)
    upsert(session, AudioFeatures, features, keys, replace_all("observed_at", *FEATURES))
    upsert(session, ReachValue, reach, ("track_id", "measure"), number)
    _replace_genres(session, {i: f.genres for i, f in found if f.genres}, source)


def save_lookups(session: Session, lookups: Sequence[Lookup]) -> None:
    """Note who was asked about what."""
    answer = replace_all("found", "provider_id", "asked_at", "ask_again_at")
    upsert(session, Lookup, [lookup.model_dump() for lookup in lookups], _LOOKUP, answer)


def postpone(session: Session, lookups: Sequence[Lookup]) -> None:
    """Note that who was asked gave no answer: what an earlier one brought still holds."""
    rows = [lookup.model_dump() for lookup in lookups]
    upsert(session, Lookup, rows, _LOOKUP, _postponed)


def _postponed(table: Table, new: Any) -> Mapping[str, ColumnElement[Any]]:
    # A time that has not come is a wrong clock's, and would make the look-up due at once again.
    asked_at = case((table.c.asked_at > new.asked_at, new.asked_at), else_=table.c.asked_at)
    return {"ask_again_at": new.ask_again_at, "asked_at": asked_at}


def still_there(session: Session, track_ids: Iterable[int]) -> set[int]:
    """Those of the tracks that nobody has deleted, or can before this transaction ends.

    On SQLite that holds once the transaction has written something.
    """
    query = select(Track.id).where(is_among(session, Track.id, track_ids)).order_by(col(Track.id))
    return set(session.exec(query.with_for_update(read=True, key_share=True)))


def twins(session: Session, isrcs: Iterable[str]) -> dict[str, list[int]]:
    """Track ids of the recordings with each ISRC, in their order."""
    query = select(Track.isrc, Track.id).where(is_among(session, Track.isrc, isrcs))
    found: dict[str, list[int]] = {}
    for isrc, track_id in session.exec(query.order_by(col(Track.id))):
        if isrc is not None:
            found.setdefault(isrc, []).append(track_id)
    return found


def share(session: Session, track_ids: Iterable[int]) -> int:
    """Give tracks the values and finds of the same recordings under other Spotify ids.

    Return how many rows that made.
    """
    wanted, made = sorted(track_ids), 0
    tracks = SQLModel.metadata.tables[str(Track.__tablename__)]
    own, twin = tracks.alias(), tracks.alias()
    for model in (AudioFeatures, Popularity, ReachValue, TrackGenre, Lookup):
        table = SQLModel.metadata.tables[str(model.__tablename__)]
        copied = [c for c in table.columns if c.name != "track_id"]
        rows = (
            select_columns(own.c.id, *copied)
            .select_from(own)
            .join(twin, (twin.c.isrc == own.c.isrc) & (twin.c.id != own.c.id))
            .join(table, table.c.track_id == twin.c.id)
            .where(is_among(session, own.c.id, wanted))
        )
        if model is Lookup:
            rows = rows.where(table.c.found.is_(True))
        made += insert_from(session, model, ["track_id", *(c.name for c in copied)], rows)
    return made


def _wanted(session: Session, track_ids: Sequence[int]) -> dict[int, Wanted]:
    first = (col(TrackArtist.track_id) == Track.id) & (col(TrackArtist.position) == 0)
    query = (
        select_columns(
            col(Track.id),
            col(Track.spotify_id),
            col(Track.isrc),
            col(Track.title),
            col(Artist.name),
        )
        .join(TrackArtist, first, isouter=True)
        .join(Artist, col(Artist.id) == TrackArtist.artist_id, isouter=True)
        .where(is_among(session, Track.id, track_ids), col(Track.spotify_id).is_not(None))
    )
    return {i: Wanted(*names) for i, *names in session.execute(query)}


def _names(numbers: Sequence[float | None]) -> frozenset[str]:
    pairs = zip(FEATURES, numbers, strict=True)
    return frozenset(name for name, number in pairs if number is not None)


def _replace_genres(session: Session, genres: Mapping[int, Sequence[str]], source: Source) -> None:
    session.exec(
        delete(TrackGenre).where(
            is_among(session, TrackGenre.track_id, genres), col(TrackGenre.source) == source
        )
    )
    rows = [
        {"track_id": i, "source": source, "genre": genre}
        for i, names in genres.items()
        for genre in names
    ]
    upsert(session, TrackGenre, rows, ("track_id", "source", "genre"))


def every(session: Session) -> dict[str, dict[Source, dict[int, float]]]:
    """All features and popularities that are known, by field, source and track id."""
    found: dict[str, dict[Source, dict[int, float]]] = {}
    popularity = select_columns(
        col(Popularity.track_id), col(Popularity.source), col(Popularity.value)
    )
    for track_id, source, value in session.execute(popularity):
        found.setdefault("popularity", {}).setdefault(Source(source), {})[track_id] = value
    features = (getattr(AudioFeatures, name) for name in FEATURES)
    query = select_columns(col(AudioFeatures.track_id), col(AudioFeatures.source), *features)
    for track_id, source, *numbers in session.execute(query):
        for name, number in zip(FEATURES, numbers, strict=True):
            if number is not None:
                found.setdefault(name, {}).setdefault(Source(source), {})[track_id] = number
    return found
