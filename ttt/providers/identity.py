"""What names a recording in other people's data."""

import re

_SPOTIFY_ID = re.compile(r"(?:^|\btrack[:/])([0-9A-Za-z]{22})(?![0-9A-Za-z])", re.ASCII)
_TRACK_LINK = re.compile(r"\btrack[:/]([0-9A-Za-z]{22})(?![0-9A-Za-z])", re.ASCII)
_ISRC = re.compile(r"[A-Z]{2}[A-Z0-9]{3}[0-9]{7}", re.ASCII)
_OWN_ID = re.compile(r"[0-9A-Za-z-]{1,64}", re.ASCII)


def spotify_id(text: object) -> str | None:
    """Id of the track that a Spotify link, URI or id names."""
    found = _SPOTIFY_ID.search(text.strip()) if isinstance(text, str) else None
    return found[1] if found else None


def track_link(text: str) -> str | None:
    """Id of the track that a link or URI names, which say themselves that it is one."""
    found = _TRACK_LINK.search(text)
    return found[1] if found else None


def isrc(text: object) -> str | None:
    """An ISRC in capitals and without hyphens, None for what cannot be one."""
    code = re.sub(r"[\s-]", "", text).upper() if isinstance(text, str) else ""
    return code if _ISRC.fullmatch(code) else None


def own_id(value: object) -> str | None:
    """A provider's own id for a recording, as text."""
    text = "" if isinstance(value, bool) or not isinstance(value, str | int) else str(value)
    return text if _OWN_ID.fullmatch(text) else None
