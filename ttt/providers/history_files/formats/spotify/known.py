"""What was cleaned before, as the names of a track come again with each of its plays."""

from collections.abc import Callable
from typing import Any, Generic, TypeVar

Cleaned = TypeVar("Cleaned")

_MOST = 16_384
_LONGEST = 2000
"""Characters of one entry: a hostile file must fill no memory by what is remembered of it."""


class Known(dict[tuple[Any, ...], Cleaned], Generic[Cleaned]):
    """A dictionary that asks a function for what it does not hold, with the parts of the key."""

    def __init__(self, clean: Callable[..., Cleaned]) -> None:
        self._clean = clean

    def __missing__(self, key: tuple[Any, ...]) -> Cleaned:
        cleaned = self._clean(*key)
        if sum(map(len, filter(None, key))) <= _LONGEST:
            if len(self) >= _MOST:
                self.clear()
            self[key] = cleaned
        return cleaned
