"""Rows of JSON that some program of one's own wrote: a time, and a title with artists or a link."""

import re
from typing import Any

import msgspec

from ttt.plays import RefusedRow, WhyRefused
from ttt.providers.history_files.blocks import Given, Told
from ttt.providers.history_files.fields import isrc, length, mbid, milliseconds, name, spotify_id
from ttt.providers.history_files.formats import times
from ttt.providers.history_files.formats.named import Named, no_music

_TIMES = (
    *("played_at", "playedat", "listened_at", "listenedat", "scrobbled_at", "scrobbledat"),
    *("played_on", "play_date", "playdate", "timestamp", "datetime", "uts", "ts", "time", "date"),
    "creation_date",
)
_TITLES = ("track_name", "trackname", "song_name", "songname", "song", "title", "track", "name")
_ARTISTS = (
    "artist_name",
    "artistname",
    "artist_names",
    "artists",
    "artist",
    "artist_credit",
    "grandparent_title",
)
_ALBUMS = ("album_name", "albumname", "album", "release_name", "parent_title")
_LINKS = (
    *("spotify_track_uri", "track_uri", "trackuri", "spotify_uri", "spotify_id", "uri", "url"),
    "id",
)
_PLAYED = ("ms_played", "msplayed", "played_ms")
_WRAPPED = ("name", "title", "credit", "artist", "$date", "$numberLong")
_MOST_ARTISTS = 50
_KEY = re.compile(rb'"(\w{2,20})"\s*:')
_VALUE = re.compile(
    rb'"(\w{2,20})"\s*:\s*(?:\{\s*"\$(?:date|numberLong)"\s*:\s*){0,2}(?:"([^"\\]{1,60})"|([\d.]{5,20}))'
)

_FIELDS = (
    *_TIMES,
    *_TITLES,
    *_ARTISTS,
    *_ALBUMS,
    *_LINKS,
    *_PLAYED,
    "duration_ms",
    "isrc",
    "mbid",
    "media_type",
)
Row = msgspec.defstruct("Row", [(field, Any, None) for field in _FIELDS], gc=False)
"""What is read of a row, whatever it holds."""


def is_one(text: bytes) -> bool:
    """Whether JSON that begins so tells when something was played that has a name or a link."""
    said = [
        (key.lower().decode(), (words or digits).decode(errors="replace"))
        for key, words, digits in _VALUE.findall(text)
    ]
    keys = {key.lower().decode() for key in _KEY.findall(text)}
    named = not keys.isdisjoint(_TITLES) and not keys.isdisjoint(_ARTISTS)
    linked = any(spotify_id(value) for key, value in said if key in _LINKS)
    return (named or linked) and any(
        times.is_of_play(value) for key, value in said if key in _TIMES
    )


def told(row: Any, number: int, given: Given) -> Told:
    """What a row tells of; a time without zone is UTC."""
    if row is None:
        return RefusedRow(number, WhyRefused.NO_ROW)
    if (other := no_music(row.media_type, number)) is not None:
        return other
    row = _with_its_track(row)
    time = _plain(_first(row, _TIMES))
    told_at, sense = times.when(time, given.zone, given.order) if time else (None, 0)
    return Named(
        title=name(_plain(_first(row, _TITLES))),
        artists=_names(_first(row, _ARTISTS)),
        told_at=told_at,
        album=name(_plain(_first(row, _ALBUMS))),
        ms=milliseconds(_first(row, _PLAYED)),
        duration_ms=length(row.duration_ms),
        spotify_id=next(filter(None, (spotify_id(getattr(row, link)) for link in _LINKS)), None),
        isrc=isrc(row.isrc),
        mbid=mbid(row.mbid),
        sense=int(sense),
        timeless=not time,
    ).play(number, given)


def _with_its_track(row: Any) -> Any:
    """The row with what an object in it says of the track, where it says nothing of that itself."""
    inside = next((one for one in (row.track, row.song) if isinstance(one, dict)), None)
    if inside is None:
        return row
    said = ((field, getattr(row, field)) for field in _FIELDS)
    of_track = {name: value for name, value in inside.items() if name not in _TIMES}
    return Row(**{name: of_track.get(name) if value is None else value for name, value in said})


def _first(row: Any, fields: tuple[str, ...]) -> Any:
    said = (getattr(row, field) for field in fields)
    return next((one for one in said if one is not None and one != ""), None)


def _plain(said: Any) -> str | None:
    """A name or a time out of what it was wrapped in."""
    if isinstance(said, dict):
        inside = (said.get(key) for key in _WRAPPED)
        said = next((one for one in inside if one is not None), None)
        return _plain(said)
    if isinstance(said, bool) or not isinstance(said, str | int | float):
        return None
    return said if isinstance(said, str) else f"{said}"  # songs are called "1999"


def _names(said: Any) -> tuple[str, ...]:
    many = said[:_MOST_ARTISTS] if isinstance(said, list) else [said]
    return tuple(found for one in many if (found := name(_plain(one))) is not None)
