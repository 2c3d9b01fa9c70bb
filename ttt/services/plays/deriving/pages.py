"""The pages of counting plays: Arrow, a person and year each."""

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from ttt.models import PlayPage
from ttt.plays import Counts
from ttt.services.plays.judging import matching
from ttt.store.plays.judged import Columns

SCHEMA = pa.schema(
    [
        ("started", pa.int64()),
        ("ms", pa.int32()),
        ("track", pa.int32()),
        ("source", pa.uint8()),
        ("how", pa.uint16()),
        ("play", pa.bool_()),
        ("device", pa.uint8()),
    ]
)
_OPTIONS = {"compression": "zstd"}
_FIRST_YEAR = 1970


def made(user_id: int, year: int, columns: Columns, counts: NDArray[np.uint8]) -> PlayPage:
    """The page of a year, of all rows that begin in it; its `data` is b"" where none counts."""
    rows = np.flatnonzero((years(columns.started) == year) & matching.is_counting(counts))
    rows = rows[np.lexsort((columns.track[rows], columns.started[rows]))]
    data = _arrow(columns, counts, rows) if len(rows) else b""
    plays = int((counts[rows] == Counts.PLAY).sum())
    return PlayPage(user_id=user_id, year=year, plays=plays, data=data)


def years(started: NDArray[np.int64]) -> NDArray[np.int64]:
    """The year (UTC) of each time in seconds."""
    of_epoch = started.astype("datetime64[s]").astype("datetime64[Y]").astype(np.int64)
    return of_epoch + _FIRST_YEAR


def seconds(year: int) -> int:
    """When a year begins (UTC)."""
    return int(np.datetime64(f"{year:04}-01-01", "s").astype(np.int64))


def _arrow(columns: Columns, counts: NDArray[np.uint8], rows: NDArray[np.intp]) -> bytes:
    ms = columns.ms[rows]
    plain = (
        (columns.started[rows], None),
        (ms, _bits(ms >= 0)),
        (columns.track[rows], None),
        (columns.source[rows], None),
        (columns.how[rows], None),
        (_bits(counts[rows] == Counts.PLAY), None),
        (columns.device[rows], None),
    )
    # Laid on the arrays as they are: Arrow's own way copies them, and imports pandas to do it.
    arrays = [
        pa.Array.from_buffers(kind.type, len(rows), [valid, pa.py_buffer(values)])
        for kind, (values, valid) in zip(SCHEMA, plain, strict=True)
    ]
    batch = pa.RecordBatch.from_arrays(arrays, schema=SCHEMA)
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, SCHEMA, options=pa.ipc.IpcWriteOptions(**_OPTIONS)) as writer:
        writer.write_batch(batch)
    return bytes(sink.getvalue().to_pybytes())


def _bits(flags: NDArray[np.bool_]) -> pa.Buffer:
    """Flags as Arrow has them, eight in a byte."""
    return pa.py_buffer(np.packbits(flags, bitorder="little"))
