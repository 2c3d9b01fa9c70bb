"""The .scrobbler.log of players without a network, such as Rockbox: AUDIOSCROBBLER/1.0 and 1.1."""

import re

from ttt.plays import How, RefusedRow, WhyRefused
from ttt.providers.history_files.blocks import Given, Told
from ttt.providers.history_files.fields import length, local, mbid, name, seconds
from ttt.providers.history_files.formats.named import Named, several
from ttt.providers.history_files.formats.own_table import Cells

MARK = b"#AUDIOSCROBBLER/"
_UTC = re.compile(rb"^#TZ/UTC\s*$", re.MULTILINE | re.IGNORECASE)
_CELLS = 7
_STAMP = re.compile(r"(\d{10})(.*)", re.DOTALL)
_MBID = re.compile(
    r"((?:[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})?)(.*)", re.DOTALL | re.IGNORECASE
)


def counts_in_utc(head: bytes) -> bool:
    """Whether the log says that its times are UTC; else they are what the device's clock showed."""
    return bool(_UTC.search(head[:4096]))


def is_whole(cells: Cells) -> bool:
    """Whether a line has all that a play has, also one of an artist with a number sign."""
    return len(cells) >= _CELLS


def parted(cells: Cells) -> list[Cells]:
    """The two lines that a lost line break made one of; any other line as it is."""
    if len(cells) < 2 * _CELLS - 1:
        return [cells]
    for last, ends in ((_CELLS - 1, _STAMP), (_CELLS, _MBID)):
        if found := ends.fullmatch(cells[last]):
            both = [[*cells[:last], found[1]], [found[2], *cells[last + 1 :]]]
            if all(map(is_complete, both)):
                return both
    return [cells]


def is_complete(cells: Cells) -> bool:
    """Whether all is there that tells where a line begins and ends."""
    if len(cells) not in {_CELLS, _CELLS + 1} or not cells[0].strip():
        return False
    *_, long, rating, stamp = cells[:_CELLS]
    is_rated = rating.strip().upper() in {"L", "S"}
    return (
        is_rated and long.strip().isdigit() and len(stamp.strip()) == 10 and stamp.strip().isdigit()
    )


def told(cells: Cells, number: int, given: Given) -> Told:
    """What a line tells of; rating L was listened to, S was skipped."""
    if not is_whole(cells):
        return RefusedRow(number, WhyRefused.NO_ROW)
    artist, album, title, _, long, rating, stamp = cells[:_CELLS]
    told_at = seconds(stamp)
    if told_at is not None and given.zone is not None:
        told_at = local(told_at, given.zone)
    return Named(
        title=name(title),
        artists=several(name(artist)),
        told_at=told_at,
        album=name(album),
        duration_ms=length(long, 1000),
        mbid=mbid(cells[_CELLS].strip()) if len(cells) > _CELLS else None,
        how=int(How.SKIPPED) if rating.strip().upper() == "S" else 0,
        timeless=not stamp.strip() or stamp.strip() == "0",
    ).play(number, given)
