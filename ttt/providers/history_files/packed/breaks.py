"""Where the rows of something packed end that is damaged: before the first that is not whole."""

from collections import deque
from collections.abc import Iterator

from ttt.plays import RefusedRow, WhyRefused
from ttt.providers.history_files.blocks import Block
from ttt.providers.history_files.packed.unpacking import Unpacked
from ttt.providers.history_files.refusals import WhyNoHistory

_BROKEN = {
    WhyNoHistory.DAMAGED_ZIP: WhyRefused.BROKEN,
    WhyNoHistory.TOO_BIG: WhyRefused.TOO_MUCH,
}
_NOT_WHOLE = {
    *(WhyRefused.CUT_OFF, WhyRefused.UNREADABLE, WhyRefused.TOO_LONG, WhyRefused.NO_ROW),
    *(WhyRefused.NO_TIME, WhyRefused.BAD_TIME, WhyRefused.BAD_LENGTH),
}
_HELD = 1_000
"""Rows at least that wait until those behind them are known: more than are read as nonsense
between what is damaged and where that shows."""


def as_far(blocks: Iterator[Block], stream: Unpacked) -> Iterator[Block]:
    """Blocks as far as what they are read from is whole, then a row that says why no further."""
    held, rows, waiting = deque[Block](), 0, 0
    for block in blocks:
        held.append(block)
        rows += _rows(block)
        waiting += _rows(block)
        while waiting - _rows(held[0]) > _HELD:
            waiting -= _rows(held[0])
            yield held.popleft()
    why = _BROKEN.get(stream.why) if stream.why else None
    if why is None:
        yield from held
    else:
        broken = (row.row for block in held for row in block.refused if row.reason in _NOT_WHOLE)
        end = next(broken, rows + 1)
        yield from (_before(block, end) for block in held)
        yield Block([], [], [RefusedRow(end, why)])


def _rows(block: Block) -> int:
    return sum(len(of_kind) for of_kind in block)


def _before(block: Block, end: int) -> Block:
    """The rows before a number."""
    plays, left_out, refused = block
    return Block(
        [row for row in plays if row.row < end],
        [row for row in left_out if row.row < end],
        [row for row in refused if row.row < end],
    )
