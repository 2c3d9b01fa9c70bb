"""Tables of one's own whose first row is a play like all others, and no header."""

import re
from collections.abc import Sequence

from ttt.providers.history_files.formats import times

_LOOKED_AT = 5
# What lastexport.py writes of Last.fm and Libre.fm: seconds, and no header.
_LASTEXPORT = (
    *("timestamp", "track", "artist", "album"),
    *("track mbid", "artist mbid", "album mbid"),
)
# What IFTTT puts into a sheet for each track that Spotify tells it of, and how it writes times.
_IFTTT = ("time", "track", "artist", "spotify track id", "url")
_IFTTTS_TIME = re.compile(r"[A-Z][a-z]{2,8} \d{1,2}, \d{4} at \d\d:\d\d[AP]M")


def with_header(rows: list[list[str]]) -> list[list[str]]:
    """The same rows under a header: their own, else names of what their columns look like."""
    if not rows or not any(map(times.is_of_play, rows[0])):
        return rows
    return [_names(rows), *rows]


def is_of_ifttt(row: Sequence[str]) -> bool:
    """Whether it is a row of a sheet that IFTTT fills, with what was played or what was liked."""
    return 3 <= len(row) <= len(_IFTTT) and bool(_IFTTTS_TIME.fullmatch(row[0].strip()))


def _names(rows: Sequence[Sequence[str]]) -> list[str]:
    first = rows[0]
    if len(first) == len(_LASTEXPORT) and first[0].isdecimal() and times.is_of_play(first[0]):
        return list(_LASTEXPORT)
    if is_of_ifttt(first):
        return list(_IFTTT[: len(first)])
    names = [f"column {place}" for place in range(1, len(first) + 1)]
    times_at = [at for at in range(len(first)) if _are_times(rows, at)]
    if len(times_at) == 1:
        names[times_at[0]] = "time"
    return names


def _are_times(rows: Sequence[Sequence[str]], at: int) -> bool:
    return all(times.is_of_play(row[at]) for row in rows[:_LOOKED_AT] if len(row) > at)
