"""JSON as services send it: what is odd about it costs as little as can be."""

import json

_LONGEST_NUMBER = 40


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
