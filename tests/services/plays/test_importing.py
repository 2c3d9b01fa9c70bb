import json
import socket
from pathlib import Path
from typing import Any

import pytest

from tests.cli.test_history import row
from tests.services.conftest import add_person, connect
from ttt.services.context import Context
from ttt.services.person import Person
from ttt.services.plays import importing, uploads
from ttt.services.plays.receipt import Receipt
from ttt.services.plays.uploads import PIECE, State, Upload

SAMPLES = Path(__file__).resolve().parents[3].parent / "shared" / "samples" / "history"
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


@needs_samples
def test_a_log_without_a_zone_is_asked_about(anywhere: Context, ada: Person) -> None:
    found = sample(anywhere, ada, "scrobbler.log", zone="Europe/Berlin")
    assert (found.added, found.too_short) == (3, 1)
