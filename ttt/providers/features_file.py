"""Values in a person's own file: any table with a Spotify id or ISRC and columns of values.

The file's bytes are read elsewhere: rows come here as cells by column.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from ttt.errors import InvalidInput
from ttt.found import Finding, FoundFeatures
from ttt.providers import genres, identity
from ttt.providers import numbers as values
from ttt.providers.columns import Cells, Columns
from ttt.providers.keys import notations

NO_TRACK = "This row names no track of Spotify's and has no ISRC."
_LONGEST_SHOWN = 80
_NUMBERS = (*values.RANGES, "time_signature")
_FEATURES = (*values.RANGES, *values.WHOLE_RANGES)
# Spotify writes -1 for an unknown key and 0 for an unknown tempo or time signature, players -1 for
# a length and others 0000-00-00 for a day.
_UNKNOWN = re.compile(r"-1(?:[.,]0*)?|0[0.,:/ -]*")


@dataclass(frozen=True, slots=True)
class FileRow:
    """What a row says of a track that it names by id, by ISRC or by both."""

    number: int
    spotify_id: str | None
    isrc: str | None
    finding: Finding


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that was not taken, and what it has for a name; `reason` is a whole sentence."""

    number: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class FeaturesFile:
    """Each row once, in `rows` or in `refused`."""

    rows: tuple[FileRow, ...]
    refused: tuple[RefusedRow, ...]


def read(
    table: Iterable[tuple[int, Cells]],
    chosen: Mapping[str, str] | None = None,
    *,
    ids: Mapping[int, str] = MappingProxyType({}),
    telling: Collection[int] = (),
) -> FeaturesFile:
    """Read numbered rows, which all have the same columns, in any order and spelling.

    `chosen` are columns by field that a person named, `ids` are Spotify ids of rows that are known
    already, `telling` rows say more than their values. Energy and the like are 0-1, or
    percent where the header or the whole column proves it. InvalidInput when no column names
    tracks or none holds values.
    """
    rows = list(table)
    columns = Columns([cells for _, cells in rows], chosen)
    if rows and not (columns.names_tracks or columns.names_recordings):
        raise InvalidInput("No column has Spotify ids, Spotify links or ISRCs.")
    if rows and not columns.holds_values:
        raise InvalidInput("No column has a value, such as energy, tempo or genres.")
    read_rows = [_row(n, cells, columns, ids.get(n), telling) for n, cells in rows]
    return FeaturesFile(
        tuple(row for row in read_rows if isinstance(row, FileRow)),
        tuple(row for row in read_rows if isinstance(row, RefusedRow)),
    )


def _row(
    number: int, cells: Cells, columns: Columns, known_id: str | None, telling: Collection[int]
) -> FileRow | RefusedRow:
    names = [*columns.said(cells, "spotify_id"), *columns.said(cells, "isrc")]
    text = names[0][:_LONGEST_SHOWN] if names else ""
    spotify_id = known_id or next(filter(None, map(identity.spotify_id, names)), None)
    isrc = next(filter(None, map(identity.isrc, columns.said(cells, "isrc"))), None)
    if spotify_id is None and isrc is None:
        return RefusedRow(number, text, NO_TRACK)
    found = finding(cells, columns)
    if found == Finding() and number not in telling:
        return RefusedRow(number, text, "This row has no value that could be used.")
    return FileRow(number, spotify_id, isrc, found)


def finding(cells: Cells, columns: Columns) -> Finding:
    """Values and genres of a row."""
    said: dict[str, object] = {name: columns.number(cells, name) for name in _NUMBERS}
    said["key"], said["mode"] = _key(cells, columns)
    return Finding(
        features=values.features(said),
        popularity=values.popularity(columns.number(cells, "popularity")),
        genres=genres.tidy(_names(columns.said(cells, "genres"))),
    )


def _key(cells: Cells, columns: Columns) -> tuple[int | None, int | None]:
    """Key and mode; the mode that is part of a key's name goes before the mode's own column."""
    texts, of_mode = columns.said(cells, "key"), columns.said(cells, "mode")
    found = [pair for pair in map(notations.key, texts) if pair[0] is not None]
    key = found[0][0] if found else None
    modes = [mode for other, mode in found if other == key]
    modes += map(notations.mode, of_mode)
    if columns.says_minor and not of_mode:
        modes += [1 for text in filter(notations.is_letter, texts) if notations.key(text)[0] == key]
    return key, next((mode for mode in modes if mode is not None), None)


def _names(cells: list[str]) -> list[str]:
    """Names of the first cell, separated in any of the usual ways or written as Python's list."""
    text = cells[0].strip("[]") if cells else ""
    separator = next((s for s in (";", "|", ",") if s in text), ",")
    return [name.strip(" '\"") for name in text.split(separator)]


def unusable(cells: Cells, columns: Columns, found: Finding) -> dict[str, str]:
    """The fields of which a row holds something that cannot be meant, with what it holds."""
    lost: dict[str, str] = {}
    known = found.features or FoundFeatures()
    failed = found.features is None and _failed(cells, columns)
    for name in () if failed else _FEATURES:
        if getattr(known, name) is None and (text := meant(columns.said(cells, name))):
            lost[name] = text
    if found.popularity is None and (text := meant(columns.said(cells, "popularity"))):
        lost["popularity"] = text
    return lost


def meant(texts: Iterable[str]) -> str:
    """The first text that stands for more than that nothing is known; "" where none does."""
    for text in texts:
        if not (text.startswith(("0", "-")) and _UNKNOWN.fullmatch(text)):
            return text
    return ""


def _failed(cells: Cells, columns: Columns) -> bool:
    """Whether Spotify could not analyse the track, so that its other numbers mean nothing."""
    return values.failed({name: columns.number(cells, name) for name in values.NEVER_ALL_ZERO})
