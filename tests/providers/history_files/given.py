"""Files in memory, and what comes out of them."""

import io
import json
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import pytest

from ttt.plays import LeftOut, RefusedRow, ToldPlay
from ttt.providers import history_files
from ttt.providers.history_files import Column, HistoryFile, Order, Reading
from ttt.settings import PROJECT

SAMPLES = PROJECT.parent / "shared" / "samples" / "history"
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
END = 1_711_836_000
"""2024-03-30T22:00:00Z"""
TRACK = "4uLU6hMCjMI75M1A2tKUQC"

Row = dict[str, Any]
Content = bytes | str | list[Any] | dict[str, Any]


class Told(NamedTuple):
    """All of a reading."""

    reading: Reading
    plays: list[ToldPlay]
    left_out: list[LeftOut]
    refused: list[RefusedRow]

    @property
    def rows(self) -> int:
        return len(self.plays) + len(self.left_out) + len(self.refused)


def as_bytes(content: Content) -> bytes:
    if isinstance(content, bytes):
        return content
    return (content if isinstance(content, str) else json.dumps(content)).encode()


def file(content: Content, name: str = "file") -> HistoryFile:
    return HistoryFile(name, io.BytesIO(as_bytes(content)))


def zipped(members: Mapping[str, Content], name: str = "history.zip") -> HistoryFile:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, content in members.items():
            archive.writestr(member, as_bytes(content))
    return HistoryFile(name, stream)


def told(
    *files: HistoryFile,
    zone: str | None = None,
    columns: Mapping[str, Column] | None = None,
    folders: tuple[str, ...] = (),
    order: Order | None = None,
) -> Told:
    """Read all of it; each row is numbered once, within its part."""
    reading = history_files.read(
        files,
        now=NOW,
        zone=ZoneInfo(zone) if zone else None,
        columns=columns,
        folders=folders,
        order=order,
    )
    all_of_it = Told(reading, [], [], [])
    for block in reading:
        all_of_it.plays.extend(block.plays)
        all_of_it.left_out.extend(block.left_out)
        all_of_it.refused.extend(block.refused)
    assert reading.rows == all_of_it.rows
    return all_of_it


def extended(**fields: Any) -> Row:
    """A row of Spotify's extended history, complete as they are today."""
    return {
        "ts": "2024-03-30T22:00:00Z",
        "platform": "ios",
        "ms_played": 200_000,
        "conn_country": "DE",
        "ip_addr": "192.0.2.7",
        "master_metadata_track_name": "Paper Lanterns",
        "master_metadata_album_artist_name": "The Invented Few",
        "master_metadata_album_album_name": "Nothing Real",
        "spotify_track_uri": f"spotify:track:{TRACK}",
        "episode_name": None,
        "episode_show_name": None,
        "spotify_episode_uri": None,
        "audiobook_title": None,
        "audiobook_uri": None,
        "audiobook_chapter_uri": None,
        "audiobook_chapter_title": None,
        "reason_start": "trackdone",
        "reason_end": "trackdone",
        "shuffle": False,
        "skipped": False,
        "offline": False,
        "offline_timestamp": END - 200,
        "incognito_mode": False,
        **fields,
    }


def sample(name: str) -> HistoryFile:
    """The sample of that name beside the checkout, where there is one."""
    path = SAMPLES / name
    if not path.exists():
        pytest.skip("no samples beside this checkout")
    return HistoryFile(path.name, io.BytesIO(path.read_bytes()))
