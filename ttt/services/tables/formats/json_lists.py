"""Lists of tracks in JSON: our own, Spotify's, and those of any program that says it plainly."""

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import suppress
from itertools import zip_longest
from typing import Any

from ttt.errors import InvalidInput
from ttt.providers import columns, identity
from ttt.providers.history_files.pieces import quoting, spoken
from ttt.services.tables.formats import damaged, plain_lines
from ttt.services.tables.spreadsheet import Cells
from ttt.text import storable

_DEEPEST = 8
_LOOKED_AT = 20
_NO_LIST = "This JSON file holds no list of tracks."
_DAMAGED = "This JSON file is damaged: save it again."
# How JSON goes on behind its first bracket, and neither a list of links nor a title does.
_JSON = re.compile(r'\s*(?:\{\s*(?:["}]|$)|\[\s*(?:["{\[\]]|[\d.]+\s*,|$))')
# Under these names a row of Spotify's, Apple's or of a graph holds the track itself.
_INSIDE = ("track", "item", "localTrack", "episode", "attributes", "node")
# Under these names stands what a track sounds like.
_SOUND = ("audio_features", "audioFeatures", "features")
# Ids of these look like a track's.
_NO_TRACKS = ("episode", "show", "album", "artist", "audiobook", "chapter", "playlist")
_TELLING = ("spotify_id", "title", "artist", "isrc")

Path = tuple[str, ...]


def read(text: str) -> list[tuple[int, Cells | None]] | None:
    """The tracks of a JSON file by number, None for what is no JSON; InvalidInput without any.

    Of a damaged file those that are whole; None stands in the place of others.
    """
    text = _as_json(text)
    if not text.lstrip().startswith(("[", "{")):
        return None
    try:
        found = _parsed(text)
    except InvalidInput:
        return _salvaged(text)
    if found is None:
        return None
    records = _records(found)
    if not records:
        raise InvalidInput(_NO_LIST)
    if not any(isinstance(one, dict) for one in records):
        return list(plain_lines.of_lines(enumerate(map(_cell, records), start=1)))
    return [(n, _cells(_object(record))) for n, record in enumerate(records, start=1)]


def _as_json(text: str) -> str:
    """What a script holds, or Python prints, as JSON; any other text as it is."""
    data = spoken.unscripted(text.encode(errors="replace"))
    if spoken.is_spoken(data):
        data = spoken.as_json(data)
    return data.decode()


def _salvaged(text: str) -> list[tuple[int, Cells | None]]:
    rows = [None if row is None else _flat(row) for row in damaged.objects(text)]
    if not any(_telling([row for row in rows if row is not None])):
        raise InvalidInput(_DAMAGED)
    return [(n, None if row is None else _cells(row)) for n, row in enumerate(rows, start=1)]


def _parsed(text: str) -> Any:
    """What a text says in JSON, as one value or as one a line; None where it is no JSON."""
    with suppress(ValueError, RecursionError):
        return json.loads(text)
    with suppress(ValueError, RecursionError):
        return json.loads(spoken.without_commas_too_many(text))
    try:
        return [json.loads(line) for line in text.splitlines() if line.strip()]
    except (ValueError, RecursionError):
        if _JSON.match(text):
            raise InvalidInput(_DAMAGED) from None
    return None


def _records(found: Any) -> list[Any]:
    """The rows that say most of tracks; of the same place in several lists, all of them."""
    places: dict[Path, list[Any]] = defaultdict(list)
    for path, records in _lists(found):
        places[path] += records
    best = max(places.values(), key=_telling, default=[])
    if isinstance(found, dict) and _telling([found])[0] > _telling(best)[0]:
        return [found]
    return best


def _lists(found: Any, path: Path = ()) -> Iterator[tuple[Path, list[Any]]]:
    """Rows at any depth, by the names that lead to them: objects, or texts that are links."""
    if len(path) > _DEEPEST:
        return
    if isinstance(found, list):
        if any(isinstance(one, dict) for one in found) or _are_lines(found):
            yield path, [_flat(one) if isinstance(one, dict) else one for one in found]
        elif found and all(isinstance(one, list) for one in found):
            yield path, _by_header(found)
        for one in found:
            yield from _lists(one, (*path, ""))
    elif isinstance(found, dict):
        yield path, _by_column(found) or _by_id(found)
        for name, value in found.items():
            yield from _lists(value, (*path, name))


def _are_lines(found: list[Any]) -> bool:
    """Whether most of these are links, or artists and titles."""
    first = found[:_LOOKED_AT]
    told = sum(isinstance(one, str) and plain_lines.is_track(one) for one in first)
    return told * 2 > len(first)


def _by_header(rows: list[list[Any]]) -> list[Any]:
    """Rows of a table whose first one names the columns, or is a row like others."""
    names = [_cell(cell) for cell in rows[0]]
    if not any(map(columns.field_named, names)):
        return [{f"column {n}": cell for n, cell in enumerate(row, start=1)} for row in rows]
    return [dict(zip(names, row, strict=False)) for row in rows[1:]]


def _by_column(found: Mapping[str, Any]) -> list[Any]:
    """Rows of an object that holds a list a column."""
    # pandas writes a column as an object, by the numbers of its rows.
    held = {
        name: list(value.values()) if _is_numbered(value) else value
        for name, value in found.items()
        if columns.field_named(name)
    }
    if len(held) < 2 or not all(isinstance(v, list) and len(v) > 1 for v in held.values()):
        return []
    return [dict(zip(held, row, strict=True)) for row in zip_longest(*held.values())]


def _is_numbered(found: Any) -> bool:
    return isinstance(found, dict) and bool(found) and all(map(str.isdecimal, found))


def _by_id(found: Mapping[str, Any]) -> list[Any]:
    """Rows of an object that holds an object a track, by the track's id or a number."""
    named = {key: value for key, value in found.items() if isinstance(value, dict)}
    if named and all(map(identity.spotify_id, named)):
        return [{"spotify_id": key} | _flat(value) for key, value in named.items()]
    return [_flat(value) for value in named.values()] if _is_numbered(named) else []


def _telling(records: list[Any]) -> tuple[int, int]:
    """How much rows say of tracks: of what names one, and of everything else."""
    some = [_cells(_object(record)) for record in records[:_LOOKED_AT]]
    names = {name for cells in some for name, cell in cells.items() if cell}
    fields = set(filter(None, map(columns.field_named, names)))
    return len(fields & set(_TELLING)), len(fields)


def _object(record: Any) -> Mapping[str, Any]:
    """A row as an object; a text stands for the link that it may be."""
    if isinstance(record, dict):
        return record
    return {"link": record} if isinstance(record, str) else {}


def _flat(record: Mapping[str, Any]) -> dict[str, Any]:
    """An object with the track that it holds, and the track with its sound and album's date."""
    held = (record[name] for name in _INSIDE if isinstance(record.get(name), dict))
    inside: dict[str, Any] = next(held, {})
    flat = {**record, **inside}
    sound: Mapping[str, Any] = next(
        (flat[name] for name in _SOUND if isinstance(flat.get(name), dict)), {}
    )
    flat = {**sound, **flat}
    if flat.get("type") in _NO_TRACKS:
        flat.pop("id", None)
    album = flat.get("album")
    if isinstance(album, dict) and "release_date" in album:
        flat.setdefault("release_date", album["release_date"])
    return flat


def _cells(record: Mapping[str, Any]) -> Cells:
    return {storable(str(key)).casefold(): _cell(value) for key, value in record.items()}


def _cell(value: Any) -> str:
    match value:
        case str():
            return storable(quoting.unescaped(value))
        case bool() | None:
            return ""
        case int() | float():
            return repr(value)
        case dict():
            name = value.get("name") or value.get("title")
            return _cell(name) if isinstance(name, str) else ""
        case list():
            return "; ".join(filter(None, (_cell(one) for one in value[:100])))
    return ""
