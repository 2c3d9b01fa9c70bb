"""Playlists, devices and what plays, in Spotify's JSON and as plain data."""

from typing import Any

from ttt.errors import UnexpectedAnswer
from ttt.found import Device, FoundPlaylist, NowPlaying, PlaylistPage
from ttt.providers.spotify import parse
from ttt.providers.spotify.parse import Part


class _Owner(Part):
    id: str


class _Count(Part):
    total: int


class _Playlist(Part):
    id: str
    name: str
    owner: _Owner
    items: _Count | None = None
    # Apps from before February 2026 are still told so.
    tracks: _Count | None = None
    description: str | None = None
    public: bool | None = None


class _Rows(Part):
    total: int
    items: list[Any]


class _Snapshot(Part):
    snapshot_id: str


class _Device(Part):
    id: str | None = None
    name: str
    type: str = ""
    is_active: bool = False
    is_restricted: bool = False


class _Devices(Part):
    devices: list[_Device]


class _Playing(Part):
    is_playing: bool = False
    item: Any = None
    device: _Device | None = None


def playlist(answer: object) -> FoundPlaylist:
    """Read a playlist; of which the contents are hidden, the length is 0."""
    said = parse.read(_Playlist, answer)
    count = said.items or said.tracks
    return FoundPlaylist(
        spotify_id=said.id,
        name=said.name,
        owner_id=said.owner.id,
        length=0 if count is None else count.total,
        description=said.description,
        public=said.public,
    )


def playlists(answer: object) -> tuple[int, list[FoundPlaylist]]:
    """Read a page of playlists; return how many there are in all, and those of the page."""
    page = parse.read(_Rows, answer)
    return page.total, [playlist(row) for row in page.items if row is not None]


def playlist_page(answer: object) -> PlaylistPage:
    """Read a page of a playlist's rows, each at its place."""
    page = parse.read(_Rows, answer)
    return PlaylistPage(page.total, tuple(_row(row) for row in page.items))


def added(answer: object) -> None:
    """Read that rows were added; UnexpectedAnswer when that is not what was said."""
    parse.read(_Snapshot, answer)


def devices(answer: object) -> list[Device]:
    """Read the devices."""
    return [_device(said) for said in parse.read(_Devices, answer).devices]


def now_playing(answer: object) -> NowPlaying | None:
    """Read what plays; Spotify says nothing at all when no device is active."""
    if answer is None:
        return None
    said = parse.read(_Playing, answer)
    track = parse.track(said.item) if said.item is not None else None
    return NowPlaying(track, said.device.name if said.device else None, said.is_playing)


def _device(said: _Device) -> Device:
    return Device(said.id, said.name, said.type, said.is_active, said.is_restricted)


def _row(row: object) -> Any:
    if row is not None and not isinstance(row, dict):
        raise UnexpectedAnswer("api")
    # A row whose track is gone is null, or has null in the place of the track.
    return parse.track(row) if row and (row.get("item") or row.get("track")) else None
