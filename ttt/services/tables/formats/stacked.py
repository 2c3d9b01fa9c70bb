"""Tracks with a line for each thing that is said of them, as the pages of players are copied."""

import re
from collections.abc import Sequence

from ttt.services.tables.spreadsheet import Cells

Lines = Sequence[tuple[int, str]]

_CLOCK = re.compile(r"(?:\d{1,2}:)?\d{1,2}:\d\d")
# What players write beside a title: that it is explicit.
_MARKS = frozenset({"E", "🅴", "Explicit"})
_LEAST, _MOST_THINGS = 2, 12


def read(text: str) -> list[tuple[int, Cells | None]] | None:
    """The tracks by line, title first, and lines around them; None for any other text."""
    lines = [(n, line.strip()) for n, line in enumerate(text.splitlines(), 1) if line.strip()]
    if "://" in text:
        return None  # links say more
    for parted, skipped in ((_by_numbers(lines), 1), (_by_lengths(lines), 0)):
        tracks = {one[0][0]: _track(one[skipped:]) for one in parted}
        if len(tracks) >= _LEAST and all(tracks.values()):
            taken = {number for one in parted for number, _ in one}
            left = [(n, line) for n, line in lines if n in tracks or n not in taken]
            return [(n, tracks.get(n) or {"link": line}) for n, line in left]
    return None


def _by_numbers(lines: Lines) -> list[Lines]:
    """The lines of each track, where those count from 1."""
    starts = list[int]()
    for at, (_, line) in enumerate(lines):
        if line == str(len(starts) + 1):
            starts.append(at)
    ends = [*starts[1:], len(lines)]
    return [_to_length(lines[start:end]) for start, end in zip(starts, ends, strict=False)]


def _to_length(lines: Lines) -> Lines:
    ends = (at for at, (_, line) in enumerate(lines, start=1) if _CLOCK.fullmatch(line))
    return lines[: next(ends, len(lines))]


def _by_lengths(lines: Lines) -> list[Lines]:
    """The lines of each track, where each ends with how long it is."""
    ends = [at for at, (_, line) in enumerate(lines, start=1) if _CLOCK.fullmatch(line)]
    if not ends or ends[-1] != len(lines):
        return []
    return [lines[start:end] for start, end in zip([0, *ends], ends, strict=False)]


def _track(lines: Lines) -> Cells | None:
    """Title, artist and length, None where that is no track."""
    said = [line for _, line in lines if line not in _MARKS]
    length = said.pop() if said and _CLOCK.fullmatch(said[-1]) else ""
    if not _LEAST <= len(said) <= _MOST_THINGS:
        return None
    return {"title": said[0], "artist": said[1], "duration": length}
