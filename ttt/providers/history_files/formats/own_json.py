"""Rows of JSON that some program of one's own wrote: a time, and a title with artists or a link.

Keys that are not known here are those that columns of tables are called by.
"""

import json
import re
from collections.abc import Mapping
from typing import Any

import msgspec

from ttt.plays import RefusedRow, WhyRefused
from ttt.providers.history_files.blocks import Column, Given, Told
from ttt.providers.history_files.fields import isrc, length, mbid, milliseconds, name, spotify_id
from ttt.providers.history_files.formats import own_table, times
from ttt.providers.history_files.formats.named import Named, no_music
from ttt.providers.history_files.formats.written import lengths
from ttt.providers.history_files.pieces import quoting
from ttt.providers.history_files.pieces.letters import ANY_KEY

_TIMES = (
    *("played_at", "playedat", "listened_at", "listenedat", "scrobbled_at", "scrobbledat"),
    *("played_on", "play_date", "playdate", "timestamp", "datetime", "uts", "ts", "time", "date"),
    *("creation_date", "other_time", "other_end"),
)
_TITLES = (
    *("track_name", "trackname", "song_name", "songname", "song", "title", "track", "name"),
    "other_title",
)
_ARTISTS = (
    "artist_name",
    "artistname",
    "artist_names",
    "artists",
    "artist",
    "artist_credit",
    *("grandparent_title", "other_artist"),
)
_ALBUMS = ("album_name", "albumname", "album", "release_name", "parent_title", "other_album")
_LINKS = (
    *("spotify_track_uri", "track_uri", "trackuri", "spotify_uri", "spotify_id", "uri", "url"),
    *("id", "other_link"),
)
_PLAYED = ("ms_played", "msplayed", "played_ms", "other_ms")
_OTHERS = {
    Column.TIME: "other_time",
    Column.TITLE: "other_title",
    Column.ARTIST: "other_artist",
    Column.ALBUM: "other_album",
    Column.SPOTIFY_ID: "other_link",
    Column.MS_PLAYED: "other_ms",
    Column.SECONDS_PLAYED: "other_seconds",
    Column.LENGTH_MS: "duration_ms",
    Column.LENGTH_SECONDS: "other_length",
    Column.ISRC: "isrc",
    Column.MBID: "mbid",
    Column.MEDIA: "media_type",
}
_WRAPPED = (
    *("name", "title", "credit", "artist", "artistname", "artist_name", "other_artist"),
    *("$date", "$numberLong"),
)
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
    *("duration_ms", "isrc", "mbid", "media_type", "other_seconds", "other_length"),
)
Row = msgspec.defstruct("Row", [(field, Any, None) for field in _FIELDS], gc=False)
"""What is read of a row, whatever it holds."""


def called(head: bytes) -> Mapping[bytes, bytes]:
    """What the keys of JSON that begins so are called here, where they are called otherwise."""
    keys = {_plainly(key): key for key in ANY_KEY.findall(head)}
    others = [key for key in keys if key.lower() not in _FIELDS and not key.startswith("$")]
    known = own_table.guessed(others)
    names = {key: _OTHERS[of] for key, of in known.items() if of in _OTHERS}
    return {
        keys[key]: (
            "other_end" if name == "other_time" and own_table.is_end(key) else name
        ).encode()
        for key, name in names.items()
    }


def _plainly(key: bytes) -> str:
    """A key as it is read, with letters in the place of what stands for them."""
    try:
        return str(json.loads(b'"' + key + b'"'))
    except ValueError:
        return key.decode(errors="replace")


def is_one(text: bytes) -> bool:
    """Whether JSON that begins so tells when something was played that has a name or a link."""
    names = called(text)
    text = ANY_KEY.sub(lambda key: b'"' + names.get(key[1], key[1]) + b'":', text)
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
    if time is not None and time == _end(row):
        sense = own_table.END_OF.get(sense, sense)
    return Named(
        title=name(_plain(_first(row, _TITLES))),
        artists=_names(_first(row, _ARTISTS)),
        told_at=told_at,
        album=name(_plain(_first(row, _ALBUMS))),
        ms=_played(row),
        duration_ms=length(row.duration_ms) or lengths.in_ms("", _plain(row.other_length) or ""),
        spotify_id=next(filter(None, (spotify_id(getattr(row, link)) for link in _LINKS)), None),
        isrc=isrc(row.isrc),
        mbid=mbid(row.mbid),
        sense=int(sense),
        timeless=not time,
    ).play(number, given)


def _end(row: Any) -> str | None:
    """When the play ended, by a name that says so, or by Spotify's own beside how long it was."""
    is_spotifys = row.ts is not None and _first(row, _PLAYED) is not None
    return _plain(row.ts if row.other_end is None and is_spotifys else row.other_end)


def _with_its_track(row: Any) -> Any:
    """The row with what an object in it says of the track, where it says nothing of that itself."""
    inside = next((one for one in (row.track, row.song) if isinstance(one, dict)), None)
    if inside is None:
        return row
    said = ((field, getattr(row, field)) for field in _FIELDS)
    of_track = {name: value for name, value in inside.items() if name not in _TIMES}
    return Row(**{name: of_track.get(name) if value is None else value for name, value in said})


def _played(row: Any) -> int | None:
    ms = milliseconds(_first(row, _PLAYED))
    return own_table.played(_plain(row.other_seconds) or "") if ms is None else ms


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
    # Songs are called "1999".
    return quoting.unescaped(said) if isinstance(said, str) else f"{said}"


def _names(said: Any) -> tuple[str, ...]:
    many = said[:_MOST_ARTISTS] if isinstance(said, list) else [said]
    return tuple(found for one in many if (found := name(_plain(one))) is not None)
