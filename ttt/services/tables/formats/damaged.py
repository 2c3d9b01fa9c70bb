"""Lists in JSON that are damaged: the rows that are whole, and where there were others."""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

# Letters of the longest row, and what a look for one costs at least; no text is gone through more
# often than so in search of what is whole of it.
_LONGEST, _LOOK, _MOST_WORK = 1 << 16, 1_000, 20
_ODDEST = 0.5
Object = dict[str, Any]
Found = tuple[int, int, Object]


def objects(text: str) -> list[Object | None]:
    """The rows of a damaged text in their order; None stands for what was lost between two.

    Objects within a row that is damaged are no rows: their keys are others.
    """
    found = list(_whole(text))
    alike = Counter(key for _, _, one in found for key in one)
    usual = {key for key, count in alike.items() if count * 2 >= len(found)}
    rows = [row for row in found if usual and len(usual & set(row[2])) >= _ODDEST * len(usual)]
    return list(_with_lost(text, rows))


def _whole(text: str) -> Iterator[Found]:
    """The objects that can be read, from left to right, with where they begin and end."""
    decoder, at, work = json.JSONDecoder(strict=False), 0, 0
    most = _MOST_WORK * max(len(text), _LONGEST)
    while (at := text.find("{", at)) >= 0 and work <= most:
        try:
            one, length = decoder.raw_decode(text[at : at + _LONGEST])
        except (ValueError, RecursionError) as error:
            work += _LOOK + getattr(error, "pos", _LONGEST)
            at += 1
        else:
            yield at, at + length, one
            at += length


def _with_lost(text: str, rows: list[Found]) -> Iterator[Object | None]:
    before = None
    for begin, end, row in rows:
        if before is not None and set('{}"') & set(text[before:begin]):
            yield None
        yield row
        before = end
    if before is not None and "{" in text[before:]:
        yield None
