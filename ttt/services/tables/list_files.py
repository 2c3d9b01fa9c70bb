"""Files that hold a list, whatever wrote them: tables, and our own JSON, M3U8 and XSPF."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from xml.etree import ElementTree as ET  # nosec B405  # without document types, see _xspf

from ttt.errors import InvalidInput
from ttt.providers import encodings
from ttt.services.tables import spreadsheet
from ttt.services.tables.spreadsheet import Broken, Cells, Sheet
from ttt.text import one_line

_XSPF = "{http://xspf.org/ns/0/}"
_EXTINF = re.compile(r"#EXTINF:\s*(-?\d+)?[^,]*,(.*)", re.IGNORECASE)
_DASH = re.compile(r"\s[-–—]\s")
_NO_LIST = "This JSON file holds no list of tracks."


def read(content: bytes, encoding: str | None = None, *, header: bool | None = None) -> Sheet:
    """Read a list by what it holds, not by its name; InvalidInput when it cannot be read."""
    start = content[:2_000].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith((b"[", b"{")) and len(content) <= spreadsheet.MAX_BYTES:
        return _json(content)
    if start.upper().startswith(b"#EXTM3U"):
        return _sheet(list(_m3u8(encodings.decode(content, encoding).text)))
    if start.startswith(b"<"):
        return _sheet(list(_xspf(content)))
    return spreadsheet.read(content, encoding, header=header)


def _sheet(rows: Sequence[Mapping[str, str]], broken: Sequence[Broken] = ()) -> Sheet:
    columns = tuple(dict.fromkeys(name for row in rows for name in row))
    blank = dict.fromkeys(columns, "")
    numbered = enumerate(rows, start=1)
    return Sheet(columns, tuple((n, blank | dict(row)) for n, row in numbered), tuple(broken))


def _json(content: bytes) -> Sheet:
    try:
        found = json.loads(content.decode("utf-8-sig", errors="replace"))
    except (ValueError, RecursionError):
        raise InvalidInput("This JSON file is damaged: save it again.") from None
    records = _records(found)
    if not records:
        raise InvalidInput(_NO_LIST)
    columns = tuple(dict.fromkeys(str(key).casefold() for record in records for key in record))
    blank = dict.fromkeys(columns, "")
    rows = [blank | _cells(record) for record in records]
    return Sheet(columns, tuple(enumerate(rows, start=1)))


def _records(found: Any) -> list[dict[str, Any]]:
    """The list of objects that a JSON file is, or holds under one of its names."""
    for value in [found, *(found.values() if isinstance(found, dict) else ())]:
        if isinstance(value, list) and value and all(isinstance(one, dict) for one in value):
            return value
    return []


def _cells(record: Mapping[str, Any]) -> Cells:
    return {str(key).casefold(): _cell(value) for key, value in record.items()}


def _cell(value: Any) -> str:
    match value:
        case str():
            return value
        case bool() | None | dict():
            return ""
        case int() | float():
            return repr(value)
        case list():
            return "; ".join(one for one in value if isinstance(one, str))
    return ""


def _m3u8(text: str) -> Iterator[dict[str, str]]:
    said: dict[str, str] = {}
    for line in text.splitlines():
        if found := _EXTINF.match(line.strip()):
            artist, *title = _DASH.split(found[2].strip(), maxsplit=1)
            said = {"artist": artist, "title": title[0]} if title else {"title": artist}
            if found[1] and int(found[1][:9]) > 0:
                said["duration_ms"] = str(int(found[1][:9]) * 1000)
        elif line.strip() and not line.startswith("#"):
            yield {"link": line.strip(), "title": "", "artist": "", "duration_ms": ""} | said
            said = {}


def _xspf(content: bytes) -> Iterator[dict[str, str]]:
    if b"<!" in content.replace(b"<!--", b""):
        raise InvalidInput("This XML file declares a document type, which is not taken.")
    if len(content) > spreadsheet.MAX_BYTES:
        raise InvalidInput(f"The file is larger than {spreadsheet.MAX_BYTES // 1024**2} MB.")
    try:
        root = ET.fromstring(content)  # noqa: S314  # nosec B314  # no document type, so no entities
    except (ET.ParseError, ValueError, LookupError):
        raise InvalidInput("This XML file is damaged: save it again.") from None
    found = list(root.iter(f"{_XSPF}track"))
    if not found:
        raise InvalidInput("This XML file is no XSPF playlist.")
    for track in found:
        said = {child.tag.removeprefix(_XSPF): one_line(child.text or "") for child in track}
        names = {"location": "link", "creator": "artist", "duration": "duration_ms"}
        wanted = ("location", "identifier", "title", "creator", "album", "duration")
        yield {names.get(name, name): said.get(name, "") for name in wanted}
