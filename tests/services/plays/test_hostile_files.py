"""Files that mean harm go through the whole import: nothing of them is kept, in bounded memory."""

import hashlib
import io
import json
import time
import tracemalloc
import zipfile

import pytest
from sqlmodel import SQLModel, func, select

from tests.providers.history_files.hostile import HOSTILE
from tests.services.conftest import add_person
from tests.services.plays.bringing.test_importing import SAMPLES, bring, imported, needs_samples
from ttt.models import Play, PlayPage, Track, UploadMember, UploadPart
from ttt.plays import WhyRefused
from ttt.services.context import Context
from ttt.services.person import Person
from ttt.services.plays.bringing import importing, uploads
from ttt.services.plays.bringing.receipt import refused_rows
from ttt.services.plays.bringing.uploads import State

AUDIO = "Spotify Extended Streaming History/Streaming_History_Audio_2024_0.json"


@pytest.fixture
def ada(anywhere: Context) -> Person:
    return add_person(anywhere, "ada")


def zipped(content: bytes, name: str = AUDIO) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return written.getvalue()


def count(context: Context, model: type[SQLModel]) -> int:
    with context.session() as session:
        return session.exec(select(func.count()).select_from(model)).one()


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_leaves_nothing_behind(context: Context, name: str) -> None:
    ada = add_person(context, "ada")
    upload = bring(context, ada, "my_spotify_data.zip", zipped(HOSTILE[name]))
    started = time.process_time()
    tracemalloc.start()
    importing.run(context, upload.id)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    found = uploads.find(context, ada, upload.id)
    assert found.state in {State.REFUSED, State.DONE, State.ASKING}
    assert found.state is not State.REFUSED or found.error
    assert [count(context, model) for model in (Play, PlayPage, Track)] == [0, 0, 0]
    assert peak < 64 << 20
    assert time.process_time() - started < 60


@pytest.mark.parametrize(
    "content",
    [b"PK\x05\x06" + b"\0" * 18, zipped(b"[]"), zipped(b"[{}]", "Userdata.json"), b"\0" * 5_000],
    ids=["empty zip", "empty list", "no history", "no file"],
)
def test_what_is_refused_says_why_and_is_forgotten(
    anywhere: Context, ada: Person, content: bytes
) -> None:
    found, _ = imported(anywhere, ada, "my_spotify_data.zip", content)
    assert found.state is State.REFUSED
    assert found.error
    kept = (Play, PlayPage, Track, UploadPart, UploadMember)
    assert [count(anywhere, model) for model in kept] == [0] * len(kept)


def test_a_hostile_file_does_not_hide_what_is_beside_it(anywhere: Context, ada: Person) -> None:
    good = (
        b'[{"ts":"2024-01-01T00:04:00Z","ms_played":200000,"spotify_track_uri":"spotify:track:'
        + b"a" * 22
        + b'","master_metadata_track_name":"So\\u0000ng"}]'
    )
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(AUDIO, HOSTILE["deep"])
        archive.writestr(AUDIO.replace("_0", "_1"), good)
    found, receipt = imported(anywhere, ada, "my_spotify_data.zip", written.getvalue())
    assert (found.state, receipt.added) == (State.DONE, 1)


def test_what_is_bad_in_a_zip_is_lost_alone_and_named(anywhere: Context, ada: Person) -> None:
    def rows(hour: int) -> bytes:
        plays = [
            {
                "ts": f"2024-01-01T{hour:02}:{minute:02}:00Z",
                "ms_played": 55_000,
                "master_metadata_track_name": f"Song {hour} {minute}",
                "master_metadata_album_artist_name": "Band",
                "ip_addr": f"{hashlib.sha256(bytes([hour, minute])).hexdigest()}",
            }
            for minute in range(60)
        ]
        return json.dumps(plays).encode()

    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(3):
            archive.writestr(AUDIO.replace("_0", f"_{number}"), rows(number))
        middle = archive.infolist()[1]
    data = bytearray(written.getvalue())
    # The first is said to have a password, the second is damaged in its middle.
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    at = middle.header_offset + 30 + len(middle.filename) + middle.compress_size // 2
    data[at : at + 20] = b"\xff" * 20

    found, receipt = imported(anywhere, ada, "my_spotify_data.zip", bytes(data))
    assert found.state is State.DONE
    assert 60 < receipt.added < 120
    assert receipt.rows == receipt.added + receipt.refused
    assert receipt.refused == 2
    locked, broken = AUDIO, AUDIO.replace("_0", "_1")
    assert receipt.lost == {
        broken: WhyRefused.BROKEN.words,
        locked: WhyRefused.LOCKED.words,
    }
    assert f" {locked}: {WhyRefused.LOCKED.words}." in receipt.words
    refused = refused_rows(anywhere, ada, found.id)
    assert {row.file: row.reason for row in refused} == dict(receipt.lost)
    assert sorted(row.row for row in refused) == [receipt.added + 1 - 60, receipt.rows]
    importing.undo(anywhere, ada, found.id)
    assert count(anywhere, Play) == 0


@needs_samples
@pytest.mark.parametrize("name", [path.name for path in (SAMPLES / "hostile").glob("*")])
def test_a_hostile_sample_keeps_no_more_than_its_plays(
    anywhere: Context, ada: Person, name: str
) -> None:
    found, receipt = imported(anywhere, ada, name, (SAMPLES / "hostile" / name).read_bytes())
    assert found.state in {State.DONE, State.REFUSED, State.ASKING}
    assert count(anywhere, Play) == receipt.added + receipt.too_short + receipt.impossible
