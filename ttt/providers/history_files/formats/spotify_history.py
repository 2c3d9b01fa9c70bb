"""Spotify's extended streaming history, of 2021 to today; SpotifyStatsTracker exports the same.

Address, user agent and user name are no fields of a row here, so nothing can carry them on.
"""

import msgspec

from ttt.plays import How, Kind, LeftOut, RefusedRow, ToldPlay, WhyRefused
from ttt.providers.history_files.blocks import Given, Told
from ttt.providers.history_files.fields import (
    LONGEST_PLAY,
    country,
    moment,
    name,
    seconds,
    shown,
    spotify_id,
    unbelievable,
)
from ttt.providers.history_files.formats.devices import device, ending

_DAY = 86_400
_LATER = 5
_SKIPPED, _SHUFFLE, _OFFLINE = int(How.SKIPPED), int(How.SHUFFLE), int(How.OFFLINE)
_PRIVATE, _VIDEO = int(How.PRIVATE), int(How.VIDEO)


class Row(msgspec.Struct, gc=False):
    """What is read of a row; anything else in it is passed over."""

    ts: str | None = None
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


def told(row: Row | None, number: int, given: Given) -> Told:
    """What a row tells of; its time is the end of the play."""
    if row is None:
        return RefusedRow(number, WhyRefused.NO_ROW)
    track = spotify_id(row.uri)
    if track is None and (kind := _spoken(row)):
        return LeftOut(number, kind)
    title, artist = name(row.title), name(row.artist)
    ms = _ms(row.ms_played)
    end = moment(row.ts)
    if end is None or ms is None or (track is None and not (title and artist)):
        return _refused(row, number, ms)
    refused = unbelievable(end, number, given.latest, shown(title, artist))
    if refused:
        return refused
    return ToldPlay(
        told_at=end,
        title=title or "",
        artists=(artist,) if artist else (),
        started_at=_start(end, ms, row.offline_timestamp),
        ms=ms,
        album=name(row.album),
        spotify_id=track,
        how=_how(row, given),
        device=device(row.platform),
        country=country(row.conn_country),
        row=number,
    )


def _spoken(row: Row) -> Kind | None:
    if row.book or row.book_uri or row.chapter_uri:
        return Kind.AUDIOBOOK
    return Kind.PODCAST if row.episode or row.episode_uri else None


def _ms(value: int | float | None) -> int | None:
    if value is None or not 0 <= value <= LONGEST_PLAY:
        return None
    return int(value)


def _refused(row: Row, number: int, ms: int | None) -> LeftOut | RefusedRow:
    title, artist = name(row.title), name(row.artist)
    text = shown(title, artist)
    if row.ts is None:
        return RefusedRow(number, WhyRefused.NO_TIME, text)
    if moment(row.ts) is None:
        return RefusedRow(number, WhyRefused.BAD_TIME, text)
    if ms is None:
        return RefusedRow(number, WhyRefused.BAD_LENGTH, text)
    if row.title and title is None:
        return RefusedRow(number, WhyRefused.TOO_LONG)
    if title is None:
        return LeftOut(number, Kind.NAMELESS)
    return RefusedRow(number, WhyRefused.NO_ARTIST, text)


def _start(end: int, ms: int, device_time: int | float | None) -> int:
    """The device's own start where it can be one: a pause or a late sync hides it otherwise."""
    counted_back = end - (ms + 500) // 1000
    if not device_time:
        return counted_back
    at = seconds(device_time)
    if at is None or not counted_back - _DAY <= at <= counted_back + _LATER:
        return counted_back
    return at


def _how(row: Row, given: Given) -> int:
    how = ending(row.reason_end)
    if row.skipped:
        how |= _SKIPPED
    if row.shuffle:
        how |= _SHUFFLE
    if row.offline:
        how |= _OFFLINE
    if row.incognito_mode:
        how |= _PRIVATE
    return how | _VIDEO if given.video else how
