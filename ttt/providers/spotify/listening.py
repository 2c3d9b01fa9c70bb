"""Playlists, devices and what plays, in Spotify's JSON and as plain data."""

import re
from typing import Any

from ttt.errors import UnexpectedAnswer
from ttt.found import Device, FoundPlaylist, NowPlaying, PlaylistList, PlaylistPage
from ttt.providers.spotify import parse
from ttt.providers.spotify.parts import Count, Name, Part, read, usable
from ttt.text import one_line

_LONGEST_NAME = 300
_ID = re.compile(r"[0-9A-Za-z]{22}", re.ASCII)


class _Owner(Part):
    id: str


class _Count(Part):
    total: Count


class _Playlist(Part):
    id: str
    name: Name = ""
    owner: _Owner | None = None
    items: _Count | None = None
    # Apps from before February 2026 are still told so.
    tracks: _Count | None = None
    description: str | None = None
    public: bool | None = None


class _Rows(Part):
    total: Count | None = None
    items: list[Any]


class _Snapshot(Part):
    snapshot_id: str


class _Device(Part):
    id: str | None = None
    name: Name = ""
    type: str = ""
    is_active: bool = False
    is_restricted: bool = False


class _Devices(Part):
    devices: list[Any]


class _Playing(Part):
    is_playing: bool = False
    item: Any = None
    device: _Device | None = None


def playlist(answer: object) -> FoundPlaylist:
    """Read a playlist; what is not said of it is None, and a name that is not said is ""."""
    said = read(_Playlist, answer)
    if not _ID.fullmatch(said.id):
        raise UnexpectedAnswer("api")
    return _playlist(said)


def playlists(answer: object) -> PlaylistList:
    """Read a page of playlists; those that cannot be named at Spotify are counted as unread."""
    page = read(_Rows, answer)
    said = [usable(_Playlist, row) for row in page.items]
    found = tuple(_playlist(one) for one in said if one is not None and _ID.fullmatch(one.id))
    return PlaylistList(page.total, found, len(page.items) - len(found))


def playlist_page(answer: object, offset: int = 0, limit: int = 50) -> PlaylistPage:
    """Read a page of a playlist's rows, each at its place."""
    page = read(_Rows, answer)
    # Who does not say how many there are has at least sent these.
    length = offset + len(page.items) if page.total is None else page.total
    more = page.total is None and len(page.items) >= limit
    rows, names = tuple(map(_row, page.items)), tuple(map(_called, page.items))
    return PlaylistPage(length, rows, names, more)


def added(answer: object) -> None:
    """Read that rows were added; UnexpectedAnswer when that is not what was said."""
    read(_Snapshot, answer)


def devices(answer: object) -> list[Device]:
    """Read the devices; what is none is left out."""
    said = (usable(_Device, row) for row in read(_Devices, answer).devices)
    return [_device(one) for one in said if one is not None]


def now_playing(answer: object) -> NowPlaying | None:
    """Read what plays; Spotify says nothing at all when no device is active."""
    if answer is None:
        return None
    said = read(_Playing, answer)
    name = said.device.name if said.device else None
    return NowPlaying(parse.track(said.item), name or None, said.is_playing)


def _playlist(said: _Playlist) -> FoundPlaylist:
    count = said.items or said.tracks
    return FoundPlaylist(
        spotify_id=said.id,
        name=said.name,
        owner_id=said.owner.id if said.owner else None,
        length=None if count is None else count.total,
        description=said.description,
        public=said.public,
    )


def _device(said: _Device) -> Device:
    return Device(said.id or None, said.name, said.type, said.is_active, said.is_restricted)


def _called(row: object) -> str:
    """Name of whatever stands in a row: an episode and a file of one's own have names too."""
    there = (row.get("item") or row.get("track")) if isinstance(row, dict) else None
    name = there.get("name") if isinstance(there, dict) else None
    return one_line(name)[:_LONGEST_NAME] if isinstance(name, str) else ""


def _row(row: object) -> Any:
    # A row whose track is gone is null, or has null in the place of the track.
    there = isinstance(row, dict) and (row.get("item") or row.get("track"))
    return parse.track(row) if there else None
