"""Tracks that people name by artist and title instead of by a link."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import permutations

from ttt.providers import identity
from ttt.services.context import Context
from ttt.services.matching import matching
from ttt.services.matching.matching import Named
from ttt.services.person import Person
from ttt.services.tables.formats import plain_lines
from ttt.services.tables.receipt import Line, Refusal, Waiting
from ttt.services.tables.spreadsheet import Cells, Sheet

Parting = re.Pattern[str]
"""Artist and title of a line, or title and artist."""
_MOST_COLUMNS, _MOST_ROWS = 6, 20
_PARTINGS = tuple(
    re.compile(rf"(?:\d{{1,4}}[.):] )?{parting}")
    for parting in (
        r"([^:]+): (.+)",
        r"([^-–—]+?) ?[-–—] ?([^-–—]+)",
        r"(.+?) [/|·•∙~»›>] (.+)",
        r"(.+?) \(([^()]+)\)",
        r"(.+) (?:by|von|par|por|di|door|av|af|od) (.+)",
    )
)
_LONGEST_LINE = 600
_UNKNOWN = "No track of this artist and title was found: paste its link instead."
_NO_ISRC = "No track of this ISRC was found: paste its link instead."
_ISRC_NOT_HERE = "No track of this ISRC is known here: connect Spotify, or paste a link."
_NOT_HERE = "This artist and title are not known here: connect Spotify, or paste a link."


def split(lines: Sequence[str]) -> list[Named | None]:
    """Artist and title of lines such as "Radiohead - Creep", or ISRCs; None for anything else."""
    names = zip(lines, plain_lines.names_of(lines), strict=True)
    return [Named(found[1], found[0]) if found else by_isrc(line) for line, found in names]


def by_isrc(text: str) -> Named | None:
    """A recording that is known by nothing but its ISRC, None for what is none."""
    isrc = identity.isrc(text)
    return Named("", "", isrc) if isrc else None


def waited(title: str, artist: str) -> Named:
    """What a name that waits stands for: an ISRC where it has no artist."""
    return Named(title, artist) if artist else by_isrc(title) or Named(title, artist)


@dataclass(frozen=True, slots=True)
class Found:
    """Each row that was asked for is in one of these."""

    lines: list[Line]
    refused: list[Refusal]
    waiting: tuple[Waiting, ...] = ()


def find(
    context: Context,
    person: Person,
    named: Mapping[int, tuple[str, Named]],
    *,
    ask: bool = True,
) -> Found:
    """What rows of names mean; those that Spotify could not be asked about now wait for it.

    Asks Spotify about a few of those that are not known here, when the person is connected and
    unless told not to `ask`.
    """
    if not named:
        return Found([], [])
    names = [name for _, name in named.values()]
    found = matching.match(context, person, names, matching.LOOKUPS if ask else 0)
    lines = [Line(n, text, found[name]) for n, (text, name) in named.items() if name in found]
    left = {n: row for n, row in named.items() if row[1] not in found}
    if not matching.is_connected(context, person):
        return Found(lines, [_not_here(n, *row) for n, row in left.items()])
    return Found(lines, *_refused_or_waiting(context, left))


def _not_here(row: int, text: str, name: Named) -> Refusal:
    return Refusal(row, text, _NOT_HERE if name.is_called else _ISRC_NOT_HERE)


def _refused_or_waiting(
    context: Context, left: Mapping[int, tuple[str, Named]]
) -> tuple[list[Refusal], tuple[Waiting, ...]]:
    """Rows that nothing was found for: Spotify knows no such track, or was not asked yet."""
    unasked = set(matching.waiting(context, [name for _, name in left.values()]))
    refused, waiting = list[Refusal](), list[Waiting]()
    for row, (text, name) in left.items():
        if name in unasked:
            waiting.append(Waiting(row, text, name.title or name.isrc or "", name.artist))
        else:
            refused.append(Refusal(row, text, _UNKNOWN if name.is_called else _NO_ISRC))
    return refused, tuple(waiting)


def columns(context: Context, sheet: Sheet) -> tuple[str, str] | None:
    """The columns by which at least half of the first rows are known as title and artist."""
    rows = [cells for _, cells in sheet.rows[:_MOST_ROWS]]
    first = sheet.columns[:_MOST_COLUMNS]
    said = {
        (title, artist): [Named(row[title], row[artist]) for row in rows]
        for title, artist in permutations(first, 2)
    }
    known = matching.known(context, {name for each in said.values() for name in each})
    counts = {pair: sum(name in known for name in each) for pair, each in said.items()}
    best = max(counts, key=counts.__getitem__, default=None)
    return best if best and rows and counts[best] * 2 >= len(rows) else None


def parting(context: Context, sheet: Sheet) -> Parting | None:
    """The way to part lines into artist and title that makes at least half of the first known.

    Such as "Artist: Title", "Artist-Title" and "Title (Artist)", either way round.
    """
    if len(sheet.columns) != 1:
        return None
    first = [line for _, line in _lines(sheet)[:_MOST_ROWS]]
    for parting in _PARTINGS:
        said = {Named(one[2], one[1]) for one in map(parting.fullmatch, first) if one}
        said |= {Named(name.artist, name.title) for name in said}
        if first and len(matching.known(context, said)) * 2 >= len(first):
            return parting
    return None


def parted(sheet: Sheet, parting: Parting) -> Sheet:
    """Lines as artists and titles."""
    rows = tuple((n, _cells(parting.fullmatch(line), line)) for n, line in _lines(sheet))
    return replace(sheet, columns=("link", "artist", "title"), rows=rows)


def _lines(sheet: Sheet) -> list[tuple[int, str]]:
    held = ((number, " ".join(cells[sheet.columns[0]].split())) for number, cells in sheet.rows)
    return [(number, line[:_LONGEST_LINE]) for number, line in held]


def _cells(found: re.Match[str] | None, line: str) -> Cells:
    if found is None:
        return {"link": line, "artist": "", "title": ""}
    return {"link": "", "artist": found[1].strip(), "title": found[2].strip()}


def in_order(lines: Iterable[Line]) -> list[Line]:
    """Lines as their rows stood."""
    return sorted(lines, key=lambda line: line.row)
