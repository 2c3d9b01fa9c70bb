"""Elements of a large XML, one after the other, in bounded memory and without document types."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, cast
from xml.etree import ElementTree as ET  # nosec B405  # what declares a document type is refused

from ttt.providers.history_files.packed.unpacking import Unpacked

_PIECE = 1 << 16
_DECLARES = b"<!DOCTYPE"


class Damaged(Exception):
    """The XML ends before its time, or is none."""


def local(element: ET.Element) -> str:
    """An element's name without its namespace."""
    return _bare(element.tag)


@lru_cache(maxsize=1000)
def _bare(tag: object) -> str:
    return str(tag).rpartition("}")[2]


def named(element: ET.Element, name: str) -> str:
    """An attribute by its name without a namespace, "" where there is none."""
    if (said := element.get(name)) is not None:
        return said
    found = (text for key, text in element.attrib.items() if _bare(key) == name)
    return next(found, "")


def each(stream: Unpacked, *wanted: str, opens: str = "") -> Iterator[ET.Element]:
    """The elements of these names that lie in no other such; Damaged behind those that are whole.

    What was given is gone once the next is asked for. Where one `opens`, it is given too, with
    nothing in it yet.
    """
    above, inside = list[ET.Element](), 0
    for event, element in _events(stream):
        is_wanted = _bare(element.tag) in wanted
        if inside and not is_wanted:
            continue  # most of a file
        if event == "start":
            inside += is_wanted
            if not inside:
                above.append(element)
                if local(element) == opens:
                    yield element
            continue
        inside -= is_wanted
        if not inside:
            if is_wanted:
                yield element
            _forget(above, element)


def _forget(above: list[ET.Element], element: ET.Element) -> None:
    """Take an element that ended out of the one that holds it."""
    if above and above[-1] is element:
        above.pop()
    if above:
        above[-1].remove(element)


def _events(stream: Unpacked) -> Iterator[tuple[str, ET.Element]]:
    parser: ET.XMLPullParser[Any] = ET.XMLPullParser(("start", "end"))
    before = b""
    try:
        while piece := stream.read(_PIECE):
            if _DECLARES in before + piece:
                raise Damaged
            before = piece[-len(_DECLARES) :]
            parser.feed(piece)
            yield from cast(Iterator[tuple[str, ET.Element]], parser.read_events())
        parser.close()
    except ET.ParseError:
        raise Damaged from None
    if stream.why is not None:
        raise Damaged
