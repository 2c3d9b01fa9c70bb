"""Files that hold a list, whatever wrote them: tables, and our own JSON, M3U8 and XSPF."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from urllib.parse import unquote
from xml.etree import ElementTree as ET  # nosec B405  # without document types, see _xspf

from ttt.errors import InvalidInput
from ttt.services.tables import json_lists, plain_lines, spreadsheet
from ttt.services.tables.spreadsheet import Broken, Cells, Sheet
from ttt.services.tracks import links
from ttt.text import one_line, storable

_NAMESPACE = re.compile(r"\{[^}]*\}")
# Seconds, what players put behind them, and the words.
_EXTINF = re.compile(r"#EXTINF:\s*(-?\d+)?[\d.]*(?:\s+[\w-]+=\"[^\"]*\")*[^,]*,(.*)", re.IGNORECASE)
_DASH = re.compile(r"\s[-–—]\s")
_M3U8 = re.compile(r"\s*#EXT(?:M3U|INF:)", re.IGNORECASE)
_XML = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:[?!]|playlist|plist|html)", re.IGNORECASE)
# What opens as a track up to where it closes, or another one opens, or all ends.
_TRACK = re.compile(r"<track(?:\s[^>]*)?>.*?(?:</track>|(?=<track[\s>])|\Z)", re.DOTALL)
_BARE = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[\da-fA-F]+);)")
_DECLARED = re.compile(rb"\s*<\?xml[^>]*\?>")
_PLIST = re.compile(rb"<plist|<!DOCTYPE plist", re.IGNORECASE)
_LIBRARY = (
    "This is a library of iTunes or Apple Music: export the playlist itself as text"
    " (File, Library, Export Playlist)."
)
_HERE = "The file is damaged here."
_WEB_PAGE = re.compile(rb"\s*(?:<!doctype html|<html)", re.IGNORECASE)


def read(content: bytes, encoding: str | None = None, *, header: bool | None = None) -> Sheet:
    """Read a list by what it holds, not by its name; InvalidInput when it cannot be read."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) and (text := _xml_of_two_bytes(content)):
        content = text
    if _XML.match(content):
        return _sheet(list(enumerate(_xspf(content), start=1)))
    decoded = spreadsheet.decode(content, encoding)
    rows = _rows(decoded.text, header)
    if rows is None:
        return spreadsheet.cut(decoded, header=header)
    return replace(_sheet(rows), guesses=decoded.guesses, lost=decoded.lost)


def _rows(text: str, header: bool | None) -> Sequence[tuple[int, Cells | None]] | None:
    """The rows of a text that is no table, None for a table."""
    if _M3U8.match(text):
        return list(enumerate(_m3u8(text), start=1))
    rows = json_lists.read(text)
    return plain_lines.read(text) if rows is None and header is None else rows


def _sheet(rows: Sequence[tuple[int, Cells | None]]) -> Sheet:
    columns = tuple(dict.fromkeys(name for _, row in rows for name in row or ()))
    blank = dict.fromkeys(columns, "")
    whole = tuple((n, blank | row) for n, row in rows if row is not None)
    return Sheet(columns, whole, tuple(Broken(n, "", _HERE) for n, row in rows if row is None))


def _m3u8(text: str) -> Iterator[dict[str, str]]:
    said: dict[str, str] = {}
    for line in map(str.strip, text.splitlines()):
        if found := _EXTINF.match(line):
            if said:
                yield _entry("", said)  # it has no address
            said = _words(found)
        elif line and not line.startswith("#"):
            yield _entry(line, said or _by_file(line))
            said = {}
    if said:
        yield _entry("", said)


def _by_file(line: str) -> dict[str, str]:
    """What the name of a file says, where nothing stands over it."""
    named = plain_lines.named(unquote(line.removeprefix("file://")))
    return {"artist": named[0], "title": named[1]} if named else {}


def _entry(link: str, said: dict[str, str]) -> dict[str, str]:
    return {"link": link, "title": "", "artist": "", "duration_ms": ""} | said


def _words(found: re.Match[str]) -> dict[str, str]:
    """What stands over a link: artist, title and the length in seconds."""
    artist, *title = _DASH.split(found[2].strip(), maxsplit=1)
    said = {"artist": artist, "title": title[0]} if title else {"title": artist}
    if found[1] and int(found[1][:9]) > 0:
        said["duration_ms"] = str(int(found[1][:9]) * 1000)
    return said


def _xml_of_two_bytes(content: bytes) -> bytes | None:
    """XML in UTF-16 as UTF-8, None for what is no XML."""
    text = content.decode("utf-16", errors="replace").encode(errors="replace")
    return _DECLARED.sub(b"", text, count=1) if _XML.match(text) else None


def _xspf(content: bytes) -> list[Cells | None]:
    if _WEB_PAGE.match(content):
        raise InvalidInput("This is a web page, not a list: save or export the list itself.")
    if _PLIST.search(content[:1000]):
        raise InvalidInput(_LIBRARY)
    if b"<!" in content.replace(b"<!--", b"").replace(b"<![CDATA[", b""):
        raise InvalidInput("This XML file declares a document type, which is not taken.")
    if len(content) > spreadsheet.MAX_BYTES:
        raise InvalidInput(f"The file is larger than {spreadsheet.MAX_BYTES // 1024**2} MB.")
    found = _tracks(content)
    if not any(track is not None for track in found):
        raise InvalidInput("This XML file is no XSPF playlist.")
    return [None if track is None else _said(track) for track in found]


def _tracks(content: bytes) -> list[ET.Element | None]:
    """The tracks of a playlist; of a damaged one each that is whole, None for one that is not."""
    try:
        root = ET.fromstring(content)  # noqa: S314  # nosec B314  # no document type, so no entities
    except (ET.ParseError, ValueError, LookupError):
        text = _DECLARED.sub(b"", spreadsheet.decode(content).text.encode(), count=1).decode()
        found = [_track(one) for one in _TRACK.findall(storable(text))]
        if not any(track is not None for track in found):
            raise InvalidInput("This XML file is damaged: save it again.") from None
        return found
    return [one for one in root.iter() if _local(one) == "track"]


def _track(text: str) -> ET.Element | None:
    """A track by itself; a "&" that nobody escaped is one."""
    try:
        return ET.fromstring(_BARE.sub("&amp;", text))  # noqa: S314  # nosec B314  # as above
    except ET.ParseError:
        return None


def _said(track: ET.Element) -> Cells:
    """What a track says; of several places that which leads to Spotify, else the first."""
    texts: dict[str, list[str]] = {}
    for child in track:
        texts.setdefault(_local(child), []).append(one_line(child.text or ""))
    names = {"location": "link", "creator": "artist", "duration": "duration_ms"}
    wanted = ("location", "identifier", "title", "creator", "album", "duration")
    said = {name: texts.get(name) or [""] for name in wanted}
    return {
        names.get(name, name): next(filter(links.link_in, found), found[0])
        for name, found in said.items()
    }


def _local(element: ET.Element) -> str:
    """An element's name without its namespace, which some programs leave out."""
    return _NAMESPACE.sub("", str(element.tag))
