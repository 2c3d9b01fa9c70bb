"""Whether a text can be the client ID or secret that Spotify gives to an app.

The start, `doctor` and whatever page takes one ask here, so that all refuse the same.
"""

import re
from itertools import pairwise
from string import ascii_lowercase, digits

_QUOTES = re.compile(r"[\"'`“”„‘’‚«»]")
_BRACKETS = re.compile(r"[<>{}\[\]()$%]|\.\.\.|…")
_PLACEHOLDER = re.compile(
    r"your|placeholder|change[\s_-]?me|example|insert|replace|paste"
    r"|^(?:x{3,}|none|null|undefined|todo|tbd|test|dummy|secret|foo|foobar)$",
    re.IGNORECASE,
)
_NAME_OF_ITSELF = re.compile(
    r"(?:spotify_)?client[_-]?(?:id|secret)|(?:SPOTIFY_)?CLIENT[_-]?(?:ID|SECRET)"
)
# Digits and letters as they follow each other, in both ways of beginning.
_IN_ORDER = tuple(f"{row}{ascii_lowercase}{row[0]}" for row in (digits, f"{digits[1:]}0"))
# Nothing that was drawn at random is as plain as this; shorter texts are told by other signs.
_LONG_ENOUGH = 12
_FEWEST_LETTERS = 6
_MOSTLY = 0.75
_AS_SPOTIFY_GIVES = re.compile(r"[0-9a-f]{32}", re.ASCII)


def trouble(text: str) -> str | None:
    """Why this cannot be one, as the rest of a sentence after its name; None when it can."""
    if _QUOTES.search(text):
        return "has quotation marks in it: leave them out"
    named = _PLACEHOLDER.search(text) or _NAME_OF_ITSELF.fullmatch(text)
    if named or _BRACKETS.search(text) or _is_plain(text.casefold()):
        return "is a placeholder: copy the real one from developer.spotify.com/dashboard"
    if re.search(r"[^0-9A-Za-z]", text):
        return "holds more than letters and digits: copy it alone, without blanks and the like"
    return None


def _is_plain(text: str) -> bool:
    """Whether a text is a letter, or anything else, again and again, or counts up or down."""
    if len(text) < _LONG_ENOUGH:
        return False
    steps = {a + b for order in _IN_ORDER for a, b in pairwise(order)}
    counting = sum(a == b or a + b in steps or b + a in steps for a, b in pairwise(text))
    again = (text + text).index(text, 1) < len(text)
    return again or len(set(text)) < _FEWEST_LETTERS or counting >= _MOSTLY * (len(text) - 1)


def unlikely(text: str) -> bool:
    """Whether this is no such text as Spotify gives today: 32 digits and letters from a to f."""
    return _AS_SPOTIFY_GIVES.fullmatch(text) is None
