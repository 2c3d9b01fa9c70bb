"""Objects of the Web API, with the fields that an app in development mode is given.

`api` is the base address with the version, such as http://127.0.0.1:8501/demo-spotify/v1.
"""

from typing import Any

from starlette.datastructures import URL

from ttt.demo.library import Artist, Track, made_up_id
from ttt.demo.listeners import Listener
from ttt.demo.web_api.player import Device, Playing
from ttt.demo.web_api.playlists import Playlist, Row

Object = dict[str, Any]


def user(listener: Listener, api: str) -> Object:
    """A private user: neither mail, country nor product, as these are gone."""
    user_id = f"demo-{listener.id}"
    return {
        "account_id": made_up_id("account", listener.id),
        "display_name": listener.name,
        "external_urls": {"spotify": f"https://open.spotify.com/user/{user_id}"},
        "href": f"{api}/users/{user_id}",
        "id": user_id,
        "images": [],
        "type": "user",
        "uri": f"spotify:user:{user_id}",
    }


def track(track: Track, api: str) -> Object:
    """A track without popularity and markets; its ISRC is made up."""
    return _item("track", track.id, track.title, api) | {
        "album": _album(track, api),
        "artists": [_item("artist", a.id, a.name, api) for a in track.artists],
        "disc_number": 1,
        "duration_ms": track.duration_ms,
        "explicit": track.explicit,
        "external_ids": {"isrc": track.isrc},
        "is_local": False,
        "is_playable": True,
        "preview_url": None,
        "track_number": 1,
    }


def artist(artist: Artist, api: str) -> Object:
    """An artist without followers, genres and popularity."""
    return _item("artist", artist.id, artist.name, api) | {"images": []}


def playlist(playlist: Playlist, api: str) -> Object:
    """A playlist as in lists: `items` says how many there are and where."""
    return _item("playlist", playlist.id, playlist.name, api) | {
        "collaborative": False,
        "description": playlist.description,
        "images": [],
        "items": {"href": f"{api}/playlists/{playlist.id}/items", "total": len(playlist.rows)},
        "owner": _public_user(playlist.owner, api),
        "public": playlist.public,
        "snapshot_id": playlist.snapshot_id,
    }


def playlist_row(row: Row, api: str) -> Object:
    """A row of a playlist."""
    return {
        "added_at": f"{row.added_at:%Y-%m-%dT%H:%M:%SZ}",
        "added_by": _public_user(row.added_by, api),
        "is_local": False,
        "item": track(row.track, api),
    }


def device(device: Device, active: bool) -> Object:
    """A device that can play."""
    return {
        "id": device.id,
        "is_active": active,
        "is_private_session": False,
        "is_restricted": device.restricted,
        "name": device.name,
        "supports_volume": not device.restricted,
        "type": device.type,
        "volume_percent": None if device.restricted else 60,
    }


def playing(state: Playing, api: str) -> Object:
    """What plays, without the device that it plays on."""
    return {
        "actions": {"disallows": {"pausing": not state.is_playing}},
        "context": None,
        "currently_playing_type": "track",
        "is_playing": state.is_playing,
        "item": track(state.track, api),
        "progress_ms": state.progress_ms,
        "timestamp": state.changed_ms,
    }


def page(items: list[Object], total: int, url: URL, limit: int, offset: int) -> Object:
    """A paging object round `items`, which are those from `offset` on of `total`."""

    def at(start: int) -> str:
        return str(url.include_query_params(offset=start, limit=limit))

    return {
        "href": at(offset),
        "items": items,
        "limit": limit,
        "next": at(offset + limit) if offset + limit < total else None,
        "offset": offset,
        "previous": at(max(0, offset - limit)) if offset else None,
        "total": total,
    }


def _public_user(listener: Listener, api: str) -> Object:
    about = ("display_name", "external_urls", "href", "id", "type", "uri")
    shown = user(listener, api)
    return {name: shown[name] for name in about}


def _album(track: Track, api: str) -> Object:
    # The catalogue has neither dates nor covers; "0000" is what Spotify gives for unknown years.
    return _item("album", track.album_id, track.album, api) | {
        "album_type": "album",
        "artists": [_item("artist", a.id, a.name, api) for a in track.artists[:1]],
        "images": [],
        "is_playable": True,
        "release_date": "0000",
        "release_date_precision": "year",
        "total_tracks": 1,
    }


def _item(kind: str, item_id: str, name: str, api: str) -> Object:
    return {
        "external_urls": {"spotify": f"https://open.spotify.com/{kind}/{item_id}"},
        "href": f"{api}/{kind}s/{item_id}",
        "id": item_id,
        "name": name,
        "type": kind,
        "uri": f"spotify:{kind}:{item_id}",
    }
