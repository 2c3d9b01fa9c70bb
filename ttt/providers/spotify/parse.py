"""Spotify's JSON as plain data: missing is None, a wrong type is an UnexpectedAnswer.

Rows that no list can show are left out: null, local files, episodes, tracks without a title.
"""

import re
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from ttt.errors import UnexpectedAnswer
from ttt.found import FoundArtist, FoundFeatures, FoundTrack
from ttt.providers import numbers as values
from ttt.text import cleaned

SMALLEST_COVER = 160
_DATE = re.compile(r"(?!0000)\d{4}(-\d{2}){0,2}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Profile:
    """A Spotify account; `account_id` never changes, `spotify_id` owns playlists."""

    spotify_id: str
    account_id: str | None
    display_name: str
    image_url: str | None


class Part(BaseModel):
    """A part of an answer; only the fields that are used are looked at."""

    model_config = ConfigDict(strict=True, allow_inf_nan=False)

    @field_validator("*", mode="before")
    @classmethod
    def _storable(cls, value: object) -> object:
        # PostgreSQL stores neither NUL nor halves of surrogate pairs, and terminals obey the rest.
        return cleaned(value) if isinstance(value, str) else value


class _Image(Part):
    url: str
    width: int | None = None


class _Artist(Part):
    id: str | None = None
    name: str | None = None


class _Album(Part):
    name: str | None = None
    release_date: str | None = None
    images: list[_Image] | None = None


class _ExternalIds(Part):
    isrc: str | None = None


class _Track(Part):
    id: str
    name: str | None = None
    artists: list[_Artist | None] | None = None
    album: _Album | None = None
    duration_ms: int | None = None
    explicit: bool | None = None
    external_ids: _ExternalIds | None = None
    popularity: float | None = None


class _User(Part):
    id: str
    account_id: str | None = None
    display_name: str | None = None
    images: list[_Image] | None = None


class _Features(BaseModel):
    model_config = ConfigDict(strict=True, extra="allow")

    id: str


class _AudioFeatures(Part):
    audio_features: list[_Features | None]


class _Page(Part):
    items: list[Any]


class _Search(Part):
    tracks: _Page


_P = TypeVar("_P", bound=Part)


def profile(answer: object) -> Profile:
    """Read an answer of /me; an account without a display name is shown by its id."""
    user = read(_User, answer)
    return Profile(
        spotify_id=user.id,
        account_id=user.account_id or None,
        display_name=user.display_name or user.id,
        image_url=_image_url(user.images),
    )


def page(answer: object) -> list[FoundTrack]:
    """Read the tracks of a page in their order; places count the tracks that can be shown."""
    return _shown(read(_Page, answer))


def search(answer: object) -> list[FoundTrack]:
    """Read the tracks of a search answer in their order."""
    return _shown(read(_Search, answer).tracks)


def _shown(rows: _Page) -> list[FoundTrack]:
    return [found for row in rows.items if (found := track(row))]


def track(row: object) -> FoundTrack | None:
    """Read a track, bare or wrapped as in playlists and plays; None when it cannot be shown."""
    fields = _unwrapped(row)
    if not _is_streamable(fields):
        return None
    said = read(_Track, fields)
    if not said.name:
        return None
    album = said.album or _Album()
    return FoundTrack(
        spotify_id=said.id,
        title=said.name,
        artists=tuple(FoundArtist(a.name, a.id) for a in said.artists or () if a and a.name),
        album=album.name or None,
        release_date=_release_date(album.release_date),
        duration_ms=said.duration_ms,
        explicit=said.explicit,
        isrc=_isrc(said.external_ids),
        cover_url=_image_url(album.images),
        popularity=said.popularity,
    )


def audio_features(answer: object) -> dict[str, FoundFeatures]:
    """Read audio features by track id; null rows and unusable values are left out."""
    rows = [row for row in read(_AudioFeatures, answer).audio_features if row is not None]
    found = {row.id: values.features(row.model_dump()) for row in rows}
    return {spotify_id: features for spotify_id, features in found.items() if features is not None}


def read(model: type[_P], answer: object) -> _P:
    """Read an answer as what it should be; UnexpectedAnswer when it is not."""
    try:
        return model.model_validate(answer)
    except ValidationError:
        raise UnexpectedAnswer("api") from None


def _unwrapped(row: object) -> dict[str, Any]:
    if row is None:
        return {}
    if not isinstance(row, dict):
        raise UnexpectedAnswer("api")
    # Inside a playlist a track has a "track" of its own, which is true or false.
    return next((row[key] for key in ("item", "track") if isinstance(row.get(key), dict)), row)


def _is_streamable(fields: dict[str, Any]) -> bool:
    is_track = fields.get("type") in (None, "track")
    return is_track and not fields.get("is_local") and fields.get("id") not in (None, "")


def _release_date(date: str | None) -> str | None:
    return date if date and _DATE.fullmatch(date) else None


def _isrc(external_ids: _ExternalIds | None) -> str | None:
    isrc = external_ids.isrc if external_ids else None
    return (isrc or "").strip().upper() or None


def _image_url(images: list[_Image] | None) -> str | None:
    """Choose the smallest image that is not too small, else the largest."""
    by_width = sorted(images or (), key=lambda image: image.width or 0)
    large_enough = [image for image in by_width if (image.width or 0) >= SMALLEST_COVER]
    chosen = large_enough[:1] or by_width[-1:]
    return chosen[0].url if chosen else None
