"""Reads the files inside an upload: some blocks and what became of them in each transaction.

A process that is killed, or two that read the same file at once, repeat no block: each notes with
its rows how far the file is, and who comes late goes on behind.
"""

import logging
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from ttt.errors import NotFound, StoreAway
from ttt.models import HistoryUpload, UploadMember
from ttt.plays import PlaySource
from ttt.providers import history_files
from ttt.providers.history_files import Block, Column, HistoryFile, Order, Part, Reading
from ttt.services.context import Context
from ttt.services.plays.bringing import uploads
from ttt.services.plays.taking import Taker
from ttt.store.plays import told
from ttt.store.plays import uploads as stored

REFUSED_KEPT = 10_000
"""So many rows that could not be read are kept to be looked at; all are counted."""
DOUBLE, THERE = "double", "already there"
_REFUSED, _LEFT_OUT, _TOLD_BY = "refused", "left out", "told by"
# Statements of a transaction cost the same for a thousand rows as for ten thousand.
_TOGETHER, _ROWS_TOGETHER = 8, 10_000
_PATIENCE = 120
_PAUSE = 1.0
_log = logging.getLogger("ttt")
_T = TypeVar("_T")


def opened(context: Context, upload: HistoryUpload) -> Reading:
    """What is in an upload, by the answers that were given. Raises HistoryRefused."""
    stream = uploads.opened(context, uploads.shown(upload))
    columns = {name: Column(of) for name, of in upload.options.get("columns", {}).items()}
    return history_files.read(
        [HistoryFile(upload.name, stream)],
        # As it came, so that every process reads the same.
        now=upload.created_at,
        zone=ZoneInfo(upload.zone) if upload.zone else None,
        columns=columns,
        folders=upload.options.get("folders", ()),
        order=Order(upload.options["order"]) if upload.options.get("order") else None,
    )


@dataclass(slots=True)
class Held:
    """What a process keeps of an upload from one of its files to the next: it saves time only."""

    _reading: Reading | None = None
    _takers: dict[PlaySource, Taker] = field(default_factory=dict)

    def part(self, context: Context, upload: HistoryUpload, number: int) -> Part:
        """One of the files inside the upload. Raises HistoryRefused."""
        if self._reading is None:
            self._reading = opened(context, upload)
        return self._reading.parts[number]

    def taker(self, context: Context, upload: HistoryUpload, source: PlaySource) -> Taker:
        """Who takes plays of a source, with the tracks that were seen."""
        if source not in self._takers:
            self._takers[source] = Taker(context, upload.user_id, source, upload.id)
        return self._takers[source]

    def forget(self) -> None:
        """Begin anew: what a transaction saw that failed is not there."""
        self._reading = None
        self._takers.clear()


def read_member(context: Context, upload_id: int, number: int, held: Held | None = None) -> None:
    """Take in what is left of one file inside an upload. Raises HistoryRefused."""
    kept = held or Held()

    def work() -> None:
        try:
            _read(context, upload_id, number, kept)
        except BaseException:
            kept.forget()
            raise

    patiently(work)


def patiently(work: Callable[[], _T]) -> _T:
    """Do something again while the database is not there, for at most two minutes."""
    for left in range(_PATIENCE, 0, -1):
        try:
            return work()
        except (OperationalError, StoreAway):
            if left == 1:
                raise
            _log.warning("the database does not answer; an import waits for it")
            time.sleep(_PAUSE)
    raise AssertionError("the last try returns or raises")


def _read(context: Context, upload_id: int, number: int, held: Held) -> None:
    with context.session() as session:
        upload, member = _found(session, upload_id, number)
    if member.finished:
        return
    part = held.part(context, upload, number)
    taker = held.taker(context, upload, part.format.source)
    done = member.blocks
    for place, blocks in _together(part.blocks()):
        # Somebody else who reads the same file can be further, by other steps.
        while place <= done < place + len(blocks):
            before, left = done, blocks[done - place :]
            done = _take(context, taker, member, before, left)
            if done == before:
                return
    _finish(context, upload_id, number, done)


def _together(blocks: Iterable[Block]) -> Iterator[tuple[int, list[Block]]]:
    """As many blocks as are taken in one transaction, and the place of the first of them."""
    place, held = 0, list[Block]()
    for block in blocks:
        held.append(block)
        if len(held) == _TOGETHER or _rows(held) >= _ROWS_TOGETHER:
            yield place, held
            place, held = place + len(held), []
    if held:
        yield place, held


def _rows(blocks: Iterable[Block]) -> int:
    return sum(len(part) for block in blocks for part in block)


def _take(
    context: Context, taker: Taker, member: UploadMember, place: int, blocks: Sequence[Block]
) -> int:
    """Take blocks in, unless they are; return how many are."""
    block = Block(*([row for rows in parts for row in rows] for parts in zip(*blocks, strict=True)))
    with context.session() as session:
        told.touch(session, taker.user_id)
        # Before the member, as whoever plans the import does, or the two wait for each other.
        stored.lock(session, member.upload_id)
        upload, now = _found(session, member.upload_id, member.number)
        if now.blocks != place or now.finished or upload.state != uploads.State.READING:
            return now.blocks
        taken = taker.take(session, block.plays)
        counts = Counter(now.counts) + Counter(_counted(block, taker.source))
        counts += Counter({DOUBLE: taken.double, THERE: taken.already_there})
        rows, done = _rows([block]), place + len(blocks)
        values = {"blocks": done, "rows": now.rows + rows, "counts": dict(counts)}
        if not stored.advance(session, now, values):
            session.rollback()
            taker.forget()
            return _found(session, member.upload_id, member.number)[1].blocks
        _keep_refused(session, now, block)
        _note_progress(session, member.upload_id, rows, block)
        session.commit()
        return done


def _found(session: Session, upload_id: int, number: int) -> tuple[HistoryUpload, UploadMember]:
    upload, member = stored.get(session, upload_id), stored.member(session, upload_id, number)
    if upload is None or member is None:
        raise NotFound("import")
    return upload, member


def _counted(block: Block, source: PlaySource) -> dict[str, int]:
    counts = Counter(f"{_LEFT_OUT}: {row.kind}" for row in block.left_out)
    counts += Counter(f"{_REFUSED}: {row.reason}" for row in block.refused)
    if source is not PlaySource.OWN_TABLE:  # our own exports name a source with each play
        by = (play.source for play in block.plays if play.source not in {0, source})
        counts += Counter(f"{_TOLD_BY}: {other}" for other in by)
    return dict(counts)


def by_reason(counts: dict[str, int], of: str) -> dict[str, int]:
    """Of what is counted of a member, the rows that were left out or refused, by reason."""
    beginning = f"{of}: "
    return {
        name.removeprefix(beginning): number
        for name, number in counts.items()
        if name.startswith(beginning)
    }


def left_out(counts: dict[str, int]) -> dict[str, int]:
    """How many rows were no music, by their kind."""
    return by_reason(counts, _LEFT_OUT)


def refused(counts: dict[str, int]) -> dict[str, int]:
    """How many rows could not be read, by their reason."""
    return by_reason(counts, _REFUSED)


def told_by_others(counts: dict[str, int]) -> dict[str, int]:
    """How many plays were told by other sources than most of their file, by name."""
    by = by_reason(counts, _TOLD_BY)
    return {PlaySource(int(source)).label: number for source, number in by.items()}


def _keep_refused(session: Session, member: UploadMember, block: Block) -> None:
    if not block.refused:
        return
    room = REFUSED_KEPT - stored.refused_count(session, member.upload_id)
    rows = [
        {
            "upload_id": member.upload_id,
            "member": member.number,
            "row": row.row,
            "reason": str(row.reason),
            "text": row.text[:300],
        }
        for row in block.refused[: max(room, 0)]
    ]
    stored.add_refused(session, rows)


def _note_progress(session: Session, upload_id: int, rows: int, block: Block) -> None:
    upload = stored.lock(session, upload_id)
    if upload is None:
        raise NotFound("import")
    upload.rows += rows
    times = [play.told_at for play in block.plays]
    if times:
        first, last = (datetime.fromtimestamp(time, UTC) for time in (min(times), max(times)))
        upload.first_at = min(upload.first_at or first, first)
        upload.last_at = max(upload.last_at or last, last)
    done = stored.blocks(session, upload_id)
    planned = max(done, upload.options.get("blocks", 0))
    upload.rows_expected = round(upload.rows / done * planned) if done else None


def _finish(context: Context, upload_id: int, number: int, blocks: int) -> None:
    with context.session() as session:
        _, member = _found(session, upload_id, number)
        if member.blocks == blocks:
            stored.advance(session, member, {"finished": True})
            session.commit()
