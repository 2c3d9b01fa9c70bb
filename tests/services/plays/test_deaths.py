"""A process that imports or undoes a history dies at any commit: the next one makes it good."""

import io
import json
import zipfile
from datetime import UTC, datetime
from itertools import groupby
from threading import Thread
from typing import Any

import pytest
from sqlmodel import select

from tests.services.conftest import add_person
from tests.surroundings.deaths import died_at_each
from ttt.models import Play, PlayAgain, Track
from ttt.providers.history_files.pieces import arrays, places
from ttt.services.context import Context
from ttt.services.person import Person
from ttt.services.plays.bringing import importing, reading, uploads
from ttt.services.plays.bringing.uploads import State, Upload
from ttt.services.plays.frame import loading

T = 1_700_000_000
ROWS, FILES = 24, 2
Kept = tuple[list[tuple[Any, ...]], dict[str, Any], list[tuple[int, int]]]


@pytest.fixture(autouse=True)
def in_small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Blocks of some rows, two of them in a transaction."""
    monkeypatch.setattr(arrays, "PIECE", 2_000)
    monkeypatch.setattr(places, "AHEAD", 1_000)
    monkeypatch.setattr(reading, "_TOGETHER", 2)


def row(number: int, **other: object) -> dict[str, object]:
    """A play; every fifth is too short, every seventh a podcast."""
    track, is_podcast = f"{number % 9:022}", number % 7 == 6
    return {
        "ts": f"{datetime.fromtimestamp(T + 300 * number, UTC):%Y-%m-%dT%H:%M:%SZ}",
        "ms_played": 3_000 if number % 5 == 4 else 200_000,
        "master_metadata_track_name": None if is_podcast else f"Song {track}",
        "master_metadata_album_artist_name": None if is_podcast else "Band",
        "master_metadata_album_album_name": None if is_podcast else "Album",
        "spotify_track_uri": None if is_podcast else f"spotify:track:{track}",
        "episode_name": "Talk" if is_podcast else None,
        **other,
    }


def history(first: int, **other: object) -> bytes:
    """A zip of some files, each with a double and a row that cannot be read."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for file in range(FILES):
            numbers = range(first + file * ROWS, first + (file + 1) * ROWS)
            rows = [row(number, **other) for number in (numbers[0], *numbers)]
            text = json.dumps([*rows, {"ts": "no time", "ms_played": 1}], indent=1)
            archive.writestr(f"Streaming_History_Audio_2023_{file}.json", text)
    return content.getvalue()


# The second file begins before the first one ends, and tells more of what both tell.
OLDER, NEWER = history(0), history(ROWS, conn_country="DE")


def brought(context: Context, person: Person, data: bytes) -> Upload:
    """Bring a file, or what is left of it to bring."""
    upload = uploads.begin(context, person, "my_spotify_data.zip", len(data))
    return uploads.put(context, person, upload.id, upload.next_piece, data)


def imported(context: Context, person: Person, data: bytes) -> Upload:
    """Bring and import a file, or what a process that died left of it to do."""
    mine = [u for u in uploads.listed(context, person) if u.size == len(data)]
    is_here = bool(mine) and mine[0].state is not State.RECEIVING
    upload = mine[0] if is_here else brought(context, person, data)
    importing.run(context, upload.id)
    return uploads.find(context, person, upload.id)


def found(context: Context, person: Person) -> Kept:
    """What is told and counts, what others told again, the receipts, and what charts show."""
    order = {upload.id: n for n, upload in enumerate(reversed(uploads.listed(context, person)))}
    with context.session() as session:
        rows = [
            (
                *(model.__name__, play.told_at, track.spotify_id, play.ms, play.country),
                *(getattr(play, "counts", None), order[play.upload_id]),
            )
            for model in (Play, PlayAgain)
            for play, track in session.exec(
                select(model, Track).join(Track).where(model.user_id == person.id)
            )
        ]
    receipts = {order[u.id]: (u.state, u.rows, u.counts) for u in uploads.listed(context, person)}
    frame = loading.load(context, person)
    shown = sorted(zip(frame.started.tolist(), frame.ms.tolist(), strict=True))
    return sorted(rows, key=str), receipts, shown


def undone(context: Context, person: Person, number: int) -> None:
    upload = sorted(uploads.listed(context, person), key=lambda one: one.id)[number]
    importing.undo(context, person, upload.id)


def test_an_import_that_dies_at_any_commit_ends_as_a_clean_one(anywhere: Context) -> None:
    clean = add_person(anywhere, "clean")
    for data in (OLDER, NEWER):
        imported(anywhere, clean, data)
    expected = found(anywhere, clean)
    assert {kind for kind, _ in groupby(row[0] for row in expected[0])} == {"Play", "PlayAgain"}
    people = {}

    def work(at: int) -> None:
        imported(anywhere, people[at], NEWER)

    def next_person(at: int) -> None:
        people[at] = add_person(anywhere, f"killed{at}")
        imported(anywhere, people[at], OLDER)

    next_person(1)
    deaths = []
    for at in died_at_each(anywhere.engine, work):
        imported(anywhere, people[at], NEWER)
        assert found(anywhere, people[at]) == expected, at
        deaths.append(at)
        next_person(at + 1)
    # To begin it, its piece, the plan; two of each file and its end; verdicts; the receipt.
    assert len(deaths) >= 3 + FILES * (2 + 1) + 2


def test_an_undoing_that_dies_at_any_commit_ends_as_a_clean_one(anywhere: Context) -> None:
    def both(name: str) -> Person:
        person = add_person(anywhere, name)
        for data in (OLDER, NEWER):
            imported(anywhere, person, data)
        return person

    clean = both("clean")
    undone(anywhere, clean, 1)
    expected = found(anywhere, clean)
    people = {1: both("killed1")}
    deaths = []
    for at in died_at_each(anywhere.engine, lambda at: undone(anywhere, people[at], 1)):
        undone(anywhere, people[at], 1)
        assert found(anywhere, people[at]) == expected, at
        deaths.append(at)
        people[at + 1] = both(f"killed{at + 1}")
    assert len(deaths) >= 3


def test_two_go_on_at_once_with_what_one_that_died_had_begun(anywhere: Context) -> None:
    clean = add_person(anywhere, "clean")
    imported(anywhere, clean, OLDER)
    expected = found(anywhere, clean)
    killed = add_person(anywhere, "killed")
    upload = brought(anywhere, killed, OLDER)
    for at in died_at_each(anywhere.engine, lambda _: importing.run(anywhere, upload.id)):
        if at == 3:
            break
    both = [Thread(target=importing.run, args=(anywhere, upload.id)) for _ in range(2)]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    assert found(anywhere, killed) == expected
