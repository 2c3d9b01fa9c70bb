"""Spotify's list of the newest plays: when, and what; neither how long nor on what."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from ttt.found import FoundTrack
from ttt.plays import ToldPlay
from ttt.providers.spotify import parse
from ttt.providers.spotify.parts import Part, read, usable

MOST = 50
# Spotify began in 2006; whatever says otherwise is no time of a play.
_FIRST = datetime(2006, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class RecentPlays:
    """What an answer told: plays, newest first, and the tracks that they are of.

    `full` says that it holds as many rows as there can be, so that there may have been more;
    `unread` is how many of them have no time, or no track that can be named.
    """

    plays: tuple[ToldPlay, ...]
    tracks: tuple[FoundTrack, ...]
    full: bool
    unread: int = 0


class _Play(Part):
    played_at: str | None = None
    track: Any = None


class _Rows(Part):
    items: list[Any]


def plays(answer: object) -> RecentPlays:
    """Read an answer; rows without a time or a track that can be named are counted."""
    rows = read(_Rows, answer).items
    told = [pair for row in rows if row is not None and (pair := _play(row)) is not None]
    told.sort(key=lambda pair: -pair[0].told_at)
    tracks = {track.spotify_id: track for _, track in told}
    kept = tuple(play for play, _ in told)
    return RecentPlays(kept, tuple(tracks.values()), len(rows) >= MOST, len(rows) - len(told))


def _play(row: object) -> tuple[ToldPlay, FoundTrack] | None:
    said = usable(_Play, row)
    if said is None:
        return None
    at = _moment(said.played_at)
    track = parse.track(said.track) if isinstance(said.track, dict) else None
    if at is None or track is None:
        return None
    play = ToldPlay(
        told_at=at,
        title=track.title,
        artists=tuple(artist.name for artist in track.artists),
        album=track.album,
        spotify_id=track.spotify_id,
        isrc=track.isrc,
        duration_ms=track.duration_ms,
    )
    return play, track


def _moment(text: str | None) -> int | None:
    """Whole seconds since 1970; cut, so that a time is the same at each asking."""
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return int(moment.timestamp()) if moment >= _FIRST else None
