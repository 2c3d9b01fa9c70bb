"""What the columns of a table of one's own seem to mean, for somebody to say what they do mean."""

from collections.abc import Iterator
from itertools import chain
from typing import BinaryIO, NamedTuple, cast

from ttt.errors import HistoryRefused
from ttt.providers.history_files.archive import HistoryFile, Member, members
from ttt.providers.history_files.blocks import Column, Given, Order
from ttt.providers.history_files.formats.bare import with_header
from ttt.providers.history_files.formats.own_table import guessed, is_in_utc
from ttt.providers.history_files.formats.times import is_unclear, lacks_zone, order_of
from ttt.providers.history_files.pieces.containers import table_pieces
from ttt.providers.history_files.pieces.tables import below_titles, dialect, first_rows
from ttt.providers.history_files.recognising import judged, times_in
from ttt.providers.history_files.refusals import WhyNoHistory
from ttt.providers.history_files.registry import Format


class Guess(NamedTuple):
    """A table as it begins, and what its columns seem to mean."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    columns: dict[str, Column]
    lacks_zone: bool


def guess_columns(file: HistoryFile) -> Guess:
    """What the columns of a table seem to mean. Raises HistoryRefused for what is no table."""
    for member in members(file):
        found = judged(member.head, member.name)
        if found in {WhyNoHistory.COLUMNS_NEEDED, WhyNoHistory.LIST_OF_TRACKS, Format.OWN_TABLE}:
            return guess(member)
    raise HistoryRefused(WhyNoHistory.NO_HISTORY, file.name)


def guess(member: Member) -> Guess:
    """What the columns of this table seem to mean."""
    rows = beginning(member)
    rows[0] = [title.lstrip("﻿") for title in rows[0]]
    columns = guessed(rows[0])
    shown = tuple(tuple(cell[:200] for cell in row) for row in rows[1:6])
    zoneless = not is_in_utc(columns) and any(map(lacks_zone, times_in(rows)))
    return Guess(tuple(rows[0]), shown, columns, zoneless)


def beginning(member: Member) -> list[list[str]]:
    """The header of a table, and its first rows."""
    return with_header(below_titles(first_rows(member.head, dialect(member.head))))


def order_in(member: Member, given: Given) -> tuple[Order | None, bool]:
    """What stands first in the dates of a table, by all of it; whether only the person knows."""
    texts = times_in(beginning(member), given.columns)
    if not any(map(is_unclear, texts)):
        return None, False
    order = order_of(chain(texts, _all_times(member, given))) or given.order
    return order, order is None


def _all_times(member: Member, given: Given) -> Iterator[str]:
    header: list[str] = []
    with member.opened() as stream:
        for rows in table_pieces(cast(BinaryIO, stream)):
            if isinstance(rows, list) and rows:
                header = header or with_header(below_titles(rows))[0]
                yield from times_in([header, *rows], given.columns)
