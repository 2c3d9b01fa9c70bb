import gzip
import json
import socket
from collections import Counter
from datetime import UTC, datetime
from hashlib import sha256
from types import SimpleNamespace
from typing import Any

import pytest
from sqlmodel import select

from tests.cli.test_history import row
from tests.services.conftest import add_person, connect
from tests.services.plays.conftest import take
from ttt.errors import NotFound
from ttt.models import Play
from ttt.plays import PlaySource, ToldPlay
from ttt.services.context import Context
from ttt.services.person import Person
from ttt.services.plays.bringing import importing, uploads
from ttt.services.plays.bringing.receipt import Receipt
from ttt.services.plays.bringing.uploads import PIECE, State, Upload
from ttt.services.plays.frame import loading
from ttt.services.plays.out import showing
from ttt.services.plays.taking import RECORDED
from ttt.settings import PROJECT
from ttt.store.plays import uploads as stored

SAMPLES = PROJECT.parent / "shared" / "samples" / "history"
needs_samples = pytest.mark.skipif(not SAMPLES.is_dir(), reason="the samples are not beside this")


def bring(context: Context, person: Person, name: str, data: bytes) -> Upload:
    """Upload a file in pieces."""
    upload = uploads.begin(context, person, name, len(data))
    for number in range(-(-len(data) // PIECE)):
        piece = data[number * PIECE : (number + 1) * PIECE]
        upload = uploads.put(context, person, upload.id, number, piece)
    return upload


def imported(context: Context, person: Person, name: str, data: bytes) -> tuple[Upload, Receipt]:
    upload = bring(context, person, name, data)
    importing.run(context, upload.id)
    upload = uploads.find(context, person, upload.id)
    return upload, Receipt.of(upload.counts)


def sample(context: Context, person: Person, name: str, **answers: Any) -> Receipt:
    upload, _ = imported(context, person, name, (SAMPLES / name).read_bytes())
    if answers:
        assert upload.state is State.ASKING
        importing.answer(context, person, upload.id, **answers)
        importing.run(context, upload.id)
    upload = uploads.find(context, person, upload.id)
    assert upload.state is State.DONE
    found = Receipt.of(upload.counts)
    outcomes = (found.added, found.already_there, found.too_short, found.not_music)
    assert found.rows == sum(outcomes) + found.double + found.impossible + found.refused
    return found


@pytest.fixture
def ada(anywhere: Context) -> Person:
    return add_person(anywhere, "ada")


def test_a_history_asks_spotify_and_everybody_else_nothing(
    context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    listener = add_person(context, "zoe")
    connect(context, listener)

    def refuse(_self: socket.socket, address: object) -> None:
        raise AssertionError(f"asks {address}")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    rows = json.dumps([row(minute, "abc"[minute % 3]) for minute in range(0, 50, 5)]).encode()
    upload, found = imported(context, listener, "Streaming_History_Audio_2024.json", rows)
    assert (upload.state, found.added) == (State.DONE, 10)


SCROBBLES = "#AUDIOSCROBBLER/1.1\n#TZ/UNKNOWN\n#CLIENT/Rockbox\n" + "\t".join(
    ("Band", "Album", "Song", "1", "200", "L", "1700000000", "\n")
)


def asked(context: Context, person: Person, name: str, data: str) -> Upload:
    """An upload that asks something."""
    upload, _ = imported(context, person, name, data.encode())
    assert upload.state is State.ASKING
    return upload


def test_a_question_is_answered_by_whoever_brought_the_file_alone(
    anywhere: Context, ada: Person
) -> None:
    upload = asked(anywhere, ada, "scrobbler.log", SCROBBLES)
    with pytest.raises(NotFound):
        importing.answer(anywhere, add_person(anywhere, "bob"), upload.id, zone="Europe/Berlin")
    importing.answer(anywhere, ada, upload.id, zone="Europe/Berlin")
    importing.run(anywhere, upload.id)
    (play,) = showing.plays(anywhere, ada)
    assert play.played_at.timestamp() == 1_700_000_000 - 3_600


def test_a_zone_that_was_said_stays_with_the_next_answer(anywhere: Context, ada: Person) -> None:
    upload = asked(anywhere, ada, "scrobbler.log", SCROBBLES)
    importing.answer(anywhere, ada, upload.id, zone="Asia/Tokyo")
    with anywhere.session() as session:
        kept = stored.get(session, upload.id)
        assert kept is not None
        kept.state = State.ASKING
        session.commit()
    importing.answer(anywhere, ada, upload.id)
    importing.run(anywhere, upload.id)
    (play,) = showing.plays(anywhere, ada)
    assert play.played_at.timestamp() == 1_700_000_000 - 9 * 3_600


def somebodys(track: str) -> bytes:
    """A history of twenty plays of a track, ten minutes apart."""
    rows = [
        row(n % 6 * 10, track) | {"ts": f"2024-03-30T{12 + n // 6}:{n % 6 * 10:02}:00Z"}
        for n in range(20)
    ]
    return json.dumps(rows).encode()


def titles(context: Context, person: Person) -> set[str]:
    """Of what counts."""
    return set(loading.load(context, person).tracks.title)


def test_what_looks_like_anothers_history_is_asked_about_before_it_counts(
    anywhere: Context, ada: Person
) -> None:
    begin = int(datetime(2024, 3, 30, 12, tzinfo=UTC).timestamp())
    heard = [ToldPlay(begin + 600 * n, "Mine", ("Me",)) for n in range(20)]
    take(anywhere, ada.id, heard, PlaySource.SUBMITTED, RECORDED)
    upload, _ = imported(anywhere, ada, "endsong_0.json", somebodys("a"))
    assert (upload.state, upload.question) == (State.ASKING, importing.Asked.OWNER)
    assert titles(anywhere, ada) == {"Mine"}
    importing.answer(anywhere, ada, upload.id, mine=True)
    importing.run(anywhere, upload.id)
    assert uploads.find(anywhere, ada, upload.id).state is State.DONE
    assert titles(anywhere, ada) == {"Mine", "Song a"}


def test_nobody_is_asked_where_nothing_was_recorded(anywhere: Context, ada: Person) -> None:
    assert imported(anywhere, ada, "endsong_0.json", somebodys("a"))[0].state is State.DONE


def test_an_import_that_ended_is_not_begun_again(anywhere: Context, ada: Person) -> None:
    upload, _ = imported(anywhere, ada, "endsong_0.json", somebodys("a"))
    assert importing.plan(anywhere, upload.id) == 0
    assert uploads.find(anywhere, ada, upload.id).state is State.DONE
    importing.undo(anywhere, ada, upload.id)
    importing.run(anywhere, upload.id)
    assert uploads.find(anywhere, ada, upload.id).state is State.UNDONE


def test_what_is_packed_is_expected_to_be_ten_times_as_long(anywhere: Context, ada: Person) -> None:
    titles = [sha256(bytes([n % 256, n // 256])).hexdigest() for n in range(4_500)]
    rows = [row(0) | {"master_metadata_track_name": title} for title in titles]
    packed = gzip.compress(json.dumps(rows).encode())
    upload = bring(anywhere, ada, "endsong_0.json.gz", packed)
    importing.plan(anywhere, upload.id)
    with anywhere.session() as session:
        kept = stored.get(session, upload.id)
        assert kept is not None
        assert kept.options["blocks"] == -(-10 * len(packed) // PIECE) > 1


@pytest.mark.parametrize(
    ("sizes", "blocks"),
    [
        ([None], 3),
        ([1], 1),
        ([PIECE], 1),
        ([PIECE + 1], 2),
        ([0], 21),
        ([PIECE, None, 2 * PIECE + 1], 7),
        ([1 << 30], 1_024),
        ([(1 << 30) + 1], 1_024),
        ([1 << 40], 1_024),
    ],
)
def test_blocks_are_expected_by_what_files_say_of_their_size_up_to_a_gigabyte(
    sizes: list[int | None], blocks: int
) -> None:
    entries = [None if size is None else SimpleNamespace(size=size) for size in sizes]
    parts = [SimpleNamespace(member=SimpleNamespace(entry=entry)) for entry in entries]
    found: Any = SimpleNamespace(parts=parts)
    upload: Any = SimpleNamespace(size=2 * PIECE + 1)
    assert importing._blocks(found, upload) == blocks


@needs_samples
def test_spotifys_history_comes_out_as_it_should(anywhere: Context, ada: Person) -> None:
    found = sample(anywhere, ada, "my_spotify_data_extended.zip")
    assert (found.rows, found.added, found.private, found.too_short) == (22, 14, 1, 2)
    assert (found.double, found.impossible, found.not_music, found.refused) == (1, 1, 4, 0)


@needs_samples
@pytest.mark.parametrize(
    ("pattern", "alone", "after"),
    [
        ("endsong_0.json", {"added": 2}, {"added": 2}),
        (
            "my_spotify_data_account.zip",
            {"added": 2, "too_short": 1, "refused": 1, "not_music": 2},
            {"already_there": 2, "too_short": 1, "refused": 1, "not_music": 2},
        ),
        (
            "StreamingHistory0.json",
            {"added": 2, "too_short": 1, "refused": 1},
            {"already_there": 2, "too_short": 1, "refused": 1},
        ),
        (
            "lastfm-to-csv-somebody.csv",
            {"added": 3, "double": 1, "refused": 1},
            {"already_there": 3, "double": 1, "refused": 1},
        ),
        ("recenttracks-*.csv", {"added": 3, "double": 1}, {"already_there": 3, "double": 1}),
        (
            "recenttracks-*.json",
            {"added": 3, "double": 1, "refused": 1},
            {"already_there": 3, "double": 1, "refused": 1},
        ),
        ("lastfmstats-*.json", {"added": 3, "double": 1}, {"already_there": 3, "double": 1}),
        ("lastfmstats-*.csv", {"added": 3, "double": 1}, {"already_there": 3, "double": 1}),
        ("listenbrainz_*.zip", {"added": 3, "double": 1}, {"already_there": 3, "double": 1}),
        ("*_lb-*.json", {"added": 3, "double": 1}, {"already_there": 3, "double": 1}),
        ("maloja_export_*.json", {"added": 3, "double": 1}, {"already_there": 3, "double": 1}),
        ("koito_export_*.json", {"added": 3, "double": 1}, {"already_there": 3, "double": 1}),
        ("pano-scrobbler.jsonl", {"added": 3, "double": 1}, {"already_there": 3, "double": 1}),
        ("recently-played.json", {"added": 3}, {"already_there": 3}),
        ("spotifystatstracker-export.json", {"added": 2, "too_short": 1}, None),
    ],
)
def test_every_sample_comes_out_as_it_should(
    anywhere: Context, ada: Person, pattern: str, alone: dict[str, int], after: dict[str, int]
) -> None:
    name = next(SAMPLES.glob(pattern)).name

    def outcome(person: Person) -> dict[str, int]:
        found = sample(anywhere, person, name)
        names = ("added", "already_there", "too_short", "double", "impossible", "refused")
        numbers = {n: getattr(found, n) for n in (*names, "not_music")}
        return {n: number for n, number in numbers.items() if number}

    assert outcome(ada) == alone
    if after is not None:
        bob = add_person(anywhere, "bob")
        sample(anywhere, bob, "my_spotify_data_extended.zip")
        assert outcome(bob) == after


def test_rows_of_two_sources_in_one_file_come_from_both(anywhere: Context, ada: Person) -> None:
    rows: list[dict[str, object]] = [
        {
            "ts": f"2024-03-30T22:{10 * n:02}:00Z",
            "ms_played": 200_000,
            "master_metadata_track_name": "T",
            "master_metadata_album_artist_name": "A",
            "spotify_track_uri": f"spotify:track:{n:022}",
        }
        for n in range(3)
    ]
    listen = {"track_name": "U", "artist_name": "A", "additional_info": {}}
    rows += [{"listened_at": 1_711_900_000 + 1_000 * n, "track_metadata": listen} for n in range(2)]
    _, found = imported(anywhere, ada, "both.json", json.dumps(rows).encode())
    assert (found.rows, found.added, found.refused) == (5, 5, 0)
    assert found.others == {"Spotify history": 3}
    assert found.words == "Read 5 rows: 5 plays added. Among them: 3 rows of Spotify history."
    with anywhere.session() as session:
        sources = session.exec(select(Play.source).where(Play.user_id == ada.id)).all()
    assert Counter(sources) == {PlaySource.SPOTIFY_HISTORY: 3, PlaySource.LISTENBRAINZ: 2}


@needs_samples
def test_a_log_without_a_zone_is_asked_about(anywhere: Context, ada: Person) -> None:
    found = sample(anywhere, ada, "scrobbler.log", zone="Europe/Berlin")
    assert (found.added, found.too_short) == (3, 1)
