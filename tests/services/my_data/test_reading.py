import io
import json
import random
import struct
from typing import Any
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from tests.services.my_data.conftest import TRACKS, files, packed, records
from ttt.errors import InvalidInput
from ttt.services.my_data import reading

AT = "2026-11-22T12:00:00+00:00"
MANIFEST = {
    "format": "top-track-tracker my data",
    "version": 1,
    "app_version": "1",
    "made_at": AT,
    "records": {},
}
ENTRY = {"track": TRACKS[0], "added_at": AT, "added_by_me": True, "note": None, "tags": []}
LIST = {"name": "L", "trending": False, "access": "private", "created_at": AT, "entries": [ENTRY]}
SNAPSHOT = {"period": "short_term", "taken_at": AT, "tracks": TRACKS[:2]}
VALUE = {"track": TRACKS[0], "field": "energy", "value": 0.5, "source": "hand", "observed_at": AT}


def refusal(content: bytes) -> str:
    with pytest.raises(InvalidInput) as refused:
        reading.read(content)
    return refused.value.reason


def entry(**changes: Any) -> dict[str, Any]:
    return {"lists": [LIST | {"entries": [ENTRY | changes]}]}


def test_what_was_written_is_read(adas_data: bytes) -> None:
    content = reading.read(adas_data)
    assert [one.name for one in content.lists] == ["Trending", "Night drive"]
    assert [one.tracks for one in content.snapshots] == [TRACKS[:3], TRACKS[2::-1]]
    assert len(content.values) == 3
    assert content.tracks.keys() == set(TRACKS)


def test_the_tables_may_be_left_out(adas_data: bytes) -> None:
    exact = {name: text for name, text in files(adas_data).items() if name.endswith(".json")}
    assert reading.read(packed(exact)) == reading.read(adas_data)


def test_a_file_that_holds_only_a_manifest_is_empty() -> None:
    assert reading.read(packed({"manifest": MANIFEST})).lists == []


@pytest.mark.parametrize("content", [b"", b"PK", b"no zip file", b"\x80\x04K\x01.", b"\0" * 5000])
def test_what_is_no_zip_file_is_refused(content: bytes) -> None:
    assert refusal(content) == "This is no zip file, or it is damaged."


def test_damage_anywhere_is_refused_in_words_or_does_not_matter() -> None:
    whole = packed({"manifest": MANIFEST, "lists": [LIST], "README.txt": "x"})
    luck, refused = random.Random(1), 0
    for _ in range(3000):
        broken = bytearray(whole)
        for _ in range(luck.randint(1, 4)):
            # The directory at the end is where most can go wrong.
            place = luck.choice([luck.randrange(len(broken)), -luck.randint(1, 200)])
            broken[place] = luck.choice([0, 1, 128, 255])
        try:
            reading.read(bytes(broken))
        except InvalidInput:
            refused += 1
    assert refused > 1000


@given(st.integers(0, 400))
def test_a_file_that_was_cut_off_is_refused(length: int) -> None:
    assert refusal(packed({"manifest": MANIFEST})[:length][:-1])


def test_a_file_that_is_too_large_is_refused() -> None:
    assert "larger than 5 MB" in refusal(b"\0" * (reading.MAX_BYTES + 1))


def test_too_many_files_are_refused() -> None:
    many = {f"{n}.txt": "" for n in range(99)}
    assert reading.read(packed({"manifest": MANIFEST, **many})).lists == []
    assert "more than 100 files" in refusal(packed({"manifest": MANIFEST, "x.txt": "", **many}))


def test_a_bomb_is_refused_before_it_goes_off() -> None:
    bomb = b"[" + b" " * (reading.MAX_FILE + 10) + b"]"
    assert refusal(packed({"manifest": MANIFEST, "lists": bomb})) == "lists.json is too large."


def test_twenty_four_megabytes_are_read() -> None:
    lists = b"[" + b" " * (24 * 1024**2 - 2) + b"]"
    assert reading.read(packed({"manifest": MANIFEST, "lists": lists})).lists == []


def test_many_files_that_are_too_large_together_are_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(reading, "MAX_TOTAL", 1_000_000)
    parts = {f"{n}.csv": b" " * 300_000 for n in range(4)}
    assert "too large" in refusal(packed({"manifest": MANIFEST, **parts}))


def test_a_bomb_that_says_it_is_small_is_refused() -> None:
    bomb = bytearray(packed({"manifest": MANIFEST, "lists": b"[" + b" " * 10_000_000 + b"]"}))
    real, small = struct.pack("<L", 10_000_002), struct.pack("<L", 100)
    assert bytes(bomb).count(real) == 2
    assert refusal(bytes(bomb).replace(real, small))


@pytest.mark.parametrize(
    "name",
    [
        "../lists.json",
        "/etc/passwd",
        "a/b.json",
        "..\\x.json",
        "C:x.json",
        "x\n.json",
        "..",
        ".",
    ],
)
def test_names_that_lead_elsewhere_are_refused(name: str) -> None:
    assert "folders, or names" in refusal(packed({"manifest": MANIFEST, name: "x"}))


def test_a_file_that_was_unpacked_and_packed_again_is_read(adas_data: bytes) -> None:
    again: dict[str, Any] = {"ada data 1/": ""}
    for name, text in files(adas_data).items():
        again |= {f"ada data 1/{name}": text, f"__MACOSX/ada data 1/._{name}": "x"}
    again |= {"ada data 1/.DS_Store": "x"}
    assert reading.read(packed(again)) == reading.read(adas_data)


@pytest.mark.parametrize("folder", ["../", "a/b/", "/", "..\\", "C:/", "./"])
def test_a_folder_that_leads_elsewhere_is_refused(folder: str) -> None:
    assert "folders, or names" in refusal(packed({f"{folder}manifest.json": MANIFEST}))


def test_of_two_folders_none_is_taken() -> None:
    two = {"a/manifest.json": MANIFEST, "b/manifest.json": MANIFEST}
    assert "folders, or names" in refusal(packed(two))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_files_of_one_name_are_refused() -> None:
    content = io.BytesIO()
    with ZipFile(content, "w") as archive:
        for _ in range(2):
            archive.writestr("manifest.json", json.dumps(MANIFEST))
    assert "same name" in refusal(content.getvalue())


def test_a_protected_file_is_refused() -> None:
    content = bytearray(packed({"manifest": MANIFEST}))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(signature) + offset] |= 1
    assert "password" in refusal(bytes(content))


def test_another_compression_is_refused() -> None:
    content = io.BytesIO()
    with ZipFile(content, "w", ZIP_BZIP2) as archive:
        archive.writestr("manifest.json", json.dumps(MANIFEST))
    assert "packed in a way" in refusal(content.getvalue())


def test_what_is_wrong_is_told_with_its_place_and_no_more() -> None:
    def said(text: object) -> str:
        return refusal(packed({"manifest": MANIFEST, "lists": text}))

    assert said(b"nonsense") == "lists.json cannot be used: Invalid JSON."
    wrong = "lists.json cannot be used, at 0.name: Input should be a valid string."
    assert said([LIST | {"name": 5}]) == wrong


def test_another_zip_file_is_refused() -> None:
    assert "Download my data" in refusal(packed({"lists": [LIST]}))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"version": 2}, "version 2"),
        ({"version": 0}, "version 0"),
        ({"version": "1"}, "at version"),
        ({"version": True}, "at version"),
        ({"format": "other"}, "at format"),
        ({"made_at": "yesterday"}, "at made_at"),
        ({"extra": 1}, "at extra"),
    ],
)
def test_another_format_or_version_is_refused(changes: dict[str, Any], said: str) -> None:
    assert said in refusal(packed({"manifest": MANIFEST | changes}))


@pytest.mark.parametrize(
    "content",
    [
        entry(note="x" * 10_000),
        entry(note=5),
        entry(note="a\0b"),
        entry(tags="dark"),
        entry(tags=["t"] * 21),
        entry(tags=[""]),
        entry(tags=["x" * 41]),
        entry(track="4h9wh7iOZ0GGn8QVp4RAO"),
        entry(track="../../../../etc/passwd"),
        entry(track="<script>alert(1)</scri"),
        entry(track="4h9wh7iOZ0GGn8QVp4RAOB\n"),
        entry(added_at="2026-11-22T12:00:00"),
        entry(added_at=1e400),
        entry(added_at="0001-01-01T00:00:00+23:00"),
        entry(added_at="9999-12-31T23:59:59-23:00"),
        entry(added_at="2026-11-22"),
        entry(added_by_me="yes"),
        entry(more=1),
        {"lists": [{name: v for name, v in LIST.items() if name != "entries"}]},
        {"lists": [LIST | {"name": ""}]},
        {"lists": [LIST | {"name": "x" * 101}]},
        {"lists": [LIST | {"access": "everybody"}]},
        {"lists": [LIST] * 201},
        {"lists": [LIST | {"entries": [ENTRY] * 20_001}]},
        {"lists": LIST},
        {"lists": None},
        {"lists": [[]]},
        {"snapshots": [SNAPSHOT | {"period": "for ever"}]},
        {"snapshots": [SNAPSHOT | {"tracks": [TRACKS[0]] * 101}]},
        {"snapshots": [SNAPSHOT | {"tracks": [1]}]},
        {"values": [VALUE | {"value": "0.5"}]},
        {"values": [VALUE | {"value": True}]},
        {"values": [VALUE | {"source": "spotify"}]},
        {"lastfm": [{"username": "a", "unknown_at": None}] * 2},
        {"tracks": [{"track": TRACKS[0]}]},
    ],
    ids=lambda content: str(content)[:60],
)
def test_what_has_another_shape_is_refused_with_its_place(content: dict[str, Any]) -> None:
    (name,) = content
    reason = refusal(packed({"manifest": MANIFEST, **content}))
    assert reason.startswith(f"{name}.json ")
    assert len(reason) < 500


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"nonsense",
        b"[" * 100_000,
        b'[{"value": NaN}]',
        b'[{"value": 1e999}]',
        b'["\xff\xfe"]',
        b'["\\ud800"]',
        b"\xef\xbb\xbf[]",
        b"[1,]",
        b"[" + b"9" * 10_000 + b"]",
    ],
    ids=lambda text: str(text[:20]),
)
def test_what_is_no_json_is_refused(text: bytes) -> None:
    assert refusal(packed({"manifest": MANIFEST, "values": text}))


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e400", "9" * 400])
def test_a_number_that_is_none_is_refused(number: str) -> None:
    text = json.dumps([VALUE]).replace("0.5", number)
    assert refusal(packed({"manifest": MANIFEST, "values": text}))


@pytest.mark.parametrize("name", ["manifest", "values"])
def test_a_key_that_comes_twice_is_refused(name: str) -> None:
    twice = {
        "manifest": json.dumps(MANIFEST).replace("{", '{"version": 7, ', 1),
        "values": json.dumps([VALUE]).replace("{", '{"field": "valence", ', 1),
    }
    content = {"manifest": MANIFEST, "values": [VALUE]} | {name: twice[name]}
    assert refusal(packed(content)) == f"{name}.json holds a key twice."


def test_a_reason_does_not_repeat_what_stands_in_the_file() -> None:
    marked = {"lists": [LIST | {"name": 5, "MARKED" * 100: "MARKED"}]}
    assert len(refusal(packed({"manifest": MANIFEST, **marked}))) < 300


def test_nothing_is_written_to_the_disk(adas_data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    def extract(*_: object, **__: object) -> None:
        raise AssertionError

    monkeypatch.setattr(ZipFile, "extract", extract)
    monkeypatch.setattr(ZipFile, "extractall", extract)
    monkeypatch.setattr("builtins.open", extract)
    assert reading.read(adas_data).lists


def test_what_is_read_is_what_deflate_gives_and_no_more(adas_data: bytes) -> None:
    stored = io.BytesIO()
    with ZipFile(stored, "w", ZIP_DEFLATED, compresslevel=9) as archive:
        for name, text in files(adas_data).items():
            archive.writestr(name, text)
    assert reading.read(stored.getvalue()) == reading.read(adas_data)
    assert records(stored.getvalue()) == records(adas_data)


MANY = 1_000


@pytest.mark.parametrize(
    "content",
    [
        {"lists": [0] * MANY},
        {"lists": [{}] * MANY},
        {"lists": [LIST | {"entries": [0] * MANY}]},
        {"lists": [LIST | {"entries": [{}] * MANY}] * 2},
    ],
)
def test_of_all_that_is_wrong_no_more_is_told_than_of_one_record(
    content: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    told = []

    def words(_name: str, error: ValidationError) -> str:
        told.append(error.error_count())
        return "wrong"

    monkeypatch.setattr(reading, "_words", words)
    assert refusal(packed({"manifest": MANIFEST} | content)) == "wrong"
    assert told[0] <= len(LIST)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("lists", [LIST | {str(n): 0 for n in range(MANY)}]),
        ("lists", [LIST | {"entries": [ENTRY | {str(n): 0 for n in range(MANY)}]}]),
        ("manifest", MANIFEST | {"records": {str(n): "" for n in range(MANY)}}),
        ("manifest", MANIFEST | {str(n): 0 for n in range(MANY)}),
    ],
)
def test_an_object_of_more_keys_than_any_of_ours_is_refused(name: str, content: Any) -> None:
    whole = packed({"manifest": MANIFEST} | {name: content})
    assert refusal(whole) == f"{name}.json holds what no file of ours does."


def test_more_values_than_in_any_file_of_ours_are_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(reading, "_MOST_COMMAS", 12)
    assert reading.read(packed({"manifest": MANIFEST, "lists": [LIST]})).lists
    said = refusal(packed({"manifest": MANIFEST, "lists": [LIST, LIST]}))
    assert said == "lists.json holds what no file of ours does."


def test_an_object_of_a_hundred_keys_is_read() -> None:
    counts = {str(n): n for n in range(100)}
    assert reading.read(packed({"manifest": MANIFEST | {"records": counts}})).lists == []
    more = packed({"manifest": MANIFEST | {"records": counts | {"100": 100}}})
    assert refusal(more) == "manifest.json holds what no file of ours does."
