"""Lists in XML: playlists, libraries and feeds; saved web pages go elsewhere."""

import html
import plistlib
import re
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from typing import Any
from xml.etree import ElementTree as ET  # nosec B405  # without document types, see _parsed

from ttt.errors import InvalidInput
from ttt.services.tables import spreadsheet
from ttt.services.tables.formats import elements, web_pages
from ttt.services.tables.spreadsheet import Cells
from ttt.text import one_line, storable

_XML = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*<(?:[?!]|playlist|plist|html|head|body|table|nml|dj_playlists|smil"
    rb"|asx\b|winampxml|rss\b|feed\b)",
    re.IGNORECASE,
)
# Any other is XML where it ends with what it began with.
_ROOT = re.compile(rb"(?:\xef\xbb\xbf)?\s*<([a-z][\w.:-]{0,60})(?:\s[^<>]*)?>", re.IGNORECASE)
_LONGEST_END = 1_000
# What opens as a track up to where it closes, or another one opens, or all ends.
_TRACK = re.compile(
    r"<(track|entry|item)(?:\s[^<>]*+)?>.*?(?:</\1>|(?=<\1[\s>])|\Z)", re.DOTALL | re.IGNORECASE
)
_TAG = re.compile(r"</?[A-Za-z][\w:.-]*+")
# What opens as one that has its names in attributes; the last may be cut off.
_HEAD = re.compile(r"<(TRACK|ENTRY|media)\s([^<>]*+)(>?)", re.IGNORECASE)
_BARE = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[\da-fA-F]+);)")
_DECLARED = re.compile(rb"\A\s*+<\?(?:xml|wpl|zpl)[^>]*+>")
_PLIST = re.compile(rb"<plist|<!DOCTYPE plist", re.IGNORECASE)
# All that a library says is taken as text: a date that is none shall not lose the rest.
_NO_TEXT = re.compile(rb"<(/?)(?:date|integer|real|data)>")
_INNERMOST = re.compile(r"<dict>(.*?)(?:(</dict>)|(?=<dict>)|\Z)", re.DOTALL)
_SAYING = re.compile(r"<key>([^<]*+)</key>\s*+<string>([^<]*+)</")
_WEB_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?>(?:<\?xml[^>]{0,200}>|<!--.{0,2000}?-->)\s*){0,9}"
    rb"<(?:!doctype html|(?:html|head|body|table|ul|ol|div|main|section)\b)",
    re.IGNORECASE | re.DOTALL,
)
"""Also below what browsers and XHTML write above it."""
_OF_ITUNES = {
    "Name": "title",
    "Artist": "artist",
    "Album": "album",
    "Genre": "genre",
    "BPM": "bpm",
    "Year": "year",
    "Total Time": "duration_ms",
}
_NO_TRACKS = "This XML file holds no tracks that this app can read."
_NO_LIBRARY = "This library of iTunes or Apple Music is damaged or empty: export it again."


def read(content: bytes) -> list[Cells | None] | None:
    """The tracks of XML or HTML, None in the place of a damaged one; None for all else."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) and (text := _of_two_bytes(content)):
        content = text
    if _XML.match(content):
        return _read(content)
    # Whatever else stands in tags may as well be links on a web page.
    with suppress(InvalidInput):
        return _read(content) if _is_closed(content) else None
    return None


def _read(content: bytes) -> list[Cells | None]:
    if len(content) > spreadsheet.MAX_BYTES:
        raise InvalidInput(f"The file is larger than {spreadsheet.MAX_BYTES // 1024**2} MB.")
    if _WEB_PAGE.match(content):
        return list(web_pages.read(spreadsheet.decode(content).text))
    if _PLIST.search(content[:1000]):
        return list(_library(content))
    return _parsed(content)


def _is_closed(content: bytes) -> bool:
    root = _ROOT.match(content)
    end = content[-_LONGEST_END:].rstrip().lower()
    return root is not None and end.endswith(b"</%b>" % root[1].lower())


def _of_two_bytes(content: bytes) -> bytes | None:
    """XML in UTF-16 as UTF-8, None for what is no XML."""
    text = content.decode("utf-16", errors="replace").encode(errors="replace")
    return _DECLARED.sub(b"", text) if _XML.match(text) else None


def _parsed(content: bytes) -> list[Cells | None]:
    if b"<!" in content.replace(b"<!--", b"").replace(b"<![CDATA[", b""):
        raise InvalidInput("This XML file declares a document type, which is not taken.")
    try:
        root = ET.fromstring(content)  # noqa: S314  # nosec B314  # no document type, so no entities
    except (ET.ParseError, ValueError, LookupError):
        return _damaged(content)
    found = elements.tracks(root)
    if not found:
        is_sheet = elements.local(root) == "workbook"
        raise InvalidInput(spreadsheet.WORKBOOK if is_sheet else _NO_TRACKS)
    return list(found)


def _damaged(content: bytes) -> list[Cells | None]:
    """The tracks of a damaged playlist or collection that are whole, None for one that is not."""
    text = _DECLARED.sub(b"", spreadsheet.decode(content).text.encode()).decode()
    text = storable(text)
    # No more are taken than one too many, which is refused.
    tracks = [_track(one[0]) for one in islice(_TRACK.finditer(text), spreadsheet.MAX_ROWS + 1)]
    found = [None if track is None else elements.said(track) for track in tracks]
    if not any(one and (one["title"] or one["link"]) for one in found):
        found = list(_by_heads(text))
    if not any(found):
        raise InvalidInput("This XML file is damaged: save it again.")
    return found


def _by_heads(text: str) -> Iterator[Cells | None]:
    """Tracks whose names stand in attributes, without what stands below them."""
    for found in islice(_HEAD.finditer(text), spreadsheet.MAX_ROWS + 1):
        head = _track(f"<{found[1]} {found[2].rstrip('/')}/>") if found[3] else None
        if head is None:
            yield None
        else:
            yield from elements.by_attributes(head)


def _track(text: str) -> ET.Element | None:
    """A track by itself; a "&" that nobody escaped is one, and capitals in tags mean nothing."""
    text = _TAG.sub(lambda tag: tag[0].lower(), _BARE.sub("&amp;", text))
    try:
        return ET.fromstring(text)  # noqa: S314  # nosec B314  # as above
    except ET.ParseError:
        return None


def _library(content: bytes) -> Iterator[Cells | None]:
    """The tracks of a library or a playlist of iTunes, in the order of its only playlist."""
    content = _NO_TEXT.sub(rb"<\1string>", content)
    try:
        rows: list[Any] = _in_order(content)
    except Exception:  # a damaged one raises whatever expat and missing parts come to
        rows = list(_whole(spreadsheet.decode(content).text))
    if not any(rows):
        raise InvalidInput(_NO_LIBRARY)
    for row in rows:
        said = row and {name: one_line(str(row.get(key, ""))) for key, name in _OF_ITUNES.items()}
        yield said or None


def _in_order(content: bytes) -> list[Any]:
    # Refuses entities, and nothing else of a document type means anything to it.
    found: Any = plistlib.loads(content, fmt=plistlib.FMT_XML)
    tracks: dict[str, Any] = found["Tracks"]
    lists = found.get("Playlists") or []
    items = lists[0].get("Playlist Items", []) if len(lists) == 1 else []
    order = [item["Track ID"] for item in items] or list(tracks)
    return [row for number in order if isinstance(row := tracks.get(number), dict)]


def _whole(text: str) -> Iterator[dict[str, str] | None]:
    """The tracks of a damaged library that are whole, None for one that is cut off."""
    for found in _INNERMOST.finditer(text):
        said = {html.unescape(k): html.unescape(v) for k, v in _SAYING.findall(found[1])}
        if found[2] and {"Track ID", "Name"} <= said.keys():
            yield said
        elif said and found.end() == len(text):
            yield None
