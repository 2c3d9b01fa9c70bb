"""Typed rows out of JSON: all of a piece at once, or field by field where one of them is odd."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import lru_cache
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import msgspec

from ttt.providers.history_files.fields import moment, number, seconds
from ttt.providers.history_files.pieces.kinds import Others
from ttt.providers.history_files.pieces.spoken import without_commas_too_many
from ttt.text import cleaned

_MALFORMED = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)


class Malformed(Exception):
    """These bytes are no JSON."""


class Decoder:
    """Decodes rows of one type; where a row is no object, None stands for it.

    Rows of `others` are decoded as what they are.
    """

    def __init__(self, row: type[msgspec.Struct], others: Others | None = None) -> None:
        self._row = row
        self._others = others or Others(row)
        self._typed = msgspec.json.Decoder(list[row])  # type: ignore[valid-type]
        self._single = msgspec.json.Decoder(row)
        self._raw = msgspec.json.Decoder(list[msgspec.Raw])

    def rows(self, values: bytes) -> list[Any]:
        """Rows of values with commas between them. Raises Malformed, for lists of objects too."""
        whole = b"[" + values + b"]"
        try:
            rows = self._typed.decode(whole)
        except msgspec.ValidationError:
            return self._one_by_one(whole)
        except _MALFORMED as error:
            raise Malformed from error
        if lacking := self._others.lacking(rows):
            self._put_others(rows, lacking, self._raw.decode(whole))
        return rows

    def lines(self, values: bytes) -> list[Any]:
        """Rows of values, one a line. Raises Malformed."""
        try:
            rows = self._single.decode_lines(values)
        except _MALFORMED as error:
            raise Malformed from error
        if lacking := self._others.lacking(rows):
            self._put_others(rows, lacking, [one for one in values.splitlines() if one.strip()])
        return rows

    def rescued(self, value: bytes) -> Any:
        """One row in spite of broken letters, control characters and commas too many.

        Raises Malformed.
        """
        try:
            text = without_commas_too_many(value.decode("utf-8-sig", "replace"))
            return salvaged(self._row, cleaned(json.loads(text, strict=False)))
        except (ValueError, RecursionError) as error:
            raise Malformed from error

    def _put_others(self, rows: list[Any], places: list[int], raw: Sequence[bytes]) -> None:
        """Put rows of other types in the place of what was made of them."""
        for at in places if len(raw) == len(rows) else ():
            if (other := self._others.of(bytes(raw[at]))) is not None:
                rows[at] = salvaged(other, msgspec.json.decode(raw[at]))

    def _one_by_one(self, whole: bytes) -> list[Any]:
        try:
            return [self._one(value) for value in self._raw.decode(whole)]
        except _MALFORMED as error:
            raise Malformed from error

    def _one(self, value: msgspec.Raw) -> Any:
        try:
            row = self._single.decode(value)
        except msgspec.ValidationError:
            row = self._salvaged(msgspec.json.decode(value))
        if row is not None and self._others.lacking([row]):
            other = self._others.of(bytes(value))
            return row if other is None else salvaged(other, msgspec.json.decode(value))
        return row

    def _salvaged(self, value: Any) -> Any:
        if isinstance(value, list) and any(isinstance(one, dict) for one in value):
            raise Malformed
        return salvaged(self._row, value)


def salvaged(kind: Any, value: Any) -> Any:
    """As much of the value as is of this type: fields that are not become None.

    One thing where a list belongs is a list of one, and a list of one the thing in it. A number in
    the place of a text is that text: songs are called "1999", and programs take them for numbers.
    """
    try:
        return msgspec.convert(value, kind, strict=False)
    except (msgspec.ValidationError, RecursionError):
        pass
    if datetime in _choices(kind):
        return _moment(value)
    if str in _choices(kind) and type(value) in {int, float}:
        return None if number(value) is None else f"{value:.15g}"
    struct, inner = _struct(kind), _element(kind)
    if struct and isinstance(value, dict):
        return _of_fields(struct, value)
    if inner and value is not None:
        several = value if isinstance(value, list) else [value]
        return [one for one in (salvaged(inner, each) for each in several) if one is not None]
    is_one = isinstance(value, list) and len(value) == 1 and not isinstance(value[0], list)
    return salvaged(kind, value[0]) if is_one else None


def names_of(row: type[msgspec.Struct]) -> set[str]:
    """The keys of rows of this type and of what lies in them."""
    found = set[str]()
    for field in msgspec.structs.fields(row):
        found.add(field.encode_name)
        inner = _struct(_element(_hints(row)[field.name]) or _hints(row)[field.name])
        found |= names_of(inner) if inner else set()
    return found


def _moment(value: Any) -> datetime | None:
    """A time of day written in another way than usual, or in milliseconds."""
    is_written = isinstance(value, str) and ":" in value
    stamp = moment(value.strip()) if is_written else seconds(value)
    return None if stamp is None else datetime.fromtimestamp(stamp, UTC)


def _of_fields(struct: type[msgspec.Struct], value: dict[str, Any]) -> Any:
    hints = _hints(struct)
    there = [f for f in msgspec.structs.fields(struct) if f.encode_name in value]
    return struct(**{f.name: salvaged(hints[f.name], value[f.encode_name]) for f in there})


@lru_cache(maxsize=256)
def _hints(struct: type[msgspec.Struct]) -> dict[str, Any]:
    return get_type_hints(struct)


def _choices(kind: Any) -> tuple[Any, ...]:
    return get_args(kind) if get_origin(kind) in {Union, UnionType} else (kind,)


def _struct(kind: Any) -> type[msgspec.Struct] | None:
    found = (one for one in _choices(kind) if isinstance(one, type) and get_origin(one) is None)
    return next((one for one in found if issubclass(one, msgspec.Struct)), None)


def _element(kind: Any) -> Any:
    return next((get_args(one)[0] for one in _choices(kind) if get_origin(one) is list), None)
