"""This app's exports as CSV and Parquet: a record a row."""

import io
import re
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

import msgspec
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from ttt.plays import RefusedRow, WhyRefused
from ttt.providers.history_files.blocks import PIECE, Block, Given, Told, built
from ttt.providers.history_files.formats.ours import Record
from ttt.providers.history_files.packed.pages import unpacked_sizes
from ttt.providers.history_files.pieces.decoding import salvaged

COLUMNS = tuple(field.name for field in msgspec.structs.fields(Record))
_NUMBERS = {"ms", "duration_ms"}
_ROWS_AT_ONCE = 10_000
_LARGEST_GROUP = 64 << 20
_MOST_IN_A_ROW = 100
"""Names of artists; Parquet says a thousand million equal ones in a few bytes."""
_FORMULA = re.compile(r"'*[=+\-@]")
"""What a spreadsheet would run; an apostrophe before it makes it a text."""
_SPECIAL = re.compile(r"([\\;])")
_NAME = re.compile(r"(?:\\.|[^\\;])+")
_ESCAPED = re.compile(r"\\(.)")


_TEXTS = [
    "artists.list.element" if name == "artists" else name
    for name in COLUMNS
    if name not in _NUMBERS
]


def schema() -> pa.Schema:
    """The columns of our Parquet files."""
    kinds = {"artists": pa.list_(pa.string()), **dict.fromkeys(_NUMBERS, pa.int32())}
    return pa.schema([pa.field(name, kinds.get(name, pa.string())) for name in COLUMNS])


def cells(record: Record) -> list[object]:
    """A record as a row of CSV; names of artists stand behind semicolons."""
    row: dict[str, object] = msgspec.structs.asdict(record)
    artists = (_SPECIAL.sub(r"\\\1", name) for name in record.artists or ())
    values = (row | {"artists": "; ".join(artists)}).values()
    return [_defused(value) if isinstance(value, str) else value for value in values]


def _defused(text: str) -> str:
    return f"'{text}" if _FORMULA.match(text) else text


def _restored(text: str) -> str:
    return text[1:] if text[:1] == "'" and _FORMULA.match(text) else text


def headed(header: list[str], given: Given) -> Callable[[list[str], int], Told]:
    """What rows of our CSV tell of."""
    places = {title: place for place, title in enumerate(header) if title in COLUMNS}

    def told(row: list[str], number: int) -> Told:
        if len(row) > len(header):
            return RefusedRow(number, WhyRefused.NO_ROW)
        read = {title: _restored(row[at]) for title, at in places.items() if at < len(row)}
        artists = _NAME.findall(read.pop("artists", ""))
        names = [_ESCAPED.sub(r"\1", name).strip() for name in artists]
        return Record(artists=names, **read).play(number, given)

    return told


def parquet_rows(stream: BinaryIO, given: Given) -> Iterator[Block]:
    """Our Parquet file in blocks; a damaged one, or one of other columns, is one refused row."""

    def told(row: Any, number: int) -> Told:
        record: Record = salvaged(Record, row)
        return record.play(number, given)

    return built(_batches(stream), told)


def _batches(stream: BinaryIO) -> Iterator[list[Any] | WhyRefused]:
    try:
        seekable = _seekable(stream)
        if not _is_ours(pq.ParquetFile(seekable), seekable):
            yield WhyRefused.UNREADABLE
            return
        # As it stands in the file, each text once, however many rows repeat it.
        file = pq.ParquetFile(seekable, read_dictionary=_TEXTS)
        for batch in file.iter_batches(_ROWS_AT_ONCE):
            if sum(map(_written_out, batch.columns)) > _LARGEST_GROUP:
                yield WhyRefused.UNREADABLE
                return
            yield pa.Table.from_batches([batch]).cast(schema()).to_pylist()
    except (pa.ArrowException, OSError, ValueError):
        yield WhyRefused.UNREADABLE


def _written_out(column: Any) -> int:
    """How many bytes the texts of a column have where each row has its own."""
    texts = column.flatten() if pa.types.is_list(column.type) else column
    if not pa.types.is_dictionary(texts.type):
        return 0
    lengths = pc.take(pc.binary_length(texts.dictionary), texts.indices)
    return pc.sum(lengths.cast(pa.int64())).as_py() or 0


def _seekable(stream: BinaryIO) -> BinaryIO:
    """The same bytes, in memory where they are packed; too many of them are cut off."""
    if hasattr(stream, "seek"):
        return stream
    held = io.BytesIO()
    while held.tell() < _LARGEST_GROUP and (piece := stream.read(PIECE)):
        held.write(piece)
    return held


def _is_ours(file: pq.ParquetFile, stream: BinaryIO) -> bool:
    """Whether columns and sizes are those that we write, before anything is unpacked."""
    size = stream.seek(0, io.SEEK_END)
    # Each play has a time of its own, and so at least a byte.
    if file.metadata.num_rows > size or not file.schema_arrow.equals(schema()):
        return False
    return all(_is_small(file.metadata.row_group(at), stream) for at in range(file.num_row_groups))


def _is_small(group: pq.RowGroupMetaData, stream: BinaryIO) -> bool:
    columns = [group.column(at) for at in range(group.num_columns)]
    most = _MOST_IN_A_ROW * group.num_rows
    if any(column.num_values > most for column in columns):
        return False
    left = _LARGEST_GROUP
    for column in columns:
        start = column.data_page_offset
        if column.has_dictionary_page:
            start = min(start, column.dictionary_page_offset)
        for unpacked in unpacked_sizes(stream, start, column.total_compressed_size):
            left -= unpacked
            if left < 0:
                return False
    return True
