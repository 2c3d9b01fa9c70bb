"""What a ranked list shows: rows of words, columns as data."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from ttt.services.tracks.rows import Direction, Movement
from ttt.ui.frame import notices


class Line(NamedTuple):
    """Places over time, the oldest first, None where there was none; and the same in words."""

    places: tuple[int | None, ...]
    words: str


# What stands in a cell: nothing known; words, in "words" over two lines; words in a long and a
# short form (of a "stack": one over the other); a number as text with its share of the bar in
# percent; places over time.
Cell = str | tuple[str, str] | tuple[str, int] | Line | None
Kind = Literal["text", "words", "number", "stack", "bar", "line"]
# On a phone a cell stands under the title, follows the second line there, or is left out.
Phone = Literal["beside", "under", "none"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of cells; `least` is the width of the list in pixels from which it has room.

    `width` is one of a CSS grid, `colour` a token of the theme for bars. Under the title of a
    phone `unit`, of one and of more, follows the number of a "stack".
    """

    name: str
    kind: Kind
    width: str
    least: int = 0
    colour: str = "quiet"
    phone: Phone = "beside"
    unit: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A row; `key` tells it from all others, and is the URI of a track unless `track` is.

    `by` are the names that the subtitle begins with, and which of them lead to an artist's page.
    `done` says whether the action of the list was taken already, None that it has none here.
    """

    key: str
    title: str
    subtitle: str = ""
    cells: tuple[Cell, ...] = ()
    rank: int | str | None = None
    movement: Movement | None = None
    cover: str | None = None
    link: str = ""
    done: bool | None = None
    track: str | None = None
    by: tuple[tuple[str, bool], ...] = ()


@dataclass(frozen=True, slots=True)
class Action:
    """The button at the end of each row: its name, what pressing it does, and its sign then."""

    name: str = "Trending"
    add: str = "Add to Trending"
    added: str = "In Trending: press to take it off"
    icon: Literal["saved", "remove", "change"] = "saved"


@dataclass(frozen=True, slots=True)
class Receipt:
    """What just happened to a row, said in that row; `undo` offers to take it back."""

    key: str
    text: str
    undo: bool = True


def as_data(row: Row) -> dict[str, Any]:
    """A row as the browser gets it."""
    return {
        "key": row.key,
        "track": row.key if row.track is None else row.track,
        "title": notices.line(row.title),
        **_under(row),
        "rank": row.rank,
        "move": _move(row.movement),
        "cover": row.cover,
        "tile": None if row.cover else _tile(row),
        "link": row.link,
        "cells": [cell._asdict() if isinstance(cell, Line) else cell for cell in row.cells],
        "done": row.done,
        "label": _label(row),
    }


def _under(row: Row) -> dict[str, Any]:
    """The second line: names first where any of them leads somewhere, then what is left."""
    if not row.by:
        return {"subtitle": notices.line(row.subtitle), "by": None}
    rest = row.subtitle.removeprefix(", ".join(name for name, _ in row.by))
    by = [(notices.line(name), name if leads else None) for name, leads in row.by]
    return {"subtitle": notices.line(rest.removeprefix(" · ")), "by": by}


def which(rows: Sequence[Row]) -> str:
    """Tells these rows, in this order, from all others."""
    return hashlib.sha256("\n".join(row.key for row in rows).encode()).hexdigest()[:16]


def _label(row: Row) -> str:
    title, subtitle = notices.line(row.title), notices.line(row.subtitle)
    # An account, say, is by nobody.
    joint = ", " if row.track == "" else " by "
    by = f"{joint}{subtitle}" if subtitle else ""
    place = "" if row.rank is None else f", {row.rank}"
    moved = _move(row.movement)
    return f"{title}{by}{place}" + (f", {moved['words']}" if moved else "")


def _move(movement: Movement | None) -> dict[str, Any] | None:
    if movement is None:
        return None
    match movement.direction:
        case Direction.NEW:
            return {"sign": "new", "words": "new", "same": False}
        case Direction.SAME:
            return {"sign": "–", "words": "as before", "same": True}
    arrow = "▲" if movement.direction is Direction.UP else "▼"
    words = f"{movement.direction} {movement.places}"
    return {"sign": f"{arrow} {movement.places}", "words": words, "same": False}


def _tile(row: Row) -> tuple[str, int]:
    """Initials and hue of a row without a cover."""
    words = (row.subtitle or row.title).split()
    letters = "".join(word[0] for word in words[:2] if word[0].isprintable()).upper()
    return letters, int(hashlib.sha256(row.key.encode()).hexdigest(), 16) % 360
