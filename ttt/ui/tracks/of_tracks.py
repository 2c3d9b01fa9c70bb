"""Tracks as rows of a ranked list."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime, tzinfo
from typing import NamedTuple

from ttt.music import Measure, written
from ttt.services.tracks.rows import TrackRow
from ttt.ui.frame.listing.ranked.shape import Cell, Column, Row
from ttt.ui.tracks import leading
from ttt.ui.tracks.leading import NOTHING, Heard

_SPANS = {Measure.TEMPO: (40.0, 200.0), Measure.POPULARITY: (0.0, 100.0)}
_NAMES = {Measure.POPULARITY: "Pop."}
_SIGN_OF_MINOR = "m"


class Told(NamedTuple):
    """A column and what it tells of a track."""

    column: Column
    tell: Callable[[TrackRow], Cell]


def measures() -> list[Told]:
    """Popularity, energy, valence and tempo, each as a number over its bar."""
    return [measure_of(measure) for measure in Measure]


def length() -> Told:
    """How long a track is."""
    column = Column("Length", "number", "52px", least=640, phone="none")
    return Told(column, lambda row: playing_time(row.duration_ms))


def key() -> Told:
    """Key and Camelot code in one cell."""
    return Told(Column("Key", "text", "80px", least=640), _key)


def added(zone: tzinfo | None, now: datetime) -> Told:
    """When a track was put on the list: the time today, the day before."""

    def tell(row: TrackRow) -> Cell:
        return None if row.added_at is None else day(row.added_at, zone, now)

    return Told(Column("Added", "text", "72px", least=720, phone="under"), tell)


def added_by() -> Told:
    """Who put a track on the list."""
    column = Column("Added by", "text", "96px", least=640, phone="under")
    return Told(column, lambda row: row.added_by)


def rows(
    tracks: Sequence[TrackRow],
    told: Sequence[Told],
    *,
    saved: Collection[str] | None = None,
    places: bool = False,
    heard: Heard = NOTHING,
) -> list[Row]:
    """Tracks with these columns; those of `saved` are marked, with None there is no button.

    `places` counts those that have no rank of their own. Names of what was `heard` lead to its
    pages here, titles of other tracks to Spotify.
    """
    return [
        Row(
            key=track.uri,
            title=track.title or f"Not described yet: {track.uri}",
            subtitle=_subtitle(track),
            cells=tuple(each.tell(track) for each in told),
            rank=track.rank or (place if places else None),
            movement=track.movement,
            cover=track.cover_url,
            link=leading.track(track.uri) if track.uri in heard.tracks else track.link,
            by=_by(track, heard.artists),
            done=None if saved is None else track.uri in saved,
        )
        for place, track in enumerate(tracks, start=1)
    ]


def _by(track: TrackRow, heard: Collection[str]) -> tuple[tuple[str, bool], ...]:
    """The artists, and which of them have a page; nothing where none has."""
    if not any(name in heard for name in track.artists):
        return ()
    return tuple((name, name in heard) for name in track.artists)


def _subtitle(track: TrackRow) -> str:
    """The artists, and whose word that is where nobody else knows what the track is called."""
    artists = ", ".join(track.artists)
    if track.named_by is None:
        return artists
    return " · ".join(filter(None, [artists, f"named by {track.named_by.label}"]))


def playing_time(milliseconds: int | None) -> str | None:
    """Minutes and seconds, as players write them."""
    if not milliseconds:
        return None
    seconds = round(milliseconds / 1000)
    return f"{seconds // 60}:{seconds % 60:02}"


def day(at: datetime, zone: tzinfo | None, now: datetime) -> str:
    """The time of something of today, "yesterday", or the day."""
    at, today = at.astimezone(zone), now.astimezone(zone)
    days = (today.date() - at.date()).days
    if days == 0:
        return f"{at:%H:%M}"
    if days == 1:
        return "yesterday"
    return f"{at.day} {at:%b}" if at.year == today.year else f"{at.day} {at:%b %Y}"


def measure_of(measure: Measure) -> Told:
    """One of the four as a number over its bar."""
    low, high = _SPANS.get(measure, (0.0, 1.0))

    def tell(row: TrackRow) -> Cell:
        number = row.number(measure)
        if number is None:
            return None
        share = round(100 * (number - low) / (high - low))
        return written(measure, number).removesuffix(" BPM"), max(2, min(100, share))

    name = _NAMES.get(measure, measure.capitalize())
    return Told(Column(name, "bar", "44px", colour=measure), tell)


def _key(row: TrackRow) -> Cell:
    if row.key_name is None or row.camelot is None:
        return None
    tonic, mode = row.key_name.split()
    short = tonic + (_SIGN_OF_MINOR if mode == "minor" else "")
    return f"{row.key_name} · {row.camelot}", f"{short} · {row.camelot}"
