"""Plays as files, a line or a group of rows at a time; each of them comes back as it went.

Plays are told as their source told them (`ToldPlay.source` has to be set, or it is not known when
they come back). A memory of a few thousand plays is all that is needed, whatever their number.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from enum import StrEnum
from itertools import islice
from typing import Any, BinaryIO

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from ttt.plays import Device, How, PlaySource, Sense, ToldPlay
from ttt.providers.history_files.formats.our_tables import COLUMNS, cells, schema
from ttt.providers.history_files.formats.ours import KEY, Record, record, written

_AT_ONCE = 5000
_TELLS_HOW = {PlaySource.SPOTIFY_HISTORY, PlaySource.STATS_TRACKER}
_NAME = "Top Track Tracker"


class ExportFormat(StrEnum):
    """What plays can be written as; the values are those of the command line."""

    EXTENDED = "jsonl"
    LISTENBRAINZ = "listenbrainz"
    CSV = "csv"
    PARQUET = "parquet"


def pieces(plays: Iterable[ToldPlay], form: ExportFormat) -> Iterator[bytes]:
    """The file in pieces of some thousand plays, for a download or to be written one by one.

    A piece of LISTENBRAINZ leaves out plays without a title or artist, which it has no room for.
    """
    match form:
        case ExportFormat.EXTENDED:
            return _lines(map(_extended, plays))
        case ExportFormat.LISTENBRAINZ:
            return _lines(_listen(play) for play in plays if play.title and play.artists)
        case ExportFormat.CSV:
            return _table(plays)
        case ExportFormat.PARQUET:
            return _parquet(plays)


def write(plays: Iterable[ToldPlay], form: ExportFormat, stream: BinaryIO) -> int:
    """Write the plays to a stream; returns how many bytes that were."""
    return sum(stream.write(piece) for piece in pieces(plays, form))


def _lines(rows: Iterator[dict[str, Any]]) -> Iterator[bytes]:
    encoder = msgspec.json.Encoder()
    while some := list(islice(rows, _AT_ONCE)):
        yield encoder.encode_lines(some)


def _extended(play: ToldPlay) -> dict[str, Any]:
    """A line of Spotify's extended history: what others read, and beside it all that is known."""
    return {
        "ts": written(_end(play)),
        "platform": Device(play.device).name.lower() if play.device else None,
        "ms_played": play.ms,
        "conn_country": play.country,
        "master_metadata_track_name": play.title or None,
        "master_metadata_album_artist_name": ", ".join(play.artists) or None,
        "master_metadata_album_album_name": play.album,
        "spotify_track_uri": play.spotify_id and f"spotify:track:{play.spotify_id}",
        "episode_name": None,
        "episode_show_name": None,
        "spotify_episode_uri": None,
        "reason_end": "trackdone" if play.how & How.ENDED_BY_ITSELF else None,
        "shuffle": _flag(play, How.SHUFFLE),
        "skipped": _flag(play, How.SKIPPED),
        "offline": _flag(play, How.OFFLINE),
        "offline_timestamp": play.started_at,
        "incognito_mode": _flag(play, How.PRIVATE),
        KEY: record(play),
    }


def _flag(play: ToldPlay, bit: How) -> bool | None:
    """Whether it was so; None where its source never says."""
    if play.how & bit:
        return True
    return False if play.source in _TELLS_HOW else None


def _listen(play: ToldPlay) -> dict[str, Any]:
    info = {
        "duration_ms": play.duration_ms,
        "ms_played": play.ms,
        "isrc": play.isrc,
        "recording_mbid": play.mbid,
        "spotify_id": play.spotify_id and f"https://open.spotify.com/track/{play.spotify_id}",
        "submission_client": _NAME,
        KEY: record(play),
    }
    return {
        "listened_at": play.told_at if play.started_at is None else play.started_at,
        "track_metadata": {
            "track_name": play.title,
            "artist_name": ", ".join(play.artists),
            "release_name": play.album,
            "additional_info": {name: value for name, value in info.items() if value is not None},
        },
    }


def _end(play: ToldPlay) -> int:
    """When it ended, as the extended format has it, as far as that is known."""
    source = PlaySource(play.source).sense if play.source else Sense.START
    sense = play.sense or source
    if sense in {Sense.END, Sense.MINUTE, Sense.EITHER} or play.ms is None:
        return play.told_at
    return play.told_at + (play.ms + 500) // 1000


def _table(plays: Iterable[ToldPlay]) -> Iterator[bytes]:
    yield (",".join(COLUMNS) + "\r\n").encode()
    rows = (cells(record(play)) for play in plays)
    while some := list(islice(rows, _AT_ONCE)):
        text = io.StringIO(newline="")
        csv.writer(text).writerows(some)
        yield text.getvalue().encode()


def _parquet(plays: Iterable[ToldPlay]) -> Iterator[bytes]:
    sink = _Sink()
    records = (msgspec.structs.asdict(record(play)) for play in plays)
    with pq.ParquetWriter(sink, schema(), compression="zstd") as writer:
        while some := list(islice(records, _AT_ONCE)):
            writer.write_table(pa.Table.from_pylist(some, schema=schema()))
            yield sink.taken()
    yield sink.taken()


class _Sink(io.RawIOBase):
    """A file that nobody keeps: what is written is taken away piece by piece."""

    def __init__(self) -> None:
        super().__init__()
        self._pieces: list[bytes] = []
        self._size = 0

    def writable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._size

    def write(self, data: Any, /) -> int:
        piece = bytes(data)
        self._pieces.append(piece)
        self._size += len(piece)
        return len(piece)

    def taken(self) -> bytes:
        """What was written since the last time."""
        taken = b"".join(self._pieces)
        self._pieces.clear()
        return taken


__all__ = ["ExportFormat", "Record", "pieces", "write"]
