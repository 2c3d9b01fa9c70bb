"""Where a JSON value ends, found without parsing it: for the stretches that do not parse."""

import re

OPEN, DEEP, BROKEN = -1, -2, -3
"""In the place of an end: it is not in these bytes, no history is nested as deeply, or a bracket is
closed by the other kind."""
DEEPEST = 64
BETWEEN = re.compile(rb"\}\s*+,\s*+(?=\{)")
"""What stands between two objects; where the next row begins, as far as a look can tell."""
_STRING = re.compile(rb'"(?:[^"\\]++|\\.)*+"', re.DOTALL)
# Over whole strings to the next bracket, or to the quote that nothing closes.
_NEXT = re.compile(rb'(?:[^"\[\]{}]++|"(?:[^"\\]++|\\.)*+")*+[\[\]{}"]', re.DOTALL)
_PLAIN = re.compile(rb"[^,\]}\[{\"]*")
_OPENS, _QUOTE = b"{[", ord('"')
_CLOSES = {ord("{"): ord("}"), ord("["): ord("]")}


def value_end(data: bytes, start: int) -> int:
    """The place behind the value that begins at `start`, OPEN, DEEP or BROKEN."""
    if data[start] in _OPENS:
        return _nested_end(data, start)
    if data[start] == _QUOTE:
        string = _STRING.match(data, start)
        return string.end() if string else OPEN
    plain = _PLAIN.match(data, start)
    end = plain.end() if plain else start
    return OPEN if end == len(data) else end


def _nested_end(data: bytes, start: int) -> int:
    expected, at = bytearray(), start
    while found := _NEXT.match(data, at):
        at = found.end()
        last = data[at - 1]
        if last == _QUOTE:
            return OPEN
        if last in _OPENS:
            expected.append(_CLOSES[last])
            if len(expected) > DEEPEST:
                return DEEP
        elif last != expected.pop():
            return BROKEN
        elif not expected:
            return at
    return OPEN
