"""Rows of other formats in a file of one: known by their own keys, read as what they are."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from typing import Any

import msgspec

from ttt.plays import PlaySource, ToldPlay
from ttt.providers.history_files.blocks import Given, Told
from ttt.providers.history_files.pieces.places import AHEAD, own_keys

Telling = Callable[[Given], Callable[[Any, int], Told]]
"""What the rows of one file tell of."""


@dataclass(frozen=True)
class Kind:
    """A format's rows: who tells of them, their type, and what they tell of.

    By its `keys` (in small letters) a row is known; `needs` are fields that it has in any case, so
    that nothing is looked for where all of them are there.
    """

    source: PlaySource
    row: type[msgspec.Struct]
    telling: Telling
    keys: str
    needs: str

    @cached_property
    def key_set(self) -> frozenset[bytes]:
        """The keys as they stand in a file."""
        return frozenset(self.keys.encode().split())


class Others:
    """Finds rows of other kinds among those that were decoded as one."""

    def __init__(self, row: type[msgspec.Struct], kinds: Sequence[Kind] = ()) -> None:
        own = next((kind for kind in kinds if kind.row is row), None)
        self._own = own.key_set if own else frozenset[bytes]()
        self._needs = [attrgetter(name) for name in own.needs.split()] if own else []
        self._kinds = {kind.row: kind for kind in kinds if kind is not own}

    def lacking(self, rows: Sequence[Any]) -> list[int]:
        """The places of rows that lack what one of their own kind has."""
        if not any(None in map(need, rows) for need in self._needs):
            return []
        return [at for at, row in enumerate(rows) if any(need(row) is None for need in self._needs)]

    def of(self, raw: bytes) -> type[msgspec.Struct] | None:
        """The type of a row that is of another kind, as its keys say."""
        if not self._needs:
            return None
        keys = set(own_keys(raw[:AHEAD]))
        found = (kind.row for kind in self._kinds.values() if kind.key_set <= keys)
        return None if self._own <= keys else next(found, None)

    def telling(self, own: Callable[[Any, int], Told], given: Given) -> Callable[[Any, int], Told]:
        """What rows tell of, each by its kind; who told of another's stands with the play."""
        known = {row: kind.telling(given) for row, kind in self._kinds.items()}

        def told(row: Any, number: int) -> Told:
            if (other := known.get(type(row))) is None:
                return own(row, number)
            play = other(row, number)
            if isinstance(play, ToldPlay) and not play.source:
                source = int(self._kinds[type(row)].source)
                return msgspec.structs.replace(play, source=source)
            return play

        return told
