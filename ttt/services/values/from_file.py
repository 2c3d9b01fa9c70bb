"""What somebody's file says of tracks, kept as their own: of those that are found now or later."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from sqlmodel import Session

from ttt.found import Finding, FoundArtist, FoundFeatures, FoundTrack, Source
from ttt.services.person import Person
from ttt.store.accounts import users
from ttt.store.tracks import tracks
from ttt.store.values import descriptions, personal

_TOLD = ("album", "release_date", "duration_ms")


@dataclass(frozen=True, slots=True)
class Said:
    """Values of a track and what it is called in one row of a file."""

    values: Mapping[str, float]
    track: FoundTrack


def of_row(called: FoundTrack, finding: Finding) -> Said:
    """What a row says: how it calls its track, and what it tells of it."""
    return Said(numbers(finding), replace(called, genres=finding.genres))


def keep(
    session: Session, person: Person, said: Mapping[str, Said], at: datetime
) -> dict[str, int]:
    """Keep what is said of tracks, by their Spotify ids; return tracks by what is told of them."""
    ids = tracks.ids_of(session, said)
    values = {ids[i]: one.values for i, one in said.items() if i in ids and one.values}
    told = {ids[i]: one.track for i, one in said.items() if i in ids and _tells(one.track)}
    if values or told:
        users.touch(session, person.id)
        personal.save(session, person.id, Source.FILE, values, at)
        descriptions.save(session, person.id, told, at)
    return _counted(values, told)


def as_json(said: Said, at: datetime) -> dict[str, Any] | None:
    """What is said as it is stored with a name that waits; None where there is nothing to keep."""
    track = said.track
    told = {name: value for name in _TOLD if (value := getattr(track, name))}
    if not (said.values or told or track.genres):
        return None
    names = {"title": track.title, "artists": [artist.name for artist in track.artists]}
    return {
        "values": dict(said.values),
        "track": {**names, **told, "genres": list(track.genres)},
        "at": at.isoformat(),
    }


def keep_stored(
    session: Session, person: Person, stored: Mapping[str, Mapping[str, Any] | None]
) -> dict[str, int]:
    """The same as `keep` of what was stored of one file."""
    told = {i: one for i, one in stored.items() if one}
    at = next((one["at"] for one in told.values()), None)
    if at is None:
        return {}
    said = {i: _of_json(one) for i, one in told.items()}
    return keep(session, person, said, datetime.fromisoformat(at))


def _of_json(stored: Mapping[str, Any]) -> Said:
    told = dict(stored["track"])
    artists = tuple(map(FoundArtist, told.pop("artists")))
    genres = tuple(told.pop("genres"))
    return Said(stored["values"], FoundTrack("", artists=artists, genres=genres, **told))


def numbers(finding: Finding) -> dict[str, float]:
    """The values that a row has, by their names."""
    known = asdict(finding.features or FoundFeatures()) | {"popularity": finding.popularity}
    return {name: value for name, value in known.items() if value is not None}


def _tells(track: FoundTrack) -> bool:
    return any((track.title, track.album, track.release_date, track.duration_ms, track.genres))


def _counted(
    values: Mapping[int, Mapping[str, float]], told: Mapping[int, FoundTrack]
) -> dict[str, int]:
    counts = Counter(name for known in values.values() for name in known)
    for name in ("genres", "release_date", "duration_ms"):
        counts[name] = sum(bool(getattr(track, name)) for track in told.values())
    return dict(+counts)
