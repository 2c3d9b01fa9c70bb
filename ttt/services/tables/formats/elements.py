"""What elements of XML say of tracks: in elements below them, in attributes, or in one title."""

import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET  # nosec B405  # looks at elements, parses none

from ttt.providers import columns
from ttt.services.tables.formats import plain_lines
from ttt.services.tables.spreadsheet import Cells
from ttt.services.tracks import links
from ttt.text import one_line

_NAMESPACE = re.compile(r"\{[^}]*\}")
_CALLED = {
    "location": "link",
    "link": "link",
    "ref": "link",
    "url": "link",
    "uri": "link",
    "guid": "identifier",
    "identifier": "identifier",
    "title": "title",
    "name": "title",
    "creator": "artist",
    "artist": "artist",
    "author": "artist",
    "performer": "artist",
    "album": "album",
    "isrc": "isrc",
    "duration": "duration_ms",
}
# Where a link or a length stands in an attribute: in feeds, and in playlists for Windows Media.
_HELD = ("href", "value")
# What players and feeds call a row that may have a title only.
_ROWS = frozenset({"track", "entry", "item", "song"})


def tracks(root: ET.Element) -> list[Cells]:
    """The tracks below an element, none where nothing there names any."""
    if found := list(by_attributes(root)):
        return found
    named = [one for one in root.iter() if local(one) == "track" and len(one)]
    if named := named or list(filter(_names, root.iter())):
        return [said(one) for one in named]
    titled = [said(one) for one in root.iter() if local(one) in _ROWS]
    return titled if any(one["artist"] or links.link_in(one["link"]) for one in titled) else []


def said(track: ET.Element) -> Cells:
    """What a track says; of several places that which leads to Spotify, else the first."""
    found = dict.fromkeys(_CALLED.values(), "")
    for child in track:
        name = _CALLED.get(local(child), "")
        text = _text(child)
        if name and (not found[name] or (links.link_in(text) and not links.link_in(found[name]))):
            found[name] = text
    if not found["artist"] and (both := plain_lines.named(found["title"])):
        found["artist"], found["title"] = both
    return found


def by_attributes(root: ET.Element) -> Iterator[Cells]:
    """Tracks whose names stand in attributes, as Rekordbox, Traktor and Windows Media have them."""
    for element in root.iter():
        named = {columns.field_named(_bare(name)) for name in element.attrib}
        if {"title", "artist"} <= named:
            row = _attributes(element)
            for child in element:
                row |= _attributes(child, f"{_bare(str(child.tag))} ")
            yield row


def local(element: ET.Element) -> str:
    """An element's name in small letters, without its namespace, which some programs leave out."""
    return _bare(str(element.tag)).lower()


def _names(element: ET.Element) -> bool:
    """Whether what stands in an element names a track; of a whole list it names who made it."""
    names = {local(child) for child in element}
    return {"title", "artist"} <= set(map(_CALLED.get, names)) and names.isdisjoint(_ROWS)


def _text(element: ET.Element) -> str:
    if text := one_line(element.text or ""):
        return text
    inside = next((one.text for one in element if local(one) == "name"), None)
    return one_line(inside or next(filter(None, map(element.get, _HELD)), None) or "")


def _attributes(element: ET.Element, before: str = "") -> Cells:
    return {
        f"{before}{_bare(name)}".casefold(): one_line(text) for name, text in element.attrib.items()
    }


def _bare(name: str) -> str:
    return _NAMESPACE.sub("", name)
