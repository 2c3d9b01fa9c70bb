"""Processes that import a history die: the next one goes on, with the same rows and receipt."""

import io
import json
import zipfile
from typing import Any

from sqlmodel import select

from tests.jobs.workers import eventually, started
from ttt.jobs import plays
from ttt.models import Play, Track, User
from ttt.services.context import Context
from ttt.services.person import Person, as_person
from ttt.services.plays.bringing import importing, uploads
from ttt.services.plays.bringing.uploads import PIECE, State, Upload
from ttt.store.accounts import users

FILES, ROWS = 4, 3_000
KILLED_AT = (1, 2, 3, 5, 8, 13)
"""Commits of the processes that follow each other."""
FOLDER = "Spotify Extended Streaming History"


def history(*, blank: str = "") -> bytes:
    """A zip of some files of a little over 1 MB, each row once but for the first of each file."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(FILES):
            rows = [row(number * ROWS + place) for place in range(ROWS)]
            text = json.dumps([rows[0], *rows, {"ts": "no time"}], indent=1) + blank
            archive.writestr(f"{FOLDER}/Streaming_History_Audio_2024_{number}.json", text)
    return content.getvalue()


def row(number: int) -> dict[str, Any]:
    minutes = number * 4
    track = f"{number % 500:022}"
    return {
        "ts": f"2024-{1 + minutes // 40_320:02}-{1 + minutes // 1440 % 28:02}"
        f"T{minutes // 60 % 24:02}:{minutes % 60:02}:00Z",
        "ms_played": 200_000 if number % 7 else 3_000,
        "platform": "ios",
        "conn_country": "DE",
        "master_metadata_track_name": f"Song {track}",
        "master_metadata_album_artist_name": f"Band {number % 90}",
        "master_metadata_album_album_name": "Nothing Real",
        "spotify_track_uri": f"spotify:track:{track}",
        "episode_name": None,
        "reason_start": "trackdone",
        "reason_end": "trackdone",
        "skipped": False,
        "offline": False,
        "incognito_mode": False,
    }


def person(context: Context, username: str) -> Person:
    with context.session() as session:
        user = User(username=username, name="", password_hash="x", created_at=context.now())
        found = as_person(users.add(session, user))
        session.commit()
        return found


def brought(context: Context, whose: Person, data: bytes) -> Upload:
    upload = uploads.begin(context, whose, "my_spotify_data.zip", len(data))
    for number in range(-(-len(data) // PIECE)):
        piece = data[number * PIECE : (number + 1) * PIECE]
        upload = uploads.put(context, whose, upload.id, number, piece)
    return upload


def kept(context: Context, whose: Person) -> list[tuple[Any, ...]]:
    columns = (Play.told_at, Play.ms, Play.counts, Track.spotify_id)
    with context.session() as session:
        query = select(*columns).join(Track).where(Play.user_id == whose.id)
        return sorted(tuple(row) for row in session.exec(query))


def test_a_killed_import_ends_with_the_same_rows_and_receipt(context: Context) -> None:
    def found() -> Upload:
        return uploads.find(context, killed, upload.id)

    clean, killed = person(context, "bob"), person(context, "ada")
    data = history()
    upload = brought(context, clean, data)
    importing.run(context, upload.id)
    expected = uploads.find(context, clean, upload.id)
    assert expected.counts["added"] > 0
    assert expected.counts["double"] == expected.counts["refused"] == FILES

    upload = brought(context, killed, data)
    plays.start(context, killed, upload.id)
    for commit in KILLED_AT:
        with started(context.settings, dies_at=commit) as process:
            eventually(lambda p=process: not p.is_alive() or found().state is State.DONE)
    with started(context.settings):
        eventually(lambda: found().state is State.DONE)

    assert found().counts == expected.counts
    assert kept(context, killed) == kept(context, clean)


def test_two_that_read_the_same_upload_take_each_row_once(context: Context) -> None:
    ada = person(context, "ada")
    upload = brought(context, ada, history())
    plays.start(context, ada, upload.id)
    with started(context.settings), started(context.settings):
        importing.run(context, upload.id)
        eventually(lambda: uploads.find(context, ada, upload.id).state is State.DONE)
    counts = uploads.find(context, ada, upload.id).counts
    assert counts["rows"] == FILES * (ROWS + 2)
    assert (counts["double"], counts["already_there"]) == (FILES, 0)
