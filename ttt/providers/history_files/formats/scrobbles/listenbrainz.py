"""ListenBrainz: lines of its archive (listens/2024/3.jsonl), and the list of older exports."""

import msgspec

from ttt.plays import RefusedRow, Sense, WhyRefused
from ttt.providers.history_files.blocks import Given, Told
from ttt.providers.history_files.fields import (
    instant,
    isrc,
    length,
    mbid,
    milliseconds,
    name,
    spotify_id,
)
from ttt.providers.history_files.formats.named import Named, several
from ttt.providers.history_files.formats.ours import Record

_SPOTIFY_READERS = {"listenbrainz", "spotify"}


class Info(msgspec.Struct, gc=False):
    """What is read of `additional_info`, where players write what they like."""

    duration_ms: int | float | str | None = None
    duration: int | float | str | None = None
    ms_played: int | float | str | None = None
    isrc: str | None = None
    spotify_id: str | None = None
    origin_url: str | None = None
    recording_mbid: str | None = None
    submission_client: str | None = None
    listening_from: str | None = None
    music_service: str | None = None
    top_track_tracker: Record | None = None


class Mapping(msgspec.Struct, gc=False):
    """What ListenBrainz itself found it to be."""

    recording_mbid: str | None = None


class Metadata(msgspec.Struct, gc=False):
    """What is read of `track_metadata`."""

    track_name: str | None = None
    artist_name: str | None = None
    release_name: str | None = None
    mbid_mapping: Mapping | None = None
    additional_info: Info | None = None


class Row(msgspec.Struct, gc=False):
    """What is read of a listen."""

    listened_at: int | float | str | None = None
    track_metadata: Metadata | None = None


def told(row: Row | None, number: int, given: Given) -> Told:
    """What a listen tells of; its time is the start, unless it came from Spotify."""
    if row is None or row.track_metadata is None:
        return RefusedRow(number, WhyRefused.NO_ROW)
    data = row.track_metadata
    info = data.additional_info or Info()
    mapped = data.mbid_mapping.recording_mbid if data.mbid_mapping else None
    if info.top_track_tracker:
        return info.top_track_tracker.play(number, given)
    return Named(
        title=name(data.track_name),
        artists=several(name(data.artist_name)),
        told_at=instant(row.listened_at),
        album=name(data.release_name),
        ms=milliseconds(info.ms_played),
        duration_ms=length(info.duration_ms) or length(info.duration, 1000),
        spotify_id=_spotify_id(info),
        isrc=isrc(info.isrc),
        mbid=mbid(mapped) or mbid(info.recording_mbid),
        sense=_sense(info),
        timeless=row.listened_at is None,
    ).play(number, given)


def _spotify_id(info: Info) -> str | None:
    return spotify_id(info.spotify_id) or spotify_id(info.origin_url)


def _sense(info: Info) -> int:
    """Its importer of Spotify's history gives ends; its reader of Spotify gives what comes."""
    if info.music_service != "spotify.com" and info.listening_from != "spotify":
        return 0
    if info.ms_played is not None:
        return Sense.END.value
    return Sense.EITHER.value if (info.submission_client or "spotify") in _SPOTIFY_READERS else 0
