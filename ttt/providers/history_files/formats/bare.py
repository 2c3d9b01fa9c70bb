"""Tables of one's own whose first row is a play like all others, and no header."""

from collections.abc import Sequence

from ttt.providers.history_files.formats import times

_LOOKED_AT = 5
# What lastexport.py writes of Last.fm and Libre.fm: seconds, and no header.
_LASTEXPORT = (
    *("timestamp", "track", "artist", "album"),
    *("track mbid", "artist mbid", "album mbid"),
)


def with_header(rows: list[list[str]]) -> list[list[str]]:
    """The same rows under a header: their own, else names of what their columns look like."""
    if not rows or not any(map(times.is_of_play, rows[0])):
        return rows
    return [_names(rows), *rows]


def _names(rows: Sequence[Sequence[str]]) -> list[str]:
    first = rows[0]
    if len(first) == len(_LASTEXPORT) and first[0].isdecimal() and times.is_of_play(first[0]):
        return list(_LASTEXPORT)
    names = [f"column {place}" for place in range(1, len(first) + 1)]
    times_at = [at for at in range(len(first)) if _are_times(rows, at)]
    if len(times_at) == 1:
        names[times_at[0]] = "time"
    return names


def _are_times(rows: Sequence[Sequence[str]], at: int) -> bool:
    return all(times.is_of_play(row[at]) for row in rows[:_LOOKED_AT] if len(row) > at)
