"""A zip, a tar, or what gzip, xz or bzip2 packed, loses the smallest part of it that is bad."""

import bz2
import gzip
import io
import json
import lzma
import random
import tarfile
import time
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.providers.history_files.given import (
    Content,
    Told,
    as_bytes,
    extended,
    file,
    told,
    zipped,
)
from tests.providers.history_files.test_archive import bytes_of, locked, why
from ttt.plays import OF_A_FILE, WhyRefused
from ttt.providers.history_files import Format, HistoryFile, WhyNoHistory, archive, writing
from ttt.providers.history_files.formats import our_tables
from ttt.providers.history_files.packed import tars, unpacking
from ttt.providers.history_files.writing import ExportFormat

ROWS = 3_000
CHANCE = random.Random(20261129)
MANY = [
    extended(spotify_track_uri=f"spotify:track:{n:022}", ip_addr=f"{CHANCE.random()}")
    for n in range(ROWS)
]
BEGUN = b'[{"ts":"2024-01-01T00:00:00Z","ms_played":1}'
FEW = [extended(master_metadata_track_name="In b")]


def reasons(found: Told) -> list[tuple[int, str]]:
    return [(row.row, row.reason) for row in found.refused]


def streamed(members: dict[str, Content]) -> bytes:
    """A zip as programs write that cannot go back in it: sizes stand behind the members."""

    class Forward(io.RawIOBase):
        def __init__(self) -> None:
            self.made = bytearray()

        def writable(self) -> bool:
            return True

        def write(self, data: object) -> int:
            self.made += data  # type: ignore[operator]
            return len(data)  # type: ignore[arg-type]

    forward = Forward()
    with zipfile.ZipFile(forward, "w", zipfile.ZIP_DEFLATED) as made:  # type: ignore[call-overload]
        for name, content in members.items():
            made.writestr(name, as_bytes(content))
    return bytes(forward.made)


def damaged(data: bytes, within: str, share: float = 0.5) -> bytes:
    """The same zip with some bytes of a member overwritten, from this share of it on."""
    with zipfile.ZipFile(io.BytesIO(data)) as found:
        entry = found.getinfo(within)
    at = entry.header_offset + 60 + int(share * (entry.compress_size - 90))
    return data[:at] + b"\xff" * 20 + data[at + 20 :]


def test_what_is_damaged_in_one_file_of_a_zip_costs_nothing_of_the_others() -> None:
    data = bytes_of(zipped({"a.json": MANY, "b.json": FEW}))
    found = told(file(damaged(data, "a.json"), "x.zip"))
    assert found.plays[-1].title == "In b"
    assert ROWS * 0.4 < len(found.plays) < ROWS * 0.6
    assert reasons(found)[-1] == (found.reading.rows - 1, WhyRefused.BROKEN)


@pytest.mark.parametrize("change", ["one lost", "many lost", "some added", "lost at the start"])
def test_bytes_lost_or_added_in_one_file_of_a_zip_cost_nothing_of_the_others(change: str) -> None:
    data = bytes_of(zipped({"a.json": FEW, "b.json": MANY, "c.json": FEW}))
    with zipfile.ZipFile(io.BytesIO(data)) as found:
        entry = found.getinfo("a.json" if change == "lost at the start" else "b.json")
    at = entry.header_offset + 60
    put, upto = {"one lost": (b"", 1), "many lost": (b"", 900), "some added": (b"abc", 0)}.get(
        change, (b"", 3)
    )
    read = told(file(data[:at] + put + data[at + upto :], "x.zip"))
    assert [play.title for play in read.plays].count("In b") >= 1
    assert read.plays[-1].title == "In b"
    assert len({WhyRefused.BROKEN, WhyRefused.LOST} & {why for _, why in reasons(read)}) == 1
    assert change != "lost at the start" or len(read.plays) > ROWS


@pytest.mark.parametrize("share", [0.01, 0.3, 0.9, 0.999])
def test_rows_before_a_break_are_kept(share: float) -> None:
    found = told(file(damaged(bytes_of(zipped({"a.json": MANY})), "a.json", share), "x.zip"))
    kept = [play for play in found.plays if play.title == "Paper Lanterns"]
    assert abs(len(kept) - share * ROWS) < 150
    assert found.refused[-1].reason == WhyRefused.BROKEN


def test_a_checksum_that_does_not_fit_is_said_and_costs_no_row() -> None:
    data = bytearray(bytes_of(zipped({"a.json": MANY})))
    data[data.index(b"PK\x01\x02") + 16] ^= 1
    found = told(file(bytes(data), "x.zip"))
    assert len(found.plays) == ROWS
    assert reasons(found) == [(ROWS + 1, WhyRefused.BROKEN)]


def test_a_file_with_a_password_is_named_and_the_others_are_read() -> None:
    data = bytes_of(zipped({"a.json": FEW, "b/secret.json": FEW, "c.pdf": b"%PDF"}))
    found = told(file(locked(data, "b/secret.json"), "x.zip"))
    assert len(found.plays) == 1
    assert [(part.name, part.lost) for part in found.reading.parts] == [
        ("a.json", None),
        ("b/secret.json", WhyRefused.LOCKED),
    ]
    assert reasons(found) == [(1, WhyRefused.LOCKED)]


def test_a_file_packed_in_another_way_is_named_and_the_others_are_read() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        made.writestr("a.json", json.dumps(FEW), zipfile.ZIP_DEFLATED)
        made.writestr("b.json", json.dumps(FEW), zipfile.ZIP_LZMA)
        made.writestr("c.json", json.dumps(FEW), zipfile.ZIP_STORED)
    found = told(HistoryFile("x.zip", stream))
    assert (len(found.plays), reasons(found)) == (2, [(1, WhyRefused.LOST)])


def test_a_file_whose_beginning_is_lost_is_named_unless_it_cannot_hold_plays() -> None:
    data = bytes_of(zipped({"a.json": FEW, "b.json": MANY, "c.pdf": MANY, "__MACOSX/d": MANY}))
    for name in ("b.json", "c.pdf", "__MACOSX/d"):
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            at = packed.getinfo(name).header_offset
        data = data[:at] + b"\0" * 40 + data[at + 40 :]
    found = told(file(data, "x.zip"))
    assert (len(found.plays), reasons(found)) == (1, [(1, WhyRefused.LOST)])
    assert [part.name for part in found.reading.parts] == ["a.json", "b.json"]


def test_a_zip_in_a_zip_is_named_beside_what_is_read() -> None:
    inner = bytes_of(zipped({"a.json": FEW}))
    found = told(zipped({"inner.zip": inner, "b.json": FEW}))
    assert (len(found.plays), reasons(found)) == (1, [(1, WhyRefused.ZIP_INSIDE)])
    inner = gzip.compress(as_bytes(FEW))
    assert reasons(told(zipped({"a.json.gz": inner, "b.json": FEW}))) == [
        (1, WhyRefused.ZIP_INSIDE)
    ]


@pytest.mark.parametrize("packed", [lambda m: bytes_of(zipped(m)), streamed])
def test_a_zip_that_broke_off_is_read_as_far_as_it_goes(packed: object) -> None:
    data = packed({"x/": b"", "x/a.json": FEW, "x/b.json": MANY, "x/c.json": FEW})  # type: ignore[operator]
    for end in (len(data) - 1, len(data) - 60, data.index(b"PK\x01\x02") + 10):
        found = told(file(data[:end], "x.zip"))
        assert (len(found.plays), found.refused) == (ROWS + 2, [])
    found = told(file(data[: len(data) // 2], "x.zip"))
    assert ROWS * 0.4 < len(found.plays) < ROWS * 0.6
    assert found.refused[-1].reason == WhyRefused.BROKEN


def test_a_zip_of_which_nothing_is_left_is_refused() -> None:
    for nothing in (b"PK\x03\x04", b"PK\x03\x04" + b"\xfe" * 99, b"PK\x05\x06" + b"\xff" * 9):
        assert why(file(nothing, "x.zip")) == WhyNoHistory.DAMAGED_ZIP


def test_every_reason_of_a_file_has_words() -> None:
    assert all(reason.words for reason in OF_A_FILE)


# What repeats so much packs small in whatever way, and slowly in the closest.
PACKERS: dict[str, Callable[[bytes], bytes]] = {
    ".gz": gzip.compress,
    ".xz": lzma.compress,
    ".bz2": lambda data: bz2.compress(data, 1),
}


@pytest.mark.parametrize("end", PACKERS)
@pytest.mark.parametrize("name", ["endsong_0.json", "history"])
def test_what_gzip_xz_or_bzip2_packed_is_read(end: str, name: str) -> None:
    packed = PACKERS[end]
    found = told(file(packed(as_bytes(MANY)), name + end))
    assert (len(found.plays), found.refused) == (ROWS, [])
    assert found.reading.parts[0].name == name
    assert told(file(packed(as_bytes(FEW)), name)).reading.parts[0].name == name
    several = packed(b"[") + packed(as_bytes(FEW)[1:]) + b"\0" * 100
    assert len(told(file(several)).plays) == 1


@pytest.mark.parametrize(
    ("begins", "kind"),
    [
        (b"7z\xbc\xaf\x27\x1c\0\4", WhyNoHistory.SEVEN_ZIP),
        (b"Rar!\x1a\x07\x01\0", WhyNoHistory.RAR),
        (b"Rar!\x1a\x07\0\xcf", WhyNoHistory.RAR),
        (b"\x28\xb5\x2f\xfd\x24", WhyNoHistory.ZSTANDARD),
    ],
)
def test_what_cannot_be_unpacked_here_is_called_by_its_name(
    begins: bytes, kind: WhyNoHistory
) -> None:
    packed = begins + bytes(range(256))
    assert why(file(packed)) == kind
    assert why(zipped({"a": packed, "b.txt": b"x"})) == kind
    found = told(zipped({"a": packed, "b.json": FEW}))
    assert (len(found.plays), reasons(found)) == (1, [(1, WhyRefused.ZIP_INSIDE)])


def test_a_table_that_begins_like_bzip2_is_a_table() -> None:
    found = told(file("BZh9,artist,track,time\nx,A,T,2024-04-03T19:15:00Z\n"))
    assert len(found.plays) == 1


def test_streams_of_xz_may_have_padding_between_them() -> None:
    for padding in (4, 1020, 1024, 5000):
        data = lzma.compress(b"[") + b"\0" * padding + lzma.compress(as_bytes(FEW)[1:])
        assert len(told(file(data)).plays) == 1


@pytest.mark.parametrize("end", PACKERS)
def test_what_was_packed_keeps_rows_before_a_break(end: str) -> None:
    data = PACKERS[end](as_bytes(MANY))
    half = len(data) // 2
    for broken in (data[:half], data[:half] + b"\xff" * 20 + data[half + 20 :]):
        found = told(file(broken, f"a.json{end}"))
        assert ROWS * 0.4 < len(found.plays) < ROWS * 0.6
        assert found.refused[-1].reason == WhyRefused.BROKEN
    assert why(file(data[:10] + b"\xff" * 50)) == WhyNoHistory.DAMAGED_ZIP


def test_xz_is_given_no_more_memory_than_its_own_settings_need() -> None:
    for preset in range(10):
        assert len(told(file(lzma.compress(as_bytes(FEW), preset=preset))).plays) == 1
    greedy = [{"id": lzma.FILTER_LZMA2, "dict_size": 128 << 20, "mode": lzma.MODE_FAST}]
    assert why(file(lzma.compress(as_bytes(FEW), filters=greedy))) == WhyNoHistory.DAMAGED_ZIP


def tarred(
    members: dict[str, Content], form: int = tarfile.USTAR_FORMAT, packing: str = "gz"
) -> bytes:
    stream, level = io.BytesIO(), {"compresslevel": 1} if packing == "bz2" else {}
    mode = f"w:{packing}"
    with tarfile.open(fileobj=stream, mode=mode, format=form, **level) as made:  # type: ignore[call-overload]
        for name, content in members.items():
            info, data = tarfile.TarInfo(name), as_bytes(content)
            info.size = len(data)
            if not content:
                info.type, info.linkname = tarfile.SYMTYPE, "/etc/passwd"
            made.addfile(info, io.BytesIO(data))
    return stream.getvalue()


@pytest.mark.parametrize("packing", ["gz", "xz", "bz2", ""])
@pytest.mark.parametrize("form", [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
def test_the_files_of_a_tar_are_read(form: int, packing: str) -> None:
    long = f"{'n' * (80 if form == tarfile.USTAR_FORMAT else 180)}b.json"
    members: dict[str, Content] = {"a.json": MANY, long: FEW, "../link": b"", "c.png": b"\x89PNG"}
    data = tarred(members, form, packing)
    found = told(file(data, "x.tar.gz"))
    assert (len(found.plays), found.refused) == (ROWS + 1, [])
    assert [part.format for part in found.reading.parts] == [Format.SPOTIFY_EXTENDED] * 2
    found = told(file(data[: len(data) // 2], "x.tar.gz"))
    assert ROWS * 0.4 < len(found.plays) < ROWS * 0.6
    assert found.refused[-1].reason == WhyRefused.BROKEN


@pytest.mark.parametrize("size", [8 << 30, 1 << 70])
def test_a_tar_may_claim_more_than_it_holds(size: int) -> None:
    info = tarfile.TarInfo("a.json")
    info.size = size
    data = info.tobuf(tarfile.GNU_FORMAT) + as_bytes(FEW)
    found = told(file(data, "x.tar"))
    assert len(found.plays) == 1
    assert reasons(found) == [(2, WhyRefused.BROKEN)]


@pytest.mark.parametrize("packing", ["gz", "xz", "bz2", ""])
def test_too_many_files_in_a_tar_are_refused(packing: str) -> None:
    many = tarred({f"{n}": b"[1]" for n in range(201)}, packing=packing)
    assert why(file(many)) == WhyNoHistory.TOO_MANY_MEMBERS


def test_a_tar_is_not_gone_through_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    data = tarred({"a.json": FEW, "b.json": MANY, "c.json": FEW})
    monkeypatch.setattr(tars, "_TOGETHER", 50_000)
    found = told(file(data, "x.tar.gz"))
    assert len(found.plays) == ROWS + 1
    assert reasons(found) == [(1, WhyRefused.TOO_MUCH)]
    # What nobody packed is not gone through: each of its files is reached at once.
    assert len(told(file(gzip.decompress(data), "x.tar")).plays) == ROWS + 2


BLANKS = BEGUN + b" " * (4 << 20)
FIVE: dict[str, Content] = {f"{n}.json": BLANKS for n in range(5)}
# Far more than is allowed, in a few bytes.
BOMBS: dict[str, Callable[[], bytes]] = {
    "zip": lambda: bytes_of(zipped(FIVE)),
    "streamed": lambda: streamed(FIVE)[:-200],
    "gzip": lambda: gzip.compress(BLANKS * 5),
    "many streams": lambda: gzip.compress(BEGUN + b" " * 20_000) + gzip.compress(b" ") * 5_000,
    "many streams of xz": lambda: (
        lzma.compress(BEGUN + b" " * 20_000) + lzma.compress(b" ") * 5_000
    ),
    "xz": lambda: lzma.compress(BLANKS * 5),
    "bzip2": lambda: bz2.compress(BLANKS * 5),
    "tar.gz": lambda: tarred(FIVE),
    "tar.xz": lambda: tarred(FIVE, packing="xz"),
    "tar": lambda: tarred(FIVE, packing=""),
}


@pytest.mark.parametrize("kind", BOMBS)
def test_bombs_are_unpacked_no_further_than_is_allowed(
    monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    bomb = BOMBS[kind]()
    monkeypatch.setattr(archive, "MOST_BYTES", 8 << 20)
    monkeypatch.setattr(tars, "_FURTHEST", 8 << 20)
    unpacked = 0
    take = unpacking.Bounded.read

    def counted(self: unpacking.Bounded, size: int) -> bytes:
        nonlocal unpacked
        piece = take(self, size)
        unpacked += len(piece)
        return piece

    monkeypatch.setattr(unpacking.Bounded, "read", counted)
    tracemalloc.start()
    started = time.process_time()
    found = told(file(bomb, kind))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found.plays == []
    assert found.refused
    # A tar is gone through once more for each of its files.
    assert unpacked <= (40 << 20 if kind.startswith("tar.") else 17 << 20)
    assert peak < 24 << 20
    assert time.process_time() - started < 30


def test_a_break_in_what_is_packed_densely_fills_no_memory() -> None:
    packer = zlib.compressobj(wbits=unpacking.RAW)
    dense = packer.compress(b"\0" * (64 << 20)) + packer.flush(zlib.Z_SYNC_FLUSH)
    stream = io.BytesIO(dense[:4_000] + b"\xff" * 50)
    tracemalloc.start()
    taken = unpacking.Inflated(unpacking.Stretch(stream, 0), unpacking.RAW, 1 << 30)
    total = 0
    while piece := taken.read(1 << 20):
        total += len(piece)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert taken.why is WhyNoHistory.DAMAGED_ZIP
    assert total > 3 << 20
    assert peak < 8 << 20


def test_a_parquet_file_of_ours_can_be_packed() -> None:
    plays = told(file(MANY[:50])).plays
    written = io.BytesIO()
    writing.write(plays, ExportFormat.PARQUET, written)
    for packed in (
        zipped({"p.parquet": written.getvalue()}),
        file(gzip.compress(written.getvalue())),
    ):
        found = told(packed)
        assert (len(found.plays), found.refused) == (50, [])


def parquet(rows: list[dict[str, Any]], **more: Any) -> bytes:
    table = pa.Table.from_pylist(rows, schema=our_tables.schema())
    stream = io.BytesIO()
    pq.write_table(table, stream, compression="zstd", **more)
    return stream.getvalue()


def varint(number: int, length: int = 1) -> bytes:
    number, found = number * 2, []
    while number or len(found) < length:
        found.append(number & 127)
        number >>= 7
    return bytes([*(byte | 128 for byte in found[:-1]), found[-1]])


def test_what_parquet_says_of_itself_in_its_foot_is_not_believed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    honest = parquet([{"title": "x" * 2_000_000}] * 40, use_dictionary=False)
    group = pq.ParquetFile(io.BytesIO(honest)).metadata.row_group(0)
    lying = honest
    for size in (group.total_byte_size, group.column(0).total_uncompressed_size):
        lying = lying.replace(varint(size), varint(1_000, len(varint(size))))
    assert pq.ParquetFile(io.BytesIO(lying)).metadata.row_group(0).total_byte_size == 1_000
    monkeypatch.setattr(pq.ParquetFile, "iter_batches", None)
    assert [row.reason for row in told(file(lying)).refused] == [WhyRefused.UNREADABLE]


def test_more_rows_of_parquet_than_it_has_bytes_are_none() -> None:
    empty = parquet([{}] * 100_000)
    assert [row.reason for row in told(file(empty)).refused] == [WhyRefused.UNREADABLE]
