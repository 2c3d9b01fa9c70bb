"""Spotify's JSON as plain data: what is missing or cannot be used is None.

Only the wrong shape of an answer itself is an UnexpectedAnswer. Rows that no list can show stay
in their place as None: null, local files, episodes, tracks without an id or a title.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ttt.errors import UnexpectedAnswer
from ttt.found import FoundArtist, FoundFeatures, FoundTrack, TrackPage
from ttt.providers import identity
from ttt.providers import numbers as values
from ttt.providers.spotify.parts import Count, Milliseconds, Name, Part, Usable, read, usable

SMALLEST_COVER = 160
_LONGEST_ADDRESS = 500
_DATE = re.compile(r"(?!0000)(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_URI = "spotify:track:"
# What the Web API's objects are besides tracks.
_OTHERS = frozenset(
    ("ad", "album", "artist", "audiobook", "chapter", "episode", "playlist", "show", "user")
)
_ID = re.compile(r"[0-9A-Za-z]{22}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Profile:
    """A Spotify account; `account_id` never changes, `spotify_id` owns playlists."""

    spotify_id: str
    account_id: str | None
    display_name: str


class _Image(Part):
    url: str
    width: Count | None = None


class _Artist(Part):
    id: str | None = None
    name: Name


class _Album(Part):
    name: Name | None = None
    release_date: str | None = None
    images: list[Usable[_Image]] | None = None


class _ExternalIds(Part):
    isrc: str | None = None


class _Track(Part):
    id: str | None = None
    uri: str | None = None
    name: Name
    artists: list[Usable[_Artist]] | None = None
    album: _Album | None = None
    duration_ms: Milliseconds | None = None
    explicit: bool | None = None
    external_ids: _ExternalIds | None = None
    popularity: float | None = None


class _User(Part):
    id: str | None = None
    account_id: str | None = None
    display_name: Name | None = None


class _AudioFeatures(Part):
    audio_features: list[Any]


class _Page(Part):
    items: list[Any]
    total: Count | None = None


class _Search(Part):
    tracks: _Page


def profile(answer: object) -> Profile:
    """Read an answer of /me; an account without a display name is shown by its id."""
    user = read(_User, answer)
    spotify_id = user.id or user.account_id
    if not spotify_id:
        raise UnexpectedAnswer("api")
    return Profile(
        spotify_id=spotify_id,
        account_id=user.account_id or None,
        display_name=user.display_name or spotify_id,
    )


def page(answer: object, limit: int, offset: int = 0) -> TrackPage:
    """Read the tracks of a page at their places; rows that were due but not sent are None too."""
    said = read(_Page, answer)
    due = min((said.total or 0) - offset, limit)
    unsent = max(0, due - len(said.items))
    return TrackPage((*map(track, said.items), *[None] * unsent))


def search(answer: object) -> TrackPage:
    """Read the tracks of a search answer in their order."""
    return TrackPage(tuple(map(track, read(_Search, answer).tracks.items)))


def track(row: object, asked: str | None = None) -> FoundTrack | None:
    """Read a track, bare or wrapped as in playlists and plays; None when it cannot be shown.

    `asked` is the id by which it was asked for, which a track goes by whatever its own says.
    """
    fields = _unwrapped(row)
    said = usable(_Track, fields) if _is_streamable(fields) else None
    if said is None or not said.name:
        return None
    spotify_id = asked or _id(said.id) or _id((said.uri or "").removeprefix(_URI))
    if spotify_id is None or not _ID.fullmatch(spotify_id):
        return None
    album = said.album or _Album()
    return FoundTrack(
        spotify_id=spotify_id,
        title=said.name,
        artists=tuple(FoundArtist(a.name, _id(a.id)) for a in said.artists or () if a and a.name),
        album=album.name or None,
        release_date=release_date(album.release_date),
        duration_ms=said.duration_ms,
        explicit=said.explicit,
        isrc=identity.isrc(said.external_ids.isrc if said.external_ids else None),
        cover_url=_image_url(album.images),
        popularity=values.popularity(said.popularity),
    )


def is_gone(answer: Mapping[str, Any]) -> bool:
    """Whether an answer says that there is no track to show, other than by being odd."""
    return bool(answer) and (not _is_streamable(answer) or answer.get("name") == "")


def audio_features(answer: object) -> dict[str, FoundFeatures]:
    """Read audio features by track id; null rows and unusable values are left out."""
    rows = [row for row in read(_AudioFeatures, answer).audio_features if isinstance(row, dict)]
    named = {spotify_id: row for row in rows if (spotify_id := _named(row)) is not None}
    found = {spotify_id: values.features(row) for spotify_id, row in named.items()}
    return {spotify_id: features for spotify_id, features in found.items() if features is not None}


def _named(row: Mapping[str, Any]) -> str | None:
    """The id of the track that features are of, by itself or in its URI."""
    said = row.get("id")
    return said if isinstance(said, str) else identity.spotify_id(row.get("uri"))


def release_date(text: str | None) -> str | None:
    """A date of the calendar as YYYY, YYYY-MM or YYYY-MM-DD, None for what is none."""
    found = _DATE.fullmatch(text or "")
    if found is None:
        return None
    try:
        date(int(found[1]), int(found[2] or 1), int(found[3] or 1))
    except ValueError:
        return None
    return text


def _unwrapped(row: object) -> Mapping[str, Any]:
    if not isinstance(row, dict):
        return {}
    # Inside a playlist a track has a "track" of its own, which is true or false.
    return next((row[key] for key in ("item", "track") if isinstance(row.get(key), dict)), row)


def _is_streamable(fields: Mapping[str, Any]) -> bool:
    # Some other thing is told by its type or its URI; a type that nobody knows says nothing.
    kind, uri = fields.get("type"), fields.get("uri")
    another = isinstance(kind, str) and kind.casefold() in _OTHERS
    named_so = isinstance(uri, str) and uri.startswith("spotify:") and not uri.startswith(_URI)
    return bool(fields) and not (another or named_so) and fields.get("is_local") is not True


def _id(said: str | None) -> str | None:
    return said if said and _ID.fullmatch(said) else None


def _image_url(images: list[_Image | None] | None) -> str | None:
    """Choose the smallest image that is not too small, else the largest."""
    shown = [image for image in images or () if image is not None and _is_address(image.url)]
    by_width = sorted(shown, key=lambda image: image.width or 0)
    large_enough = [image for image in by_width if (image.width or 0) >= SMALLEST_COVER]
    chosen = large_enough[:1] or by_width[-1:]
    return chosen[0].url if chosen else None


def _is_address(url: str) -> bool:
    return url.startswith("https://") and len(url) <= _LONGEST_ADDRESS and " " not in url
