"""Servers and apps that people keep their listening with: Maloja, Koito, Pano Scrobbler."""

import msgspec

from ttt.plays import Kind, LeftOut, RefusedRow, WhyRefused
from ttt.providers.history_files.blocks import Given, Told
from ttt.providers.history_files.fields import instant, length, mbid, milliseconds, name
from ttt.providers.history_files.formats.named import Named, several


class MalojaAlbum(msgspec.Struct, gc=False):
    """An album of Maloja's."""

    albumtitle: str | None = None


class MalojaTrack(msgspec.Struct, gc=False):
    """A track of Maloja's; its length is in seconds."""

    artists: list[str] | str | None = None
    title: str | None = None
    album: MalojaAlbum | None = None
    length: int | float | None = None


class MalojaRow(msgspec.Struct, gc=False):
    """A scrobble of Maloja's; `duration` is how many seconds it was played."""

    time: int | float | str | None = None
    track: MalojaTrack | None = None
    duration: int | float | None = None


def maloja_told(row: MalojaRow | None, number: int, given: Given) -> Told:
    """What a scrobble of Maloja's tells of."""
    if row is None or row.track is None:
        return RefusedRow(number, WhyRefused.NO_ROW)
    artists = row.track.artists or ()
    return Named(
        title=name(row.track.title),
        artists=several(*map(name, [artists] if isinstance(artists, str) else artists)),
        told_at=instant(row.time),
        album=name(row.track.album.albumtitle) if row.track.album else None,
        ms=milliseconds(row.duration, 1000) or None,
        duration_ms=length(row.track.length, 1000),
        timeless=row.time is None,
    ).play(number, given)


class Alias(msgspec.Struct, gc=False):
    """One of the names of a thing."""

    alias: str | None = None
    is_primary: bool | None = None


class KoitoThing(msgspec.Struct, gc=False):
    """A track, album or artist of Koito's; the length is in seconds."""

    aliases: list[Alias] | None = None
    mbid: str | None = None
    duration: int | float | None = None

    @property
    def name(self) -> str | None:
        """The name that its owner chose, else the first."""
        names = sorted(self.aliases or (), key=lambda one: not one.is_primary)
        return next((read for one in names if (read := name(one.alias))), None)


class KoitoRow(msgspec.Struct, gc=False):
    """A listen of Koito's."""

    listened_at: str | int | float | None = None
    track: KoitoThing | None = None
    album: KoitoThing | None = None
    artists: list[KoitoThing] | None = None


def koito_told(row: KoitoRow | None, number: int, given: Given) -> Told:
    """What a listen of Koito's tells of."""
    if row is None or row.track is None:
        return RefusedRow(number, WhyRefused.NO_ROW)
    return Named(
        title=row.track.name,
        artists=several(*(artist.name for artist in row.artists or ())),
        told_at=instant(row.listened_at),
        album=row.album.name if row.album else None,
        duration_ms=length(row.track.duration, 1000),
        mbid=mbid(row.track.mbid),
        timeless=row.listened_at is None,
    ).play(number, given)


class PanoRow(msgspec.Struct, gc=False, rename="camel"):
    """A line of Pano Scrobbler's; `event` is missing where all lines are scrobbles."""

    time_ms: int | float | str | None = None
    track: str | None = None
    artist: str | None = None
    album: str | None = None
    duration_ms: int | float | str | None = None
    event: str | None = None


def pano_told(row: PanoRow | None, number: int, given: Given) -> Told:
    """What a line of Pano Scrobbler's tells of."""
    if row is None:
        return RefusedRow(number, WhyRefused.NO_ROW)
    if row.event and row.event != "scrobble":
        return LeftOut(number, Kind.NO_PLAY)
    return Named(
        title=name(row.track),
        artists=several(name(row.artist)),
        told_at=instant(row.time_ms),
        album=name(row.album),
        duration_ms=length(row.duration_ms),
        timeless=row.time_ms is None,
    ).play(number, given)
