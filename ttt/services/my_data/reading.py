"""Reads a zip file that anybody could have made, in memory and no further than it is allowed to."""

import io
import json
import re
import zlib
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Annotated, TypeVar
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from pydantic import FailFast, TypeAdapter, ValidationError

from ttt.errors import InvalidInput
from ttt.services.lists.lists import MOST
from ttt.services.my_data import kinds, playing
from ttt.services.my_data.shapes.account import Lastfm, Spotify
from ttt.services.my_data.shapes.music import (
    Description,
    OwnDescription,
    Snapshot,
    TrackList,
    Value,
)
from ttt.services.my_data.shapes.record import Record

MAX_BYTES = 5 * 1024**2
MOST_FILES = 100
# A file that is read, and all that the zip says it holds, tables for people included.
MAX_FILE, MAX_TOTAL = 24 * 1024**2, 200 * 1024**2
_MOST_RECORDS, _MOST_SNAPSHOTS = 100_000, 20_000
# Each thing that is wrong in a file costs a thousand bytes to say, so of many one has to do.
_MOST_KEYS, _MOST_COMMAS = 100, 3_000_000
_ENCRYPTED = 0x1
_MANIFEST = "manifest.json"
# Browsers unpack what they fetch, and computers pack it again with its folder and notes of theirs.
_FOLDER = re.compile(r"[^/\\:.][^/\\:]*/")
_NO_FILE = re.compile(r"/$|^__MACOSX/|(?:^|/)(?:\._|\.DS_Store$|desktop\.ini$)")
R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class Content:
    """What an upload takes from a file, and whose Spotify the top tracks are from."""

    lists: list[TrackList]
    snapshots: list[Snapshot]
    values: list[Value]
    descriptions: list[OwnDescription]
    lastfm: list[Lastfm]
    tracks: dict[str, Description]
    spotify: list[Spotify]


def read(content: bytes) -> Content:
    """What the file holds; InvalidInput says in words why it is refused as a whole."""
    if len(content) > MAX_BYTES:
        raise InvalidInput(
            f"The file is larger than {MAX_BYTES // 1024**2} MB: take the .csv files out of it."
        )
    try:
        with ZipFile(io.BytesIO(content)) as archive:
            return _content(archive)
    except (BadZipFile, zlib.error, NotImplementedError, EOFError, ValueError) as error:
        # zipfile lets through what it meets at places that lead out of the file.
        raise InvalidInput("This is no zip file, or it is damaged.") from error


def _content(archive: ZipFile) -> Content:
    named = _named(archive.infolist())
    _require_harmless(named)
    files = dict(named)
    if _MANIFEST not in files:
        raise InvalidInput("This is not a file of “Download my data”: manifest.json is missing.")
    _require_version(_text(archive, files[_MANIFEST]))

    def records(name: str, model: type[R], most: int = _MOST_RECORDS) -> list[R]:
        info = files.get(f"{name}.json")
        return [] if info is None else _records(name, _text(archive, info), model, most)

    tracks = records("tracks", Description)
    return Content(
        records("lists", TrackList, MOST),
        records("snapshots", Snapshot, _MOST_SNAPSHOTS),
        records("values", Value),
        records("descriptions", OwnDescription),
        records("lastfm", Lastfm, 1),
        {track.track: track for track in tracks},
        records("spotify", Spotify, 1),
    )


def _named(infos: list[ZipInfo]) -> list[tuple[str, ZipInfo]]:
    """What a zip holds by name, without the folder that it stands in where it was packed again."""
    own = [i for i in infos if not _NO_FILE.search(i.filename)]
    folders = (i.filename.removesuffix(_MANIFEST) for i in own if i.filename.endswith(_MANIFEST))
    folder = next(filter(_FOLDER.fullmatch, folders), "")
    return [(info.filename.removeprefix(folder), info) for info in own]


def _require_harmless(named: list[tuple[str, ZipInfo]]) -> None:
    names = [name for name, _ in named]
    if len(names) > MOST_FILES:
        raise InvalidInput(f"The file holds more than {MOST_FILES} files.")
    if len(set(names)) < len(names):
        raise InvalidInput("The file holds two files of the same name.")
    for name, info in named:
        if not name.replace("_", "").replace(".", "").isalnum() or ".." in name:
            raise InvalidInput("The file holds folders, or names that no file of ours has.")
        if info.flag_bits & _ENCRYPTED:
            raise InvalidInput("The file is protected by a password.")
        if info.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
            raise InvalidInput("The file is packed in a way that this app does not read.")
    # Plays are taken on the page of imports, and not read here.
    if sum(info.file_size for name, info in named if name not in playing.FILES) > MAX_TOTAL:
        raise InvalidInput("What the file holds is too large.")


def _text(archive: ZipFile, info: ZipInfo) -> bytes:
    # What a zip says of itself is not believed: reading stops at the limit.
    with archive.open(info) as file:
        text = file.read(MAX_FILE + 1)
    if len(text) > MAX_FILE:
        raise InvalidInput(f"{info.filename} is too large.")
    return text


def _require_version(text: bytes) -> None:
    _require_plain("manifest", text)
    try:
        manifest = kinds.Manifest.model_validate_json(text, strict=True)
    except ValidationError as error:
        raise InvalidInput(_words("manifest", error)) from None
    if manifest.version != kinds.VERSION:
        raise InvalidInput(
            f"The file has version {manifest.version} of the format, and this server reads "
            f"version {kinds.VERSION}: use the version of the app that wrote it, or a newer one."
        )


def _records(name: str, text: bytes, model: type[R], most: int) -> list[R]:
    _require_plain(name, text)
    kind = Annotated[list[model], FailFast()]  # type: ignore[valid-type]  # mypy knows no types that are made while it runs
    try:
        found: list[R] = TypeAdapter(kind).validate_json(text, strict=True)
    except ValidationError as error:
        raise InvalidInput(_words(name, error)) from None
    if len(found) > most:
        raise InvalidInput(f"{name}.json holds more than {most:,} records.")
    return found


def _require_plain(name: str, text: bytes) -> None:
    """Refuse, before anything is made of it, what no file of ours is: neither deep nor wide."""

    # Of two keys of one name the last would count in silence. Nothing is kept of an object.
    def few_and_each_once(pairs: Sequence[tuple[str, object]]) -> None:
        if len(pairs) > _MOST_KEYS:
            raise InvalidInput(f"{name}.json holds what no file of ours does.")
        if len({key for key, _ in pairs}) < len(pairs):
            raise InvalidInput(f"{name}.json holds a key twice.")

    if text.count(b",") > _MOST_COMMAS:
        raise InvalidInput(f"{name}.json holds what no file of ours does.")
    # What is no JSON at all is said better by who reads it.
    with suppress(ValueError, RecursionError):
        json.loads(text, object_pairs_hook=few_and_each_once)


def _words(name: str, error: ValidationError) -> str:
    """Where a file is wrong, without what stands there: that can be anything."""
    first = error.errors(include_url=False, include_input=False, include_context=False)[0]
    place = ".".join(str(part) for part in first["loc"])[:100]
    message = (
        str(first["msg"]).partition(":")[0] if first["type"] == "json_invalid" else first["msg"]
    )
    return f"{name}.json cannot be used{f', at {place}' if place else ''}: {message}."
