"""Which members of the files that somebody brought are read, and what has to be asked before."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import BinaryIO, NamedTuple, cast

from ttt.plays import RefusedRow, WhyRefused
from ttt.providers.history_files.archive import Member, bounded
from ttt.providers.history_files.blocks import Block, Given
from ttt.providers.history_files.columns import beginning, guess, order_in
from ttt.providers.history_files.formats import jellyfin, times, youtube_page
from ttt.providers.history_files.formats.scrobbles.scrobbler_log import counts_in_utc
from ttt.providers.history_files.packed.breaks import as_far
from ttt.providers.history_files.packed.unpacking import Unpacked
from ttt.providers.history_files.pieces.letters import head_as_utf8
from ttt.providers.history_files.recognising import judged
from ttt.providers.history_files.refusals import WhyNoHistory
from ttt.providers.history_files.registry import Format
from ttt.providers.history_files.workbooks import Sheet

_VIDEO = re.compile(r"video", re.IGNORECASE)
_LOST = {
    WhyNoHistory.DAMAGED_ZIP: WhyRefused.LOST,
    WhyNoHistory.ENCRYPTED: WhyRefused.LOCKED,
    WhyNoHistory.TOO_BIG: WhyRefused.TOO_MUCH,
    WhyNoHistory.BIG_WORKBOOK: WhyRefused.TOO_MUCH,
    WhyNoHistory.ZIP_INSIDE: WhyRefused.ZIP_INSIDE,
    WhyNoHistory.SEVEN_ZIP: WhyRefused.ZIP_INSIDE,
    WhyNoHistory.RAR: WhyRefused.ZIP_INSIDE,
    WhyNoHistory.ZSTANDARD: WhyRefused.ZIP_INSIDE,
}
_NO_HISTORY = re.compile(
    r"(^|/)__MACOSX/|archive_browser\.html$|\.(pdf|png|jpe?g|gif|webp|svg|css|js|md|docx?|xlsx?|pptx?|mp[34]|m4a)$",
    re.IGNORECASE,
)
"""Names of what holds no plays, so that nothing is said where it cannot be read."""
_ONE_PERSONS = {
    Format.SPOTIFY_EXTENDED,
    Format.SPOTIFY_ACCOUNT,
    Format.SPOTIFY_TABLE,
    Format.SPOTIFY_ACCOUNT_TABLE,
    Format.STATS_TRACKER,
}
_OUR_TABLES = {Format.OURS_CSV, Format.OURS_PARQUET}
_DATED = {Format.OWN_TABLE, Format.SPOTIFY_TABLE, Format.SPOTIFY_ACCOUNT_TABLE}
"""Those that a spreadsheet may have saved, with dates of which nobody can tell day and month."""


class Question(StrEnum):
    """What only the person knows."""

    ZONE = "zone"
    COLUMNS = "columns"
    WHOSE = "whose"
    DATES = "dates"


@dataclass(frozen=True)
class Part:
    """A member that holds plays; the same bytes always give the same parts in the same order.

    One that cannot be read at all is `lost`, and a single row that is refused.
    """

    format: Format
    member: Member
    given: Given
    lacks_zone: bool = False
    lacks_order: bool = False
    lost: WhyRefused | None = None
    users: tuple[str, ...] = ()
    """Those whose plays its file holds, where they are several."""

    @property
    def name(self) -> str:
        """Its name within its zip, or the file's."""
        return self.member.name

    def blocks(self) -> Iterator[Block]:
        """Its rows, numbered from 1; what is damaged in its archive ends with a refused one."""
        if self.lost is not None:
            yield Block([], [], [RefusedRow(1, self.lost)])
            return
        with self.member.opened() as stream:
            rows = self.format.rows(cast(BinaryIO, stream), self.given)
            yield from as_far(rows, cast(Unpacked, stream)) if self.member.entry else rows


class PassedOver(NamedTuple):
    """A member that is not read, and why."""

    name: str
    why: WhyNoHistory


def part_of(member: Member, given: Given) -> Part | WhyNoHistory:
    """What is to be read of a member, or why nothing is."""
    if member.why is not None:
        return member.why
    found = judged(member.head, member.name)
    if found is WhyNoHistory.COLUMNS_NEEDED or _has_columns(member, given, found):
        found = Format.OWN_TABLE
    if isinstance(found, WhyNoHistory):
        return found
    given = replace(given, video=bool(_VIDEO.search(member.name.rpartition("/")[2])))
    return _page(member, given) if found is Format.YOUTUBE_PAGE else _dated(found, member, given)


def _dated(found: Format, member: Member, given: Given) -> Part:
    """What is to be read of it, with what it lacks to tell its times."""
    if found is Format.SCROBBLER_LOG and counts_in_utc(head_as_utf8(member.head)):
        return Part(found, member, replace(given, zone=None))
    if found is Format.JELLYFIN:
        return Part(
            found, member, given, any(times.lacks_zone(row[0]) for row in beginning(member))
        )
    if found in _DATED:
        order, lacks_order = order_in(member, given)
        given = replace(given, order=order)
        zoneless = found is Format.OWN_TABLE and guess(member).lacks_zone
        return Part(found, member, given, zoneless, lacks_order)
    return Part(found, member, given, found is Format.SCROBBLER_LOG)


def _page(member: Member, given: Given) -> Part | WhyNoHistory:
    """What is to be read of one of Google's pages, which has the same looks for all that it did."""
    with member.opened() as stream:
        seen = youtube_page.looked_through(cast(BinaryIO, stream))
    if not seen.of_youtube:
        return WhyNoHistory.DOCUMENT
    order = seen.order or given.order
    lacks_order = seen.is_unclear and order is None
    given = replace(given, order=order)
    return Part(Format.YOUTUBE_PAGE, member, given, seen.lacks_zone, lacks_order)


def _has_columns(member: Member, given: Given, found: Format | WhyNoHistory) -> bool:
    """Whether it is a table with the columns that somebody named."""
    if not given.columns or found not in {WhyNoHistory.LIST_OF_TRACKS, WhyNoHistory.NO_HISTORY}:
        return False
    rows = beginning(member)
    return bool(rows) and set(given.columns) <= {title.lstrip("\ufeff") for title in rows[0]}


def with_users(part: Part) -> Part:
    """The same part, which knows of several people whose plays its file holds."""
    if part.format is not Format.JELLYFIN:
        return part
    with part.member.opened() as stream:
        found = jellyfin.users(cast(BinaryIO, stream))
    return replace(part, users=found if len(found) > 1 else ())


def once(parts: list[Part], passed_over: list[PassedOver]) -> None:
    """Leave out what stands beside plays and tells nothing more.

    Apple tells plays and their sums by day. Our file of everything tells plays as lines and as a
    table. What a service packs beside plays is not plays where nobody knows its columns.
    """
    formats = {part.format for part in parts}
    as_lines = {_place(part) for part in parts if part.format is Format.OURS_LINES}
    packed = {part.member.file for part in parts if part.member.entry and _is_a_services(part)}
    sheets = [part for part in parts if isinstance(part.member.entry, Sheet)]
    packed |= {part.member.file for part in sheets if not is_unsure(part)}
    for part in list(parts):
        again = part.format is Format.APPLE_DAILY and Format.APPLE_ACTIVITY in formats
        again = again or (part.format in _OUR_TABLES and _place(part) in as_lines)
        if again or (part.member.file in packed and is_unsure(part)):
            parts.remove(part)
            why = WhyNoHistory.SAME_AGAIN if again else WhyNoHistory.NO_HISTORY
            passed_over.append(PassedOver(part.name, why))


def _place(part: Part) -> tuple[object, str]:
    """The file that holds it, and its name there without an ending."""
    return part.member.file, part.name.rpartition(".")[0]


def _is_a_services(part: Part) -> bool:
    return part.format not in {Format.OWN_TABLE, Format.OWN_JSON}


def of_several(parts: Sequence[Part]) -> tuple[str, ...]:
    """Folders that hold the same of Spotify's exports: those of several people, or of two times."""
    found: dict[Format, list[str]] = {}
    for part in parts:
        folders = found.setdefault(part.format, [])
        if part.format in _ONE_PERSONS and part.member.entry and part.member.folder not in folders:
            folders.append(part.member.folder)
        folders += [user for user in part.users if user not in folders]
    return tuple(
        dict.fromkeys(name for names in found.values() if len(names) > 1 for name in names)
    )


def chosen(
    parts: list[Part],
    passed_over: list[PassedOver],
    whose: Sequence[str],
    folders: Sequence[str],
) -> None:
    """Leave out those of the folders, and of the users, that somebody did not choose."""
    for part in list(parts):
        mine = frozenset(folders).intersection(part.users)
        if mine:
            at = parts.index(part)
            parts[at] = replace(part, given=replace(part.given, whose=mine))
        elif part.users or part.member.folder in set(whose) - set(folders):
            parts.remove(part)
            passed_over.append(PassedOver(part.name, WhyNoHistory.OTHER_FOLDER))


def within_bounds(parts: Sequence[Part]) -> list[Part]:
    """The same parts, of which no more is unpacked than is allowed of their files together."""
    found = bounded(part.member for part in parts)
    return [
        replace(part, member=member, lost=None if member.most else WhyRefused.TOO_MUCH)
        for part, member in zip(parts, found, strict=True)
    ]


def lost(members: Sequence[tuple[Member, WhyNoHistory]], like: Part) -> list[Part]:
    """Members that cannot be read, of those that may hold plays, as parts that say so."""
    return [
        replace(like, member=member, lost=_LOST[why])
        for member, why in members
        if why in _LOST and member.entry is not None and not _NO_HISTORY.search(member.name)
    ]


def questions(parts: Sequence[Part], whose: Sequence[str]) -> frozenset[Question]:
    """What has to be asked before these parts can be read."""
    asked = {Question.WHOSE} if whose else set[Question]()
    if any(part.lacks_zone and part.given.zone is None for part in parts):
        asked.add(Question.ZONE)
    if any(part.lacks_order for part in parts):
        asked.add(Question.DATES)
    if any(is_unsure(part) for part in parts):
        asked.add(Question.COLUMNS)
    return frozenset(asked)


def is_unsure(part: Part) -> bool:
    """Whether somebody has to say what the columns are."""
    if part.format is not Format.OWN_TABLE or part.given.columns:
        return False
    return judged(part.member.head, part.name) is not Format.OWN_TABLE
