"""Plays as this app exports them: everything that it knows of one, whatever it is wrapped in."""

from datetime import UTC, datetime

import msgspec

from ttt.plays import Device, How, PlaySource, RefusedRow, Sense, ToldPlay, WhyRefused
from ttt.providers.history_files.blocks import Given, Told
from ttt.providers.history_files.fields import (
    country,
    isrc,
    length,
    mbid,
    milliseconds,
    moment,
    name,
    spotify_id,
)
from ttt.providers.history_files.formats.named import Named, several

KEY = "top_track_tracker"


class Record(msgspec.Struct, gc=False, omit_defaults=True):
    """A play as it is written: times as ISO 8601 in UTC, numbers of ours as their names."""

    title: str | None = None
    artists: list[str] | None = None
    album: str | None = None
    told_at: str | None = None
    started_at: str | None = None
    ms: int | str | None = None
    duration_ms: int | str | None = None
    spotify_id: str | None = None
    isrc: str | None = None
    mbid: str | None = None
    source: str | None = None
    sense: str | None = None
    how: str | None = None
    device: str | None = None
    country: str | None = None

    def play(self, number: int, given: Given) -> ToldPlay | RefusedRow:
        """The play as it was told, or why there is none."""
        named = Named(
            title=name(self.title),
            artists=several(*(name(artist) for artist in self.artists or ())),
            told_at=moment(self.told_at),
            album=name(self.album),
            ms=milliseconds(self.ms),
            duration_ms=length(self.duration_ms),
            spotify_id=spotify_id(self.spotify_id),
            isrc=isrc(self.isrc),
            mbid=mbid(self.mbid),
            how=_bits(self.how),
            device=_number(Device, self.device),
            country=country(self.country),
            sense=_number(Sense, self.sense),
            timeless=self.told_at is None,
        )
        play = named.play_of_any(number, given)
        if isinstance(play, RefusedRow):
            return play
        if not play.title and not play.spotify_id:
            return RefusedRow(number, WhyRefused.NO_TITLE)
        start, source = moment(self.started_at), _number(PlaySource, self.source)
        return msgspec.structs.replace(play, started_at=start, source=source)


class Row(msgspec.Struct, gc=False):
    """A line of the extended format with the record beside Spotify's own fields."""

    top_track_tracker: Record | None = None


def told(row: Row | None, number: int, given: Given) -> Told:
    """What a line of an export of ours tells of."""
    if row is None or row.top_track_tracker is None:
        return RefusedRow(number, WhyRefused.NO_ROW)
    return row.top_track_tracker.play(number, given)


def record(play: ToldPlay) -> Record:
    """A play as it is written."""
    return Record(
        title=play.title or None,
        artists=list(play.artists) or None,
        album=play.album,
        told_at=written(play.told_at),
        started_at=None if play.started_at is None else written(play.started_at),
        ms=play.ms,
        duration_ms=play.duration_ms,
        spotify_id=play.spotify_id,
        isrc=play.isrc,
        mbid=play.mbid,
        source=PlaySource(play.source).name.lower() if play.source else None,
        sense=Sense(play.sense).name.lower() if play.sense else None,
        how=" ".join((bit.name or "").lower() for bit in How(play.how)) or None,
        device=Device(play.device).name.lower() if play.device else None,
        country=play.country,
    )


def written(stamp: int) -> str:
    """Seconds since 1970 as "2024-03-30T22:00:00Z"."""
    return datetime.fromtimestamp(stamp, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _number(kind: type[Device | Sense | PlaySource], word: str | None) -> int:
    found = kind.__members__.get((word or "").upper())
    return int(found) if found is not None else 0


def _bits(words: str | None) -> int:
    found = (How.__members__.get(word.upper()) for word in (words or "").split()[:20])
    return sum({bit.value for bit in found if bit is not None})
