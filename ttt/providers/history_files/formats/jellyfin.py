"""The plugin Playback Reporting of Jellyfin and Emby: a row each thing played, of all its users."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import BinaryIO

from ttt.plays import Kind, LeftOut, WhyRefused
from ttt.providers.history_files.blocks import Block, Given, Told, built
from ttt.providers.history_files.fields import milliseconds, moment, name
from ttt.providers.history_files.formats.named import Named, several
from ttt.providers.history_files.pieces.containers import table_pieces

_COLUMNS = (
    *("datecreated", "userid", "itemid", "itemtype", "itemname", "playbackmethod"),
    *("clientname", "devicename", "playduration"),
)
_NEEDED = {"datecreated", "itemtype", "itemname", "playduration"}
_ID = re.compile(r"[\da-fA-F]{32}|[\da-fA-F]{8}(?:-[\da-fA-F]{4}){3}-[\da-fA-F]{12}")
_NO_MUSIC = {"audiobook": Kind.AUDIOBOOK, "podcast": Kind.PODCAST}
_UNKNOWN = "Not Known"
_MOST_USERS = 100

Cells = Sequence[str]
Row = dict[str, str]


def is_one(rows: Sequence[Cells]) -> bool:
    """Whether a table begins as the plugin's does, which usually has no header."""
    is_row = len(rows[0]) == len(_COLUMNS) and all(map(_ID.fullmatch, rows[0][1:3]))
    return _is_header(rows[0]) or (is_row and moment(rows[0][0]) is not None)


def users(stream: BinaryIO) -> tuple[str, ...]:
    """Whose plays a file holds, by the ids of Jellyfin's users, who played most first."""
    found: Counter[str] = Counter()
    for piece in _pieces(stream):
        if isinstance(piece, list):
            found.update(row["userid"] for row in piece)
    return tuple(user for user, _ in found.most_common(_MOST_USERS))


def rows(stream: BinaryIO, given: Given) -> Iterator[Block]:
    """The file in blocks; where one user's plays are wanted, those of others are no rows."""
    wanted = (
        [row for row in piece if row["userid"] in given.whose]
        if given.whose and isinstance(piece, list)
        else piece
        for piece in _pieces(stream)
    )
    return built(wanted, lambda row, number: _told(row, number, given))


def _is_header(cells: Cells) -> bool:
    return {cell.strip().lower() for cell in cells} >= _NEEDED


def _pieces(stream: BinaryIO) -> Iterator[list[Row] | WhyRefused]:
    columns: Sequence[str] = _COLUMNS
    for piece in table_pieces(stream, "\t", quoted=False):
        if isinstance(piece, list):
            if piece and _is_header(piece[0]):
                columns = [cell.strip().lower() for cell in piece.pop(0)]
            empty = dict.fromkeys((*_COLUMNS, *columns), "")
            yield [empty | dict(zip(columns, cells, strict=False)) for cells in piece]
        else:
            yield piece


def _told(row: Row, number: int, given: Given) -> Told:
    """What a row tells of; its name is "Artist - Title (Album)"."""
    kind = row["itemtype"].strip().lower()
    if kind != "audio":
        return LeftOut(number, _NO_MUSIC.get(kind, Kind.VIDEO if kind else Kind.NAMELESS))
    artist, title, album = _parted(row["itemname"])
    return Named(
        title=name(title),
        artists=several(name(artist)),
        told_at=moment(row["datecreated"].strip(), given.zone),
        album=name(album),
        ms=milliseconds(row["playduration"], 1000),
        timeless=not row["datecreated"].strip(),
    ).play(number, given)


def _parted(text: str) -> tuple[str, str, str]:
    artist, _, rest = text.partition(" - ")
    depth, at = 0, len(rest)
    while at and (depth or at == len(rest)):
        at -= 1
        depth += {")": 1, "(": -1}.get(rest[at], 0)
    has_album = rest.endswith(")") and at > 1 and rest[at - 1] == " "
    title, album = (rest[: at - 1], rest[at + 1 : -1]) if has_album else (rest, "")
    return "" if artist == _UNKNOWN else artist, title, "" if album == _UNKNOWN else album
