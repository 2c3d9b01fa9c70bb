"""Excel's workbooks: cells by row, with the texts that they share and the days that they count."""

import re
from collections.abc import Iterator, Mapping
from itertools import count
from typing import NamedTuple
from xml.etree import ElementTree as ET  # nosec B405  # looks at elements, parses none

from ttt.providers.history_files.packed.unpacking import Unpacked
from ttt.providers.history_files.workbooks import numbers
from ttt.providers.history_files.workbooks.marked import Damaged, each, local, named
from ttt.providers.history_files.workbooks.numbers import Kind

MOST_COLUMNS, _MOST_TEXT = 16_384, 64 << 20
_COLUMN = re.compile(r"([A-Z]{1,3})\d*")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


class Style(NamedTuple):
    """What the numbers of a workbook count, by the style of their cells."""

    kinds: tuple[Kind | None, ...] = ()
    from_1904: bool = False


def listed(book: Unpacked, relations: Unpacked) -> tuple[list[tuple[str, str]], bool]:
    """The names and paths of all sheets in their order; whether days are counted from 1904."""
    paths = {named(one, "Id"): named(one, "Target") for one in each(relations, "Relationship")}
    found, from_1904 = list[tuple[str, str]](), False
    for one in each(book, "sheet", "workbookPr"):
        if local(one) == "workbookPr":
            from_1904 = named(one, "date1904") in {"1", "true"}
        elif path := paths.get(named(one, "id")):
            found.append((named(one, "name"), f"xl/{path}" if path[0] != "/" else path[1:]))
    return found, from_1904


def kinds(styles: Unpacked) -> tuple[Kind | None, ...]:
    """What numbers count, by the number of a style."""
    codes, found = dict[str, str](), list[Kind | None]()
    for one in each(styles, "numFmt", "cellXfs"):
        if local(one) == "numFmt":
            codes[named(one, "numFmtId")] = named(one, "formatCode")
            continue
        ids = (named(style, "numFmtId") for style in one)
        found += [numbers.kind_of(int(i) if i.isdecimal() else 0, codes.get(i, "")) for i in ids]
    return tuple(found)


def texts(shared: Unpacked) -> Iterator[str]:
    """The texts that cells share, by number; no more of them than memory is meant for."""
    left = _MOST_TEXT
    for one in each(shared, "si"):
        text = _text(one)
        left -= len(text)
        if left < 0:
            raise Damaged
        yield text


def rows(sheet: Unpacked, shared: list[str], style: Style) -> Iterator[list[str]]:
    """The cells of each row, also of those between that are empty."""
    at = 0
    for row in each(sheet, "row"):
        said = named(row, "r")
        until = min(int(said), 1 << 20) if said.isdecimal() else at + 1
        for _ in range(at + 1, until):
            yield []
        at = max(at + 1, until)
        yield _cells(row, shared, style)


def _cells(row: ET.Element, shared: list[str], style: Style) -> list[str]:
    found, places = dict[int, str](), count()
    for cell in (one for one in row if local(one) == "c"):
        at = next(places)
        if (reference := _COLUMN.match(named(cell, "r"))) and reference[1]:
            at = _place(reference[1])
            places = count(at + 1)
        if at < MOST_COLUMNS and (text := _value(cell, shared, style)):
            found[at] = text
    return [found.get(at, "") for at in range(max(found, default=-1) + 1)]


def _value(cell: ET.Element, shared: list[str], style: Style) -> str:
    inside: Mapping[str, ET.Element] = {local(one): one for one in cell}
    kind = named(cell, "t")
    if kind == "inlineStr":
        return _text(inside["is"]) if "is" in inside else ""
    said = (inside["v"].text or "") if "v" in inside else ""
    if kind == "s":
        return shared[int(said)] if said.isdecimal() and int(said) < len(shared) else ""
    if kind in {"str", "d"}:
        return _unescaped(said)
    if kind in {"b", "e"}:
        return {"1": "TRUE", "0": "FALSE"}.get(said, "")
    number = named(cell, "s")
    is_known = number.isdecimal() and int(number) < len(style.kinds)
    counted = style.kinds[int(number)] if is_known else None
    return numbers.shown(said, counted, from_1904=style.from_1904)


def _text(element: ET.Element) -> str:
    """What an element says, without how it is spoken."""
    parts = (
        part.text or ""
        for one in element
        if local(one) in {"t", "r"}
        for part in one.iter()
        if local(part) == "t"
    )
    return _unescaped("".join(parts))


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def _place(letters: str) -> int:
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1
