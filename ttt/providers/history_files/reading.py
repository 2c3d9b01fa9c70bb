"""From the files that somebody brought to blocks of told plays, one part after the other."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from ttt.errors import HistoryRefused
from ttt.providers.history_files.archive import HistoryFile, members
from ttt.providers.history_files.blocks import Block, Column, Given, Order
from ttt.providers.history_files.formats.bare import is_of_ifttt
from ttt.providers.history_files.parts import (
    Part,
    PassedOver,
    Question,
    chosen,
    is_unsure,
    lost,
    of_several,
    once,
    part_of,
    questions,
    with_users,
    within_bounds,
)
from ttt.providers.history_files.pieces.tables import dialect, first_rows
from ttt.providers.history_files.refusals import WhyNoHistory
from ttt.providers.history_files.registry import Format

_AHEAD = timedelta(days=1)
"""Clocks differ, and so do time zones: later than that is the future."""
_UNANSWERED = {
    Question.ZONE: WhyNoHistory.ZONE_NEEDED,
    Question.COLUMNS: WhyNoHistory.COLUMNS_NEEDED,
    Question.WHOSE: WhyNoHistory.SEVERAL_PEOPLE,
    Question.DATES: WhyNoHistory.DATES_NEEDED,
}


class Reading:
    """Blocks of all parts, one after the other; going through it again begins anew."""

    def __init__(
        self,
        parts: Sequence[Part],
        passed_over: Sequence[PassedOver],
        folders: Sequence[str],
        asked: frozenset[Question],
    ) -> None:
        self.parts = tuple(parts)
        self.passed_over = tuple(passed_over)
        self.folders = tuple(folders)
        """Those of several people, of which somebody has to choose."""
        self.questions = asked
        self.rows = 0
        """How many were read so far."""

    @property
    def format(self) -> Format:
        """That of the first part, by which an upload is named."""
        return self.parts[0].format

    def __iter__(self) -> Iterator[Block]:
        for question in sorted(self.questions):
            raise HistoryRefused(_UNANSWERED[question], self.parts[0].member.file.name)
        self.rows = 0
        for part in self.parts:
            for block in part.blocks():
                self.rows += sum(len(rows) for rows in block)
                yield block
        if not self.rows:
            raise HistoryRefused(WhyNoHistory.EMPTY, self.parts[0].member.file.name)


def read(
    files: Sequence[HistoryFile],
    *,
    now: datetime,
    zone: ZoneInfo | None = None,
    columns: Mapping[str, Column] | None = None,
    folders: Sequence[str] = (),
    order: Order | None = None,
) -> Reading:
    """The histories in these files. Raises HistoryRefused where there is none in all of them."""
    given = Given(int((now + _AHEAD).timestamp()), zone, columns or {}, order)
    found = [(member, part_of(member, given)) for file in files for member in members(file)]
    parts = [with_users(part) for _, part in found if isinstance(part, Part)]
    unread = [(member, why) for member, why in found if not isinstance(why, Part)]
    passed_over = [PassedOver(member.name, why) for member, why in unread]
    once(parts, passed_over)
    whose = of_several(parts)
    if whose and folders:
        chosen(parts, passed_over, whose, folders)
        whose = ()
    if not parts:
        raise HistoryRefused(_reason(passed_over), files[0].name if files else "")
    asked = questions(parts, whose)
    parts = [*within_bounds(parts), *lost(unread, parts[0])]
    return Reading(parts, passed_over, whose, asked)


def what_is(file: HistoryFile) -> Format | None:
    """The format of a file or of the first history in a zip, None where none is for certain."""
    try:
        found = read([file], now=datetime(9999, 1, 1, tzinfo=UTC))
    except HistoryRefused:
        return None
    return next((part.format for part in found.parts if not _may_be_list(part)), None)


def _may_be_list(part: Part) -> bool:
    """Whether it may as well be a list: IFTTT's sheet of liked tracks looks like that of plays."""
    head = part.member.head
    rows = first_rows(head, dialect(head)) if part.format is Format.OWN_TABLE else []
    return is_unsure(part) or any(map(is_of_ifttt, rows[:1]))


_IN_WORKBOOKS = {"[Content_Types].xml", "META-INF/manifest.xml"}
"""What Excel's and LibreOffice's files have within, which are zips."""


def _reason(passed_over: Sequence[PassedOver]) -> WhyNoHistory:
    """The one reason of all members, or the one that helps most."""
    if _IN_WORKBOOKS & {one.name for one in passed_over}:
        return WhyNoHistory.WORKBOOK
    whys = [one.why for one in passed_over]
    helpful = (
        *(WhyNoHistory.ENCRYPTED, WhyNoHistory.ZIP_INSIDE, WhyNoHistory.DAMAGED_ZIP),
        *(WhyNoHistory.TOO_BIG, WhyNoHistory.BIG_WORKBOOK),
        *(WhyNoHistory.SEVEN_ZIP, WhyNoHistory.RAR, WhyNoHistory.ZSTANDARD),
        WhyNoHistory.LIST_OF_TRACKS,
    )
    if len(set(whys)) == 1:
        return whys[0]
    return next((why for why in helpful if why in whys), WhyNoHistory.NO_HISTORY)
