"""Lists of tracks in JSON: our own, Spotify's, and those of any program that says it plainly."""

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from ttt.errors import InvalidInput
from ttt.providers import columns
from ttt.services.tables import plain_lines
from ttt.services.tables.spreadsheet import Cells

_DEEPEST = 8
_NO_LIST = "This JSON file holds no list of tracks."
_DAMAGED = "This JSON file is damaged: save it again."
# How JSON goes on behind its first bracket, and neither a list of links nor a title does.
_JSON = re.compile(r'\s*(?:\{\s*(?:["}]|$)|\[\s*(?:["{\[\]\d]|$))')
# Under these names a row of Spotify's holds the track itself.
_INSIDE = ("track", "item")
_TELLING = ("spotify_id", "title", "artist")

Path = tuple[str, ...]


def read(text: str) -> list[tuple[int, Cells]] | None:
    """The tracks of a JSON file by number, None for what is no JSON; InvalidInput without any."""
    if not text.lstrip().startswith(("[", "{")):
        return None
    found = _parsed(text)
    if found is None:
        return None
    if isinstance(found, list) and found and all(isinstance(one, str) for one in found):
        return list(plain_lines.of_lines(enumerate(found, start=1)))
    records = _records(found)
    if not records:
        raise InvalidInput(_NO_LIST)
    return [(n, _cells(record)) for n, record in enumerate(records, start=1)]


def _parsed(text: str) -> Any:
    """What a text says in JSON, as one value or as one a line; None where it is no JSON."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        pass
    try:
        return [json.loads(line) for line in text.splitlines() if line.strip()]
    except (ValueError, RecursionError):
        if _JSON.match(text):
            raise InvalidInput(_DAMAGED) from None
    return None


def _records(found: Any) -> list[dict[str, Any]]:
    """The objects that say most of tracks; of the same place in several lists, all of them."""
    places: dict[Path, list[dict[str, Any]]] = defaultdict(list)
    for path, records in _lists(found):
        places[path] += map(_flat, records)
    return max(places.values(), key=_telling, default=[])


def _lists(found: Any, path: Path = ()) -> Iterator[tuple[Path, list[dict[str, Any]]]]:
    """Lists of objects at any depth, by the names that lead to them."""
    if len(path) > _DEEPEST:
        return
    if isinstance(found, list):
        if found and all(isinstance(one, dict) for one in found):
            yield path, found
        for one in found:
            yield from _lists(one, (*path, ""))
    elif isinstance(found, dict):
        for name, value in found.items():
            yield from _lists(value, (*path, name))


def _telling(records: list[dict[str, Any]]) -> tuple[int, int]:
    """How much objects say of tracks: of what names one, and of everything else."""
    names = {name for record in records[:20] for name, cell in _cells(record).items() if cell}
    fields = set(filter(None, map(columns.field_named, names)))
    return len(fields & set(_TELLING)), len(fields)


def _flat(record: Mapping[str, Any]) -> dict[str, Any]:
    """An object with the track that it holds, and the track with its album's date."""
    held = (record[name] for name in _INSIDE if isinstance(record.get(name), dict))
    inside: dict[str, Any] = next(held, {})
    flat = {**record, **inside}
    album = flat.get("album")
    if isinstance(album, dict) and "release_date" in album:
        flat.setdefault("release_date", album["release_date"])
    return flat


def _cells(record: Mapping[str, Any]) -> Cells:
    return {str(key).casefold(): _cell(value) for key, value in record.items()}


def _cell(value: Any) -> str:
    match value:
        case str():
            return value
        case bool() | None:
            return ""
        case int() | float():
            return repr(value)
        case dict():
            name = value.get("name")
            return name if isinstance(name, str) else ""
        case list():
            return "; ".join(filter(None, (_cell(one) for one in value[:100])))
    return ""
