"""Generated covers for tracks that have none."""

import hashlib
from functools import lru_cache
from urllib.parse import quote

from ttt.services.tracks.rows import TrackRow


def tile(row: TrackRow) -> str:
    """A square in a colour of its own with up to two initials, for tracks without a cover."""
    return square(row.artists[0] if row.artists else row.title or "?", row.uri)


@lru_cache(maxsize=5_000)
def square(name: str, seed: str) -> str:
    """A square with the initials of a name, in a colour that goes by the seed."""
    words = name.split()
    # XML has no place for the characters that cannot be printed.
    letters = "".join(w[0] for w in words[:2] if w[0].isprintable()).upper()
    hue = int(hashlib.sha256(seed.encode()).hexdigest(), 16) % 360
    safe = letters.replace("&", "&amp;").replace("<", "&lt;")
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40">'
        f'<rect width="40" height="40" rx="6" fill="hsl({hue} 32% 36%)"/>'
        '<text x="20" y="26" font-family="sans-serif" font-size="16" font-weight="600"'
        f' text-anchor="middle" fill="#fff">{safe}</text></svg>'
    )
    return f"data:image/svg+xml,{quote(svg)}"
