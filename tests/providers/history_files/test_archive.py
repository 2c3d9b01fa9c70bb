"""Zips: what is in them, what they claim, and what they must not do."""

import io
import json
import struct
import time
import tracemalloc
import zipfile
from contextlib import suppress
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.providers.history_files.given import NOW, TRACK, Content, extended, file, told, zipped
from tests.providers.history_files.hostile import HOSTILE
from ttt.errors import HistoryRefused
from ttt.plays import WhyRefused
from ttt.providers import history_files
from ttt.providers.history_files import Format, HistoryFile, Question, WhyNoHistory, archive

AUDIO = "Spotify Extended Streaming History/Streaming_History_Audio_2024_0.json"


def why(*files: HistoryFile, **answers: tuple[str, ...]) -> str:
    with pytest.raises(HistoryRefused) as refused:
        told(*files, **answers)  # type: ignore[arg-type]
    return refused.value.why


def bytes_of(packed: HistoryFile) -> bytes:
    packed.stream.seek(0)
    return packed.stream.read()


def locked(data: bytes, name: str) -> bytes:
    """The same zip, which says that this member has a password."""
    made = bytearray(data)
    for begins, flags, named in ((b"PK\x03\x04", 6, 30), (b"PK\x01\x02", 8, 46)):
        at = -1
        while (at := data.find(begins, at + 1)) >= 0:
            if data.startswith(name.encode(), at + named):
                made[at + flags] |= 1
    return bytes(made)


def test_several_formats_in_one_zip_are_several_parts() -> None:
    line = "A,B,T,30 Mar 2024 21:56\n"
    found = told(zipped({"x/y/a.json": [extended()], "b.txt": line, "c.png": b"\x89PNG\r\n"}))
    assert [part.format for part in found.reading.parts] == [
        Format.SPOTIFY_EXTENDED,
        Format.LASTFM_PLAIN,
    ]
    assert found.reading.passed_over == (("c.png", WhyNoHistory.PICTURE),)
    assert [play.row for play in found.plays] == [1, 1]


def test_a_part_can_be_read_alone_and_again() -> None:
    reading = history_files.read([zipped({"a.json": [extended()] * 2})], now=NOW)
    for _ in range(2):
        assert [len(block.plays) for block in reading.parts[0].blocks()] == [2]


def test_what_holds_personal_data_is_never_opened() -> None:
    secret = [extended(username="secret")]
    names = ["Spotify Account Data/Userdata.json", "MyData/YourLibrary.json", "Payments.json"]
    found = told(zipped({AUDIO: [extended()], **dict.fromkeys(names, secret)}))
    assert [(one.name, one.why) for one in found.reading.passed_over] == [
        (name, WhyNoHistory.NEVER_READ) for name in names
    ]
    assert why(file(secret, "Inferences.json")) == WhyNoHistory.NEVER_READ


UNKNOWN = "Container,Moved,Kind\nPop,7,playlist\n"


def test_a_table_packed_beside_a_services_plays_is_not_asked_about() -> None:
    found = told(zipped({AUDIO: [extended()], "Containers.csv": UNKNOWN}))
    assert len(found.plays) == 1
    assert found.reading.passed_over == (("Containers.csv", WhyNoHistory.NO_HISTORY),)
    assert why(zipped({"Containers.csv": UNKNOWN})) == WhyNoHistory.COLUMNS_NEEDED
    assert why(zipped({AUDIO: [extended()]}), file(UNKNOWN)) == WhyNoHistory.COLUMNS_NEEDED


def test_folders_of_two_people_are_asked_about() -> None:
    both = {f"{name}/{AUDIO}": [extended()] for name in "ab"}
    reading = history_files.read([zipped(both)], now=NOW)
    folders = tuple(f"{name}/Spotify Extended Streaming History/" for name in "ab")
    assert (reading.questions, reading.folders) == ({Question.WHOSE}, folders)
    assert why(zipped(both)) == WhyNoHistory.SEVERAL_PEOPLE
    assert len(told(zipped(both), folders=folders[1:]).plays) == 1
    assert len(told(zipped(both), folders=folders).plays) == 2


@pytest.mark.parametrize("name", ["../../evil.json", "/etc/evil", "C:\\evil.json", "a\x00b"])
def test_names_that_point_elsewhere_are_names_only(name: str, tmp_path: Path) -> None:
    assert len(told(zipped({name: [extended()]})).plays) == 1
    assert list(tmp_path.rglob("*")) == []


def test_a_symlink_is_what_it_holds() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        link = zipfile.ZipInfo("Streaming_History_Audio_2024_0.json")
        link.external_attr = 0o120777 << 16
        made.writestr(link, "/etc/passwd")
    assert why(HistoryFile("x.zip", stream)) == WhyNoHistory.NO_HISTORY


def test_a_zip_in_a_zip_is_not_opened() -> None:
    inner = zipped({"a.json": [extended()]}).stream.getvalue()  # type: ignore[attr-defined]
    assert why(zipped({"inner.zip": inner, "a.png": b"\x89PNG"})) == WhyNoHistory.ZIP_INSIDE


def test_too_many_members_are_refused() -> None:
    assert why(zipped({f"{n}.json": "[]" for n in range(201)})) == WhyNoHistory.TOO_MANY_MEMBERS


def test_a_list_of_names_that_fills_memory_is_not_read() -> None:
    long = "n" * 60_000
    many = zipped({f"{n}{long}": "" for n in range(20)})
    assert why(many) == WhyNoHistory.TOO_MANY_MEMBERS


def test_a_zip_with_a_password_is_refused() -> None:
    data = bytes_of(zipped({"a.json": [extended()]}))
    assert why(file(locked(data, "a.json"), "x.zip")) == WhyNoHistory.ENCRYPTED


def test_other_methods_than_deflate_are_refused() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_BZIP2) as made:
        made.writestr("a.json", "[]")
    assert why(HistoryFile("x.zip", stream)) == WhyNoHistory.DAMAGED_ZIP


def test_what_a_zip_claims_of_its_sizes_is_not_believed() -> None:
    """A header that says 4 GB costs nothing, one that says 10 bytes hides nothing."""
    for claim in (0xFFFFFFF0, 10):
        data = bytearray(zipped({"a.json": [extended()]}).stream.getvalue())  # type: ignore[attr-defined]
        struct.pack_into("<I", data, data.index(b"PK\x01\x02") + 24, claim)
        with suppress(HistoryRefused):
            assert len(told(file(bytes(data), "x.zip")).plays) == 1


def test_no_more_than_a_gigabyte_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    assert archive.MOST_BYTES == 1 << 30
    rows = [extended()] * 30
    size = len(json.dumps(rows))
    monkeypatch.setattr(archive, "MOST_BYTES", size + size // 2)
    found = told(zipped({"a.json": rows, "b.json": rows, "c.json": rows, "d.pdf": b"%PDF"}))
    assert 30 < len(found.plays) < 60
    assert [(row.row, row.reason) for row in found.refused] == [
        (len(found.plays) - 30 + 1, WhyRefused.TOO_MUCH),
        (1, WhyRefused.TOO_MUCH),
    ]


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_files_cost_little_memory_and_time(content: bytes) -> None:
    packed = zipped({AUDIO: content})
    started = time.process_time()
    tracemalloc.start()
    with suppress(HistoryRefused):
        for _ in history_files.read([packed], now=NOW, zone=ZoneInfo("UTC")):
            pass
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 40 << 20
    assert time.process_time() - started < 60


def test_a_history_of_many_rows_costs_no_more_memory_than_one_of_few() -> None:
    rows = [extended(spotify_track_uri=f"spotify:track:{TRACK}")] * 8_000
    packed = zipped({AUDIO: rows})
    del rows
    tracemalloc.start()
    for _ in history_files.read([packed], now=NOW):
        pass
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 24 << 20


@pytest.mark.parametrize(
    "members",
    [
        {"[Content_Types].xml": "<?xml?>", "xl/workbook.xml": "<?xml?>", "xl/1.png": b"\x89PNG"},
        {"mimetype": "application/x", "content.xml": "<?xml?>", "META-INF/manifest.xml": "<?xml?>"},
    ],
)
def test_a_workbook_is_said_to_be_one(members: dict[str, Content]) -> None:
    assert why(zipped(members)) is WhyNoHistory.WORKBOOK
