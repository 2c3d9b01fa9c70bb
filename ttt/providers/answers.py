"""Answers as services send them, packed or not, in JSON: what is odd costs as little as can be."""

import json
import zlib
from collections.abc import Iterable, Iterator

PACKING = "gzip"
"""What is asked for, and read besides answers that are not packed."""
_GZIP = 16 + zlib.MAX_WBITS
_LONGEST_NUMBER = 40


class BadlyPacked(Exception):
    """Packed in another way than was asked for, or broken."""


def unpacked(pieces: Iterable[bytes], packing: str, most: int) -> Iterator[bytes]:
    """A piece for each that came, none much larger than `most`; BadlyPacked.

    HTTP clients unpack whatever comes, also what was packed twice: a kilobyte can be a gigabyte.
    They also wait until something comes of it, however long it trickles in.
    """
    packing = packing.strip().casefold() or "identity"
    if packing not in {"identity", PACKING}:
        raise BadlyPacked
    decoder = zlib.decompressobj(_GZIP)
    for piece in pieces:
        try:
            yield piece if packing == "identity" else decoder.decompress(piece, most + 1)
        except zlib.error:
            raise BadlyPacked from None


def told(body: bytes) -> object:
    """What an answer tells; ValueError where it is no JSON.

    Bytes that are no letters are replaced, line breaks within a text stay, and a number that is
    longer than any is None.
    """
    try:
        text = body.decode(json.detect_encoding(body), "replace")
        return json.loads(text, strict=False, parse_int=_whole)
    except RecursionError:
        raise ValueError("nested too deeply") from None


def _whole(digits: str) -> int | None:
    return int(digits) if len(digits) <= _LONGEST_NUMBER else None
