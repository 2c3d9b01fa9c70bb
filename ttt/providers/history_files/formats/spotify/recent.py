"""Answers of Spotify's recently-played, as scripts keep them: newest first, without lengths."""

import msgspec

from ttt.plays import Kind, LeftOut, RefusedRow, Sense, WhyRefused
from ttt.providers.history_files.blocks import Given, Told
from ttt.providers.history_files.fields import instant, isrc, length, name, spotify_id
from ttt.providers.history_files.formats.named import Named, several


class Thing(msgspec.Struct, gc=False):
    """An artist or an album."""

    name: str | None = None


class Ids(msgspec.Struct, gc=False):
    """Ids of a recording."""

    isrc: str | None = None


class Track(msgspec.Struct, gc=False):
    """What is read of a track."""

    id: str | None = None
    uri: str | None = None
    type: str | None = None
    name: str | None = None
    duration_ms: int | float | None = None
    artists: list[Thing] | None = None
    album: Thing | None = None
    external_ids: Ids | None = None


class Row(msgspec.Struct, gc=False):
    """What is read of a row."""

    played_at: str | int | float | None = None
    track: Track | None = None


def told(row: Row | None, number: int, given: Given) -> Told:
    """What a row tells of; its time is the end, or at times the start."""
    if row is None or row.track is None:
        return RefusedRow(number, WhyRefused.NO_ROW)
    track = row.track
    if track.type == "episode":
        return LeftOut(number, Kind.PODCAST)
    return Named(
        title=name(track.name),
        artists=several(*(name(artist.name) for artist in track.artists or ())),
        told_at=instant(row.played_at),
        album=name(track.album.name) if track.album else None,
        duration_ms=length(track.duration_ms),
        spotify_id=spotify_id(track.uri) or spotify_id(track.id),
        isrc=isrc(track.external_ids.isrc) if track.external_ids else None,
        sense=Sense.EITHER.value,
        timeless=row.played_at is None,
    ).play(number, given)
