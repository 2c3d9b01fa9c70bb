"""Derives which plays count, and writes the counting ones as pages, a year each."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from sqlmodel import Session

from ttt.models import PlayPage
from ttt.plays import Counts
from ttt.services.context import Context
from ttt.services.plays import recordings
from ttt.services.plays.judging import matching
from ttt.services.plays.judging.matching import Told
from ttt.services.plays.uploads import HELD
from ttt.store.plays import judged, pages, told, uploads
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
_TRIES = 5
_ENOUGH_TO_TELL = 20
_Verdicts = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Derived:
    """What deriving anew came to: `plays` count, `changed` got another verdict."""

    plays: int
    changed: int
    years: tuple[int, ...]


def derive(
    context: Context, user_id: int, since: int, until: int, ready: int | None = None
) -> Derived:
    """Judge a person's plays anew, where something changed between two times (both included).

    Those of uploads under way are left alone, but for the one that is `ready`.

    Read without a lock, as it takes seconds for a million plays, and begun again where plays
    came in meanwhile.
    """
    for attempt in range(_TRIES):
        with context.session() as session:
            if attempt == _TRIES - 1:
                told.touch(session, user_id)
            derived = _derive(session, user_id, (since, until), ready)
            if derived is not None:
                session.commit()
                return derived
    raise AssertionError("whoever holds the lock is not disturbed")


def is_foreign(context: Context, user_id: int, upload_id: int) -> bool:
    """Whether an upload lacks more than half of what was recorded here in its time."""
    with context.session() as session:
        span = told.span(session, user_id, upload_id)
        if span is None or told.recorded(session, user_id, span) < _ENOUGH_TO_TELL:
            return False
        columns = judged.read(session, user_id)
        columns = columns.only(~_held(session, user_id, columns, upload_id))
        mine = columns.upload == upload_id
        counts = matching.judge(_told(session, user_id, columns))
    if not mine.any():
        return False
    first, last = columns.told[mine].min(), columns.told[mine].max()
    recorded = (columns.upload == 0) & (columns.told >= first) & (columns.told <= last)
    recorded &= counts != Counts.DOUBLE
    alone = matching.is_counting(counts[recorded])
    return int(recorded.sum()) >= _ENOUGH_TO_TELL and bool(alone.mean() > 0.5)


def _held(session: Session, user_id: int, columns: Columns, ready: int | None) -> NDArray[np.bool_]:
    """Which plays are of uploads that do not count yet."""
    held = set(uploads.in_states(session, user_id, HELD)) - {ready}
    return np.isin(columns.upload, sorted(held))


def _judge(session: Session, user_id: int, columns: Columns, ready: int | None) -> _Verdicts:
    held = _held(session, user_id, columns, ready)
    counts = np.full(len(held), Counts.UNJUDGED, np.uint8)
    counts[~held] = matching.judge(_told(session, user_id, columns.only(~held)))
    return counts


def _derive(
    session: Session, user_id: int, span: tuple[int, int], ready: int | None
) -> Derived | None:
    seen = told.revision(session, user_id)
    columns = judged.read(session, user_id)
    counts = _judge(session, user_id, columns, ready)
    years = _years(columns.started)
    touched = set(np.unique(years[columns.counts != counts]).tolist())
    touched |= set(range(*_years_of(*span)))
    written = [_page(user_id, year, seen + 1, columns, counts, years == year) for year in touched]
    if not told.raise_from(session, user_id, seen):
        session.rollback()
        return None
    changed = judged.save_verdicts(session, user_id, columns, counts)
    pages.save(session, [page for page in written if page.data])
    pages.forget(session, user_id, [page.year for page in written if not page.data])
    plays = int((counts == Counts.PLAY).sum())
    return Derived(plays, changed, tuple(sorted(touched)))


def read_page(page: PlayPage) -> pa.RecordBatch | pa.Table:
    """A page's rows by SCHEMA, by `started`."""
    with pa.ipc.open_stream(pa.py_buffer(page.data)) as reader:
        return reader.read_all()


def _told(session: Session, user_id: int, columns: Columns) -> Told:
    ids, places = np.unique(columns.track, return_inverse=True)
    known = recordings.of(session, user_id, ids.tolist(), grouped=_several(columns.source))
    track = columns.track.astype(np.int64)
    duration = np.array([known.durations.get(i, -1) for i in ids.tolist()], np.int64)
    recording = np.array([known.recordings.get(i, i) for i in ids.tolist()], np.int64)
    return Told(
        columns.told,
        columns.started,
        columns.ms.astype(np.int64),
        track,
        recording[places] if len(ids) else track,
        columns.source.astype(np.int64),
        columns.how.astype(np.int64),
        duration[places] if len(ids) else track,
    )


def _several(source: NDArray[np.uint8]) -> bool:
    return bool(len(source)) and bool((source != source[0]).any())


def _page(
    user_id: int,
    year: int,
    revision: int,
    columns: Columns,
    counts: NDArray[np.uint8],
    in_year: NDArray[np.bool_],
) -> PlayPage:
    rows = np.flatnonzero(in_year & matching.is_counting(counts))
    rows = rows[np.lexsort((columns.track[rows], columns.started[rows]))]
    data = _arrow(columns, counts, rows) if len(rows) else b""
    plays = int((counts[rows] == Counts.PLAY).sum())
    return PlayPage(user_id=user_id, year=year, revision=revision, plays=plays, data=data)


def _arrow(columns: Columns, counts: NDArray[np.uint8], rows: NDArray[np.intp]) -> bytes:
    ms = columns.ms[rows]
    arrays: Iterable[pa.Array] = (
        pa.array(columns.started[rows]),
        pa.array(ms, mask=ms < 0),
        pa.array(columns.track[rows]),
        pa.array(columns.source[rows]),
        pa.array(columns.how[rows]),
        pa.array(counts[rows] == Counts.PLAY),
        pa.array(columns.device[rows]),
    )
    batch = pa.RecordBatch.from_arrays(list(arrays), schema=SCHEMA)
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, SCHEMA, options=pa.ipc.IpcWriteOptions(**_OPTIONS)) as writer:
        writer.write_batch(batch)
    return bytes(sink.getvalue().to_pybytes())


def _years(started: NDArray[np.int64]) -> NDArray[np.int64]:
    return started.astype("datetime64[s]").astype("datetime64[Y]").astype(np.int64) + 1970


def _years_of(since: int, until: int) -> tuple[int, int]:
    first, last = _years(np.array([since, until]))
    return int(first), int(last) + 1
