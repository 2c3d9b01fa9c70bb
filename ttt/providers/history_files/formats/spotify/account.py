"""Spotify's account data, the quick export of a year: no ids, no albums, ends cut to the minute."""

import msgspec

from ttt.plays import Kind, LeftOut, RefusedRow, ToldPlay, WhyRefused
from ttt.providers.history_files.blocks import Given, Told
from ttt.providers.history_files.fields import instant, milliseconds, name, shown, unbelievable


class Row(msgspec.Struct, gc=False, rename="camel"):
    """What is read of a row of music, podcasts or audiobooks."""

    end_time: str | int | float | None = None
    artist_name: str | None = None
    track_name: str | None = None
    ms_played: int | float | None = None
    podcast_name: str | None = None
    episode_name: str | None = None
    audiobook_name: str | None = None
    chapter_name: str | None = None


def told(row: Row | None, number: int, given: Given) -> Told:
    """What a row tells of; its time is UTC."""
    if row is None:
        return RefusedRow(number, WhyRefused.NO_ROW)
    if row.podcast_name or row.episode_name:
        return LeftOut(number, Kind.PODCAST)
    if row.audiobook_name or row.chapter_name:
        return LeftOut(number, Kind.AUDIOBOOK)
    title, artist = name(row.track_name), name(row.artist_name)
    end, ms = instant(row.end_time), milliseconds(row.ms_played)
    if end is None or ms is None or not title or not artist or title == "Unknown Track":
        return _refused(row, number, title, artist)
    refused = unbelievable(end, number, given.latest, shown(title, artist))
    return refused or ToldPlay(
        told_at=end,
        title=title,
        artists=(artist,),
        started_at=end - (ms + 500) // 1000,
        ms=ms,
        row=number,
    )


def _refused(row: Row, number: int, title: str | None, artist: str | None) -> RefusedRow:
    text = shown(title, artist)
    if not title:
        return RefusedRow(number, WhyRefused.NO_TITLE, text)
    if title == "Unknown Track":
        return RefusedRow(number, WhyRefused.UNKNOWN_TRACK, text)
    if not artist:
        return RefusedRow(number, WhyRefused.NO_ARTIST, text)
    if row.end_time is None:
        return RefusedRow(number, WhyRefused.NO_TIME, text)
    why = WhyRefused.BAD_TIME if instant(row.end_time) is None else WhyRefused.BAD_LENGTH
    return RefusedRow(number, why, text)
