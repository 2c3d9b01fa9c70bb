"""Lists in XML: XSPF, libraries and collections of players; saved web pages go elsewhere."""

import html
import plistlib
import re
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree as ET  # nosec B405  # without document types, see _parsed

from ttt.errors import InvalidInput
from ttt.providers import columns
from ttt.services.tables import spreadsheet
from ttt.services.tables.formats import web_pages
from ttt.services.tables.spreadsheet import Cells
from ttt.services.tracks import links
from ttt.text import one_line, storable

_NAMESPACE = re.compile(r"\{[^}]*\}")
_XML = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*<(?:[?!]|playlist|plist|html|head|body|table|nml|dj_playlists|smil)",
    re.IGNORECASE,
)
# What opens as a track up to where it closes, or another one opens, or all ends.
_TRACK = re.compile(r"<track(?:\s[^<>]*+)?>.*?(?:</track>|(?=<track[\s>])|\Z)", re.DOTALL)
# What opens as one that has its names in attributes; the last may be cut off.
_HEAD = re.compile(r"<(TRACK|ENTRY|media)\s([^<>]*+)(>?)", re.IGNORECASE)
_BARE = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[\da-fA-F]+);)")
_DECLARED = re.compile(rb"\A\s*+<\?(?:xml|wpl|zpl)[^>]*+>")
_PLIST = re.compile(rb"<plist|<!DOCTYPE plist", re.IGNORECASE)
# All that a library says is taken as text: a date that is none shall not lose the rest.
_NO_TEXT = re.compile(rb"<(/?)(?:date|integer|real|data)>")
_INNERMOST = re.compile(r"<dict>(.*?)(?:(</dict>)|(?=<dict>)|\Z)", re.DOTALL)
_SAYING = re.compile(r"<key>([^<]*+)</key>\s*+<string>([^<]*+)</")
_WEB_PAGE = re.compile(rb"\s*<(?:!doctype html|html|head|body|table)", re.IGNORECASE)
_OF_ITUNES = {
    "Name": "title",
    "Artist": "artist",
    "Album": "album",
    "Genre": "genre",
    "BPM": "bpm",
    "Year": "year",
    "Total Time": "duration_ms",
}
_CALLED = {
    "location": "link",
    "identifier": "identifier",
    "title": "title",
    "name": "title",
    "creator": "artist",
    "artist": "artist",
    "author": "artist",
    "album": "album",
    "duration": "duration_ms",
}
_NO_TRACKS = "This XML file holds no tracks that this app can read."
_NO_LIBRARY = "This library of iTunes or Apple Music is damaged or empty: export it again."


def read(content: bytes) -> list[Cells | None] | None:
    """The tracks of XML or HTML, None in the place of a damaged one; None for all else."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) and (text := _of_two_bytes(content)):
        content = text
    if not _XML.match(content):
        return None
    if len(content) > spreadsheet.MAX_BYTES:
        raise InvalidInput(f"The file is larger than {spreadsheet.MAX_BYTES // 1024**2} MB.")
    if _WEB_PAGE.match(content):
        return list(web_pages.read(spreadsheet.decode(content).text))
    if _PLIST.search(content[:1000]):
        return list(_library(content))
    return _parsed(content)


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
    tracks = [one for one in root.iter() if _local(one) == "track" and len(one)]
    found = list(_by_attributes(root)) or [
        _said(one) for one in tracks or filter(_names, root.iter())
    ]
    if not found:
        is_sheet = _local(root) == "Workbook"
        raise InvalidInput(spreadsheet.WORKBOOK if is_sheet else _NO_TRACKS)
    return list(found)


def _damaged(content: bytes) -> list[Cells | None]:
    """The tracks of a damaged playlist or collection that are whole, None for one that is not."""
    text = _DECLARED.sub(b"", spreadsheet.decode(content).text.encode()).decode()
    text = storable(text)
    tracks = [_track(one) for one in _TRACK.findall(text)]
    found = [None if track is None else _said(track) for track in tracks]
    found = found if any(found) else list(_by_heads(text))
    if not any(found):
        raise InvalidInput("This XML file is damaged: save it again.")
    return found


def _by_heads(text: str) -> Iterator[Cells | None]:
    """Tracks whose names stand in attributes, without what stands below them."""
    for found in _HEAD.finditer(text):
        head = _track(f"<{found[1]} {found[2].rstrip('/')}/>") if found[3] else None
        if head is None:
            yield None
        else:
            yield from _by_attributes(head)


def _track(text: str) -> ET.Element | None:
    """A track by itself; a "&" that nobody escaped is one."""
    try:
        return ET.fromstring(_BARE.sub("&amp;", text))  # noqa: S314  # nosec B314  # as above
    except ET.ParseError:
        return None


def _names(element: ET.Element) -> bool:
    """Whether what stands in an element names a track, whatever that is called."""
    children = {_CALLED.get(_local(child).lower()) for child in element}
    return {"title", "artist"} <= children


def _said(track: ET.Element) -> Cells:
    """What a track says; of several places that which leads to Spotify, else the first."""
    said = dict.fromkeys(_CALLED.values(), "")
    for child in track:
        name = _CALLED.get(_local(child).lower(), "")
        text = one_line(child.text or "") or one_line(child.findtext("name") or "")
        if name and (not said[name] or (links.link_in(text) and not links.link_in(said[name]))):
            said[name] = text
    return said


def _by_attributes(root: ET.Element) -> Iterator[Cells]:
    """Tracks whose names stand in attributes, as Rekordbox, Traktor and Windows Media have them."""
    for element in root.iter():
        named = {columns.field_named(_local_name(name)) for name in element.attrib}
        if {"title", "artist"} <= named:
            said = _attributes(element)
            for child in element:
                said |= _attributes(child, f"{_local(child)} ")
            yield said


def _attributes(element: ET.Element, before: str = "") -> Cells:
    return {
        f"{before}{_local_name(name)}".casefold(): one_line(text)
        for name, text in element.attrib.items()
    }


def _local(element: ET.Element) -> str:
    return _local_name(str(element.tag))


def _local_name(name: str) -> str:
    """A name without its namespace, which some programs leave out."""
    return _NAMESPACE.sub("", name)


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
