"""Whether a text can be the client ID or secret that Spotify gives to an app.

The start, `doctor` and whatever page takes one ask here, so that all refuse the same.
"""

import re

_QUOTES = re.compile(r"[\"'`“”„‘’‚«»]")
_BRACKETS = re.compile(r"[<>{}\[\]()$%]|\.\.\.|…")
_PLACEHOLDER = re.compile(
    r"your|placeholder|change[\s_-]?me|example|insert|replace|paste"
    r"|^(?:x{3,31}|none|null|undefined|todo|tbd)$",
    re.IGNORECASE,
)
_NAME_OF_ITSELF = re.compile(
    r"(?:spotify_)?client[_-]?(?:id|secret)|(?:SPOTIFY_)?CLIENT[_-]?(?:ID|SECRET)"
)
_AS_SPOTIFY_GIVES = re.compile(r"[0-9a-f]{32}", re.ASCII)


def trouble(text: str) -> str | None:
    """Why this cannot be one, as the rest of a sentence after its name; None when it can."""
    if _QUOTES.search(text):
        return "has quotation marks in it: leave them out"
    named = _PLACEHOLDER.search(text) or _NAME_OF_ITSELF.fullmatch(text)
    if named or _BRACKETS.search(text):
        return "is a placeholder: copy the real one from developer.spotify.com/dashboard"
    if "://" in text or re.search(r"[\s/:;,=@]", text):
        return "holds more than letters and digits: copy it alone, without blanks and the like"
    return None


def unlikely(text: str) -> bool:
    """Whether this is no such text as Spotify gives today: 32 digits and letters from a to f."""
    return _AS_SPOTIFY_GIVES.fullmatch(text) is None
