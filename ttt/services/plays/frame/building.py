"""A frame out of the pages that the store keeps."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from ttt.services.plays.frame import zone as clocks
from ttt.services.plays.frame.columns import Frame, Gap
from ttt.services.plays.frame.tracks import PlayedTrack, tracks

_COLUMNS = {
    "started": np.int64,
    "ms": np.int32,
    "track": np.int32,
    "source": np.uint8,
    "how": np.uint16,
    "play": np.bool_,
    "device": np.uint8,
}


Columns = dict[str, NDArray[Any]]


class Hidden(NamedTuple):
    """Ids of tracks that a person does not want to see, from and until when (seconds of UTC)."""

    track_ids: frozenset[int]
    start: int | None = None
    end: int | None = None


def build(
    pages: Iterable[bytes],
    played: Sequence[PlayedTrack],
    zone: str = "UTC",
    gaps: Sequence[Gap] = (),
    hidden: Sequence[Hidden] = (),
) -> Frame:
    """Frame of pages in Arrow's format for streams, in the order of their years.

    Plays of tracks that are not among those given are left out.
    """
    return of_columns(columns_of(pages), played, zone, gaps, hidden)


def of_columns(
    columns: Columns,
    played: Sequence[PlayedTrack],
    zone: str = "UTC",
    gaps: Sequence[Gap] = (),
    hidden: Sequence[Hidden] = (),
) -> Frame:
    """The same of columns that were read already."""
    place = _place_of(np.array([track.id for track in played], np.int64), columns["track"])
    shown = (place >= 0) & ~_hidden(columns, hidden)
    if not shown.all():
        columns, place = {name: c[shown] for name, c in columns.items()}, place[shown]
    started = columns["started"]
    offset = clocks.offsets(zone, started)
    begins = int((started[0] + int(offset[0])) // clocks.DAY) if len(started) else 0
    return Frame(
        started=started,
        offset=offset,
        ms=columns["ms"],
        track=place,
        source=columns["source"],
        how=columns["how"],
        play=columns["play"],
        device=columns["device"],
        tracks=tracks(played),
        zone=zone,
        begins=begins,
        gaps=tuple(gaps),
    )


def columns_of(pages: Iterable[bytes]) -> Columns:
    """All pages' rows as one array a column, ascending by their start."""
    read = [pa.ipc.open_stream(page).read_all() for page in pages]
    if not read:
        return {name: np.zeros(0, kind) for name, kind in _COLUMNS.items()}
    table = pa.concat_tables(read)
    columns = {name: _column(table[name], kind) for name, kind in _COLUMNS.items()}
    started = columns["started"]
    if (np.diff(started) < 0).any():
        order = np.argsort(started, kind="stable")
        columns = {name: column[order] for name, column in columns.items()}
    return columns


def _column(values: pa.ChunkedArray, kind: type[np.generic]) -> NDArray[Any]:
    if values.null_count:
        values = values.fill_null(-1)
    return np.ascontiguousarray(values.to_numpy(), dtype=kind)


def _place_of(ids: NDArray[np.int64], wanted: NDArray[Any]) -> NDArray[np.int32]:
    """Place of each wanted id among the ids, -1 where it is not among them."""
    if not len(ids) or not len(wanted):
        return np.full(len(wanted), -1, np.int32)
    places = np.full(max(int(ids.max()), int(wanted.max())) + 1, -1, np.int32)
    places[ids] = np.arange(len(ids), dtype=np.int32)
    found: NDArray[np.int32] = places[wanted]
    return found


def _hidden(columns: Columns, hidden: Sequence[Hidden]) -> NDArray[np.bool_]:
    found = np.zeros(len(columns["track"]), np.bool_)
    for rule in hidden:
        rows = np.isin(columns["track"], list(rule.track_ids))
        if rule.start is not None:
            rows &= columns["started"] >= rule.start
        if rule.end is not None:
            rows &= columns["started"] < rule.end
        found |= rows
    return found
