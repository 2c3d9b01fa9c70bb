"""A list in the formats of players: M3U8 and XSPF. They hold links to Spotify, and no music."""

import re
from collections.abc import Sequence
from xml.etree import ElementTree as ET  # nosec B405  # writes XML, reads none

from ttt.services.tracks.rows import TrackRow
from ttt.text import one_line

_NAMESPACE = "http://xspf.org/ns/0/"
# What no XML 1.0 document can hold.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def m3u8(name: str, rows: Sequence[TrackRow]) -> str:
    """An extended M3U playlist in UTF-8; -1 stands for an unknown length in seconds."""
    lines = ["#EXTM3U", f"#PLAYLIST:{one_line(name)}"]
    for row in rows:
        seconds = -1 if row.duration_ms is None else round(row.duration_ms / 1000)
        artists = f"{', '.join(row.artists)} - " if row.artists else ""
        lines += [f"#EXTINF:{seconds},{one_line(artists + (row.title or row.uri))}", row.link]
    return "\n".join([*lines, ""])


def xspf(name: str, rows: Sequence[TrackRow]) -> str:
    """An XSPF playlist, version 1; what is not known of a track is left out."""
    playlist = ET.Element("playlist", version="1", xmlns=_NAMESPACE)
    _add(playlist, "title", name)
    tracks = ET.SubElement(playlist, "trackList")
    for row in rows:
        track = ET.SubElement(tracks, "track")
        _add(track, "location", row.link)
        _add(track, "identifier", row.uri)
        _add(track, "title", row.title)
        _add(track, "creator", ", ".join(row.artists))
        _add(track, "annotation", row.note)
        _add(track, "album", row.album)
        _add(track, "duration", None if row.duration_ms is None else str(row.duration_ms))
    ET.indent(playlist)
    return ET.tostring(playlist, encoding="unicode", xml_declaration=True) + "\n"


def _add(parent: ET.Element, name: str, text: str | None) -> None:
    if text:
        ET.SubElement(parent, name).text = _NOT_XML.sub("", text)
