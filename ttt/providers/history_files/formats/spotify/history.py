"""Spotify's extended streaming history, of 2021 to today; SpotifyStatsTracker exports the same.

Address, user agent and user name are no fields of a row here, so nothing can carry them on.
"""

from collections.abc import Callable
from datetime import UTC, datetime

import msgspec

from ttt.plays import How, Kind, LeftOut, RefusedRow, ToldPlay, WhyRefused
from ttt.providers.history_files.blocks import Given, Told
from ttt.providers.history_files.fields import (
    EARLIEST,
    LONGEST_PLAY,
    MILLISECONDS_FROM,
    country,
    name,
    shown,
    spotify_id,
    unbelievable,
)
from ttt.providers.history_files.formats.spotify.devices import device, ending
from ttt.providers.history_files.formats.spotify.known import Known

_DAY = 86_400
_LATER = 5
_SKIPPED, _SHUFFLE, _OFFLINE = int(How.SKIPPED), int(How.SHUFFLE), int(How.OFFLINE)
_PRIVATE, _VIDEO = int(How.PRIVATE), int(How.VIDEO)


class Row(msgspec.Struct, gc=False):
    """What is read of a row; anything else in it is passed over."""

    ts: datetime | None = None
    ms_played: int | float | None = None
    title: str | None = msgspec.field(default=None, name="master_metadata_track_name")
    artist: str | None = msgspec.field(default=None, name="master_metadata_album_artist_name")
    album: str | None = msgspec.field(default=None, name="master_metadata_album_album_name")
    uri: str | None = msgspec.field(default=None, name="spotify_track_uri")
    episode: str | None = msgspec.field(default=None, name="episode_name")
    episode_uri: str | None = msgspec.field(default=None, name="spotify_episode_uri")
    book: str | None = msgspec.field(default=None, name="audiobook_title")
    book_uri: str | None = msgspec.field(default=None, name="audiobook_uri")
    chapter_uri: str | None = msgspec.field(default=None, name="audiobook_chapter_uri")
    platform: str | None = None
    conn_country: str | None = None
    reason_end: str | None = None
    shuffle: bool | None = None
    skipped: bool | None = None
    offline: bool | None = None
    incognito_mode: bool | None = None
    offline_timestamp: int | float | None = None


def telling(given: Given) -> Callable[[Row | None, int], Told]:
    """What rows of one file tell of; a row's time is the end of its play.

    Written for speed, as some files hold a million rows: what comes again is cleaned once.
    """
    tracks, codes, latest = Known(_track), Known(_codes), given.latest
    video = _VIDEO if given.video else 0

    def told(row: Row | None, number: int) -> Told:
        if row is None:
            return RefusedRow(number, WhyRefused.NO_ROW)
        names, ms = tracks[row.title, row.artist, row.album, row.uri], row.ms_played
        if names is None or row.ts is None or ms is None or not 0 <= ms <= LONGEST_PLAY:
            return _no_play(row, number, given)
        end, length = _stamp(row.ts), int(ms)
        if not EARLIEST <= end <= latest:
            return _no_play(row, number, given)
        device, ended, country = codes[row.platform, row.reason_end, row.conn_country]
        title, artists, album, track = names
        return ToldPlay(
            told_at=end,
            title=title,
            artists=artists,
            started_at=_start(end - (length + 500) // 1000, row.offline_timestamp),
            ms=length,
            album=album,
            spotify_id=track,
            how=ended | video | _how(row),
            device=device,
            country=country,
            row=number,
        )

    return told


def _stamp(at: datetime) -> int:
    # One without a zone would be taken as of the server's own.
    return int((at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp())


def _track(
    title: str | None, artist: str | None, album: str | None, uri: str | None
) -> tuple[str, tuple[str, ...], str | None, str | None] | None:
    track, title, artist = spotify_id(uri), name(title), name(artist)
    if track is None and not (title and artist):
        return None
    return title or "", (artist,) if artist else (), name(album), track


def _codes(
    platform: str | None, reason_end: str | None, conn_country: str | None
) -> tuple[int, int, str | None]:
    return device(platform), ending(reason_end), country(conn_country)


def _no_play(row: Row, number: int, given: Given) -> LeftOut | RefusedRow:
    if spotify_id(row.uri) is None and (kind := _spoken(row)):
        return LeftOut(number, kind)
    title, artist = name(row.title), name(row.artist)
    text = shown(title, artist)
    end = _stamp(row.ts) if row.ts else None
    if refused := unbelievable(end, number, given.latest, text):
        return refused
    if row.ms_played is None or not 0 <= row.ms_played <= LONGEST_PLAY:
        return RefusedRow(number, WhyRefused.BAD_LENGTH, text)
    if row.title and title is None:
        return RefusedRow(number, WhyRefused.TOO_LONG)
    if title is None:
        return LeftOut(number, Kind.NAMELESS)
    return RefusedRow(number, WhyRefused.NO_ARTIST, text)


def _spoken(row: Row) -> Kind | None:
    if row.book or row.book_uri or row.chapter_uri:
        return Kind.AUDIOBOOK
    return Kind.PODCAST if row.episode or row.episode_uri else None


def _start(counted_back: int, device_time: int | float | None) -> int:
    """The device's own start where it can be one: a pause or a late sync hides it otherwise."""
    if not device_time:
        return counted_back
    at = device_time / 1000 if device_time >= MILLISECONDS_FROM else device_time
    return int(at) if counted_back - _DAY <= at <= counted_back + _LATER else counted_back


def _how(row: Row) -> int:
    how = _SKIPPED if row.skipped else 0
    if row.shuffle:
        how |= _SHUFFLE
    if row.offline:
        how |= _OFFLINE
    if row.incognito_mode:
        how |= _PRIVATE
    return how
