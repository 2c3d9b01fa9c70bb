"""What players send, in ListenBrainz's shape: checked and read as told plays.

Shapes and limits are those that ListenBrainz documents, so that whatever sends there can send here.
"""

import json
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

import msgspec

from ttt.errors import InvalidInput
from ttt.plays import ToldPlay
from ttt.providers.history_files import fields
from ttt.text import cleaned

MOST_LISTENS = 1_000
LARGEST_LISTEN = 10_240
LARGEST_BODY = MOST_LISTENS * LARGEST_LISTEN
"""Bytes."""
# Of the smallest values ten million bytes hold five million, which take fifty times the room.
_MOST_COMMAS = 1_000_000
_FIRST = int(datetime(2002, 10, 1, tzinfo=UTC).timestamp())
# Clocks differ.
_AHEAD = timedelta(minutes=10)
_MOST_ARTISTS = 50

Kind = Literal["single", "playing_now", "import"]


@dataclass(frozen=True, slots=True)
class Submission:
    """What was sent; of what plays now, `told_at` is 0. `raw` is each as its player wrote it."""

    kind: Kind
    plays: tuple[ToldPlay, ...]
    raw: tuple[bytes | msgspec.Raw, ...] = ()


class _Info(msgspec.Struct):
    """Players put what they like here: what is not as documented is passed over."""

    duration_ms: Any = None
    duration: Any = None
    ms_played: Any = None
    isrc: Any = None
    spotify_id: Any = None
    origin_url: Any = None
    recording_mbid: Any = None
    artist_names: Any = None


class _Metadata(msgspec.Struct):
    track_name: str
    artist_name: str
    release_name: Any = None
    additional_info: Any = None


class _Listen(msgspec.Struct):
    track_metadata: _Metadata
    listened_at: int | float | str | None = None


class _Body(msgspec.Struct):
    listen_type: str
    payload: list[msgspec.Raw]


def read(body: bytes, now: datetime) -> Submission:
    """Read what was sent; InvalidInput says what is wrong with it, and nothing of it is kept."""
    if len(body) > LARGEST_BODY:
        raise InvalidInput(f"JSON document is too large: at most {LARGEST_BODY} bytes are taken.")
    if body.count(b",") > _MOST_COMMAS:
        raise InvalidInput("JSON document holds too many values.")
    said = _decoded(_as_json(body), _Body)
    kind = _kind(said.listen_type)
    if not said.payload:
        raise InvalidInput("JSON document does not contain any listens.")
    if kind != "import" and len(said.payload) > 1:
        raise InvalidInput(f"A submission of type {kind} holds one listen only.")
    if len(said.payload) > MOST_LISTENS:
        raise InvalidInput(f"Too many listens. At most {MOST_LISTENS} are taken at a time.")
    latest = int((now + _AHEAD).timestamp())
    plays = tuple(_play(raw, kind, latest) for raw in said.payload)
    return Submission(kind, plays, tuple(said.payload))


def _kind(listen_type: str) -> Kind:
    match listen_type:
        case "single" | "playing_now" | "import":
            return listen_type
    raise InvalidInput("JSON document requires a valid listen_type: single, playing_now, import.")


def _play(raw: msgspec.Raw, kind: Kind, latest: int) -> ToldPlay:
    if len(memoryview(raw)) > LARGEST_LISTEN:
        raise InvalidInput(f"A listen is too large: at most {LARGEST_LISTEN} bytes are taken.")
    said = _decoded(raw, _Listen)
    about = said.track_metadata
    title, artist = fields.name(about.track_name), fields.name(about.artist_name)
    if title is None or artist is None:
        raise InvalidInput("JSON document must contain track_name and artist_name.")
    info = _info(about.additional_info)
    return ToldPlay(
        told_at=_moment(said.listened_at, kind, latest),
        title=title,
        artists=_artists(info.artist_names) or (artist,),
        ms=fields.milliseconds(info.ms_played),
        album=fields.name(about.release_name),
        spotify_id=fields.spotify_id(info.spotify_id) or fields.spotify_id(info.origin_url),
        isrc=fields.isrc(info.isrc),
        mbid=fields.mbid(info.recording_mbid),
        duration_ms=fields.length(info.duration_ms) or fields.length(info.duration, 1_000),
    )


def _moment(said: float | str | None, kind: Kind, latest: int) -> int:
    listened_at = fields.number(said)
    if said is not None and listened_at is None:
        raise InvalidInput("Value for key listened_at is no number of seconds.")
    if kind == "playing_now":
        if listened_at is not None:
            raise InvalidInput("JSON document must not contain listened_at for playing_now.")
        return 0
    if listened_at is None:
        raise InvalidInput("JSON document must contain the key listened_at at the top level.")
    if listened_at < _FIRST:
        raise InvalidInput(f"Value for key listened_at is too low: before {_FIRST} (1 Oct 2002).")
    if listened_at > latest:
        raise InvalidInput("Value for key listened_at is too high: it lies in the future.")
    return int(listened_at)


def _as_json(body: bytes) -> bytes:
    """The body; one with halves of letters, as of a title that was cut, is mended."""
    try:
        msgspec.json.decode(body, type=msgspec.Raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        with suppress(ValueError, RecursionError):
            return json.dumps(cleaned(json.loads(body))).encode()
    return body


def _decoded(data: bytes | msgspec.Raw, kind: type[Any]) -> Any:
    try:
        return msgspec.json.decode(data, type=kind)
    except msgspec.ValidationError as error:
        raise InvalidInput(f"JSON document is not as it should be: {error}.") from None
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        raise InvalidInput("Cannot parse JSON document.") from None


def _info(said: object) -> _Info:
    if not isinstance(said, dict):
        return _Info()
    known = {name: said.get(name) for name in _Info.__struct_fields__}
    return _Info(**known)


def _artists(value: object) -> tuple[str, ...]:
    names = value[:_MOST_ARTISTS] if isinstance(value, list) else []
    return tuple(found for one in names if (found := fields.name(one)) is not None)
