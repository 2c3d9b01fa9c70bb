"""Names that were matched to Spotify tracks, and the stored tracks that could be meant."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import String
from sqlmodel import Session, col, func, select

from ttt.found import FoundArtist, FoundTrack, Source
from ttt.models import Artist, NameMatch, Track, TrackArtist
from ttt.store import ahead
from ttt.store.membership import is_among
from ttt.store.upsert import replace_all, upsert


def remembered(
    session: Session, name_hashes: Iterable[str], now: datetime
) -> dict[str, str | None]:
    """Spotify id of each name that was asked about, None for one not to be asked about yet."""
    query = select(NameMatch).where(is_among(session, NameMatch.name_hash, name_hashes))
    return {
        match.name_hash: match.spotify_id
        for match in session.exec(query)
        if match.ask_again_at is None
        or (match.ask_again_at > now and match.matched_at <= ahead.not_yet(now))
    }


def remember(session: Session, found: Mapping[str, str], at: datetime) -> None:
    """Keep for good which track a name stands for."""
    _save(session, {name_hash: (spotify_id, None) for name_hash, spotify_id in found.items()}, at)


def remember_misses(
    session: Session, name_hashes: Iterable[str], at: datetime, ask_again_at: datetime
) -> None:
    """Keep that nobody knows these names, until they may be asked about again."""
    _save(session, dict.fromkeys(name_hashes, (None, ask_again_at)), at)


def by_isrc(session: Session, isrcs: Iterable[str]) -> dict[str, str]:
    """Spotify id of each recording; of several tracks, the one that was stored first."""
    query = select(Track.isrc, Track.spotify_id).where(is_among(session, Track.isrc, isrcs))
    newest_first = session.exec(query.order_by(col(Track.id).desc()))
    return {isrc: spotify_id for isrc, spotify_id in newest_first if isrc and spotify_id}


def by_artists(session: Session, lowered_names: Iterable[str]) -> list[FoundTrack]:
    """Tracks of artists of these names, oldest first; what uploads call a track is left out."""
    lowered = func.lower(Artist.name, type_=String())
    artists = select(Artist.id).where(is_among(session, lowered, lowered_names))
    credited = select(TrackArtist.track_id).where(col(TrackArtist.artist_id).in_(artists))
    query = (
        select(Track.spotify_id, Track.title, Track.isrc, Artist.name)
        .join(TrackArtist, col(TrackArtist.track_id) == Track.id)
        .join(Artist, col(Artist.id) == TrackArtist.artist_id)
        .where(
            col(Track.id).in_(credited),
            col(Track.spotify_id).is_not(None),
            col(Track.title).is_not(None),
            col(Track.described_by) != Source.UPLOAD,
        )
        .order_by(col(Track.id), col(TrackArtist.position))
    )
    tracks: dict[str, tuple[str, str | None, list[str]]] = {}
    for spotify_id, title, isrc, artist in session.exec(query):
        tracks.setdefault(str(spotify_id), (str(title), isrc, []))[2].append(artist)
    return [
        FoundTrack(spotify_id, title, tuple(map(FoundArtist, names)), isrc=isrc)
        for spotify_id, (title, isrc, names) in tracks.items()
    ]


def _save(
    session: Session, found: Mapping[str, tuple[str | None, datetime | None]], at: datetime
) -> None:
    rows = [
        {
            "name_hash": name_hash,
            "spotify_id": spotify_id,
            "matched_at": at,
            "ask_again_at": ask_again_at,
        }
        for name_hash, (spotify_id, ask_again_at) in found.items()
    ]
    answer = replace_all("spotify_id", "matched_at", "ask_again_at")
    upsert(session, NameMatch, rows, ["name_hash"], answer)
