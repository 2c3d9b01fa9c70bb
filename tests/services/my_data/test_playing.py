"""What is kept around plays is told of the person alone, and the plays come in two files."""

import io
import json
from datetime import UTC, datetime, timedelta

from sqlmodel import select

from tests.services.plays.conftest import T, play, scrobble, take
from ttt.models import (
    Agreement,
    Hidden,
    HistoryUpload,
    Play,
    PlayGap,
    Recording,
    RefusedPlay,
    UploadMember,
)
from ttt.plays import PlaySource
from ttt.providers import history_files
from ttt.providers.history_files import HistoryFile
from ttt.services.context import Context
from ttt.services.my_data import collecting, playing
from ttt.services.person import Person
from ttt.store.accounts import users


def test_who_invited_whom_is_told(context: Context, ada: Person, bob: Person) -> None:
    at = context.now()
    times = {"created_at": at, "expires_at": at + timedelta(days=1)}
    with context.session() as session:
        session.add(Agreement(user_id=ada.id, other_id=bob.id, **times))
        session.commit()
        found = [playing.collect(session, who.id)["comparisons"] for who in (ada, bob)]
    assert [(one["name"], one["invited_by_me"]) for (one,) in found] == [
        ("Bob", True),
        ("Ada", False),
    ]


def test_plays_come_as_lines_and_as_columns(context: Context, ada: Person, bob: Person) -> None:
    take(context, ada.id, [play(1000), play(2000, "b", 5_000)])
    take(context, bob.id, [play(3000, "c")])
    with context.session() as session:
        found = {name: b"".join(pieces) for name, pieces in playing.files(session, ada.id)}
    assert list(found) == ["plays.jsonl", "plays.parquet"]
    lines = [json.loads(line) for line in found["plays.jsonl"].splitlines()]
    assert [line["master_metadata_track_name"] for line in lines] == ["Song a", "Song b"]
    assert found["plays.parquet"].startswith(b"PAR1")
    # Two files that somebody brings may be of two times, so that both are read.
    brought = [HistoryFile(name, io.BytesIO(content)) for name, content in found.items()]
    reading = history_files.read(brought, now=context.now())
    assert [len(block.plays) for block in reading] == [2, 2]


def test_what_is_kept_around_plays_is_among_all_that_is_collected(
    context: Context, ada: Person
) -> None:
    at = context.now()
    source = PlaySource.SPOTIFY_RECENT
    with context.session() as session:
        session.add(PlayGap(user_id=ada.id, source=source, from_at=at, until_at=at, reason="off"))
        session.commit()
        user = users.get(session, ada.id)
        assert user is not None
        found = collecting.collect(session, context.vault, user)
    assert [gap["reason"] for gap in found["gaps"]] == ["off"]


def test_an_import_is_told_with_its_files_and_what_was_refused_of_them(
    context: Context, ada: Person
) -> None:
    with context.session() as session:
        for name in ("first.zip", "second.zip"):
            upload = HistoryUpload(
                user_id=ada.id, name=name, size=1, state="done", created_at=context.now()
            )
            session.add(upload)
            session.flush()
            of = {"upload_id": upload.id}
            session.add(UploadMember(**of, number=0, name="a.json"))
            session.add(UploadMember(**of, number=1, name="b.json"))
            session.flush()
            session.add(RefusedPlay(**of, member=1, row=7, reason="no time", text=name))
        session.commit()
        first, second = playing.collect(session, ada.id)["imports"]
    assert first["files"] == second["files"] == ["a.json", "b.json"]
    assert (first["refused"], second["refused"]) == (
        ["b.json, row 7: no time first.zip"],
        ["b.json, row 7: no time second.zip"],
    )
    assert first["outcomes"] == ""


def test_what_became_of_an_import_is_told_in_words(context: Context, ada: Person) -> None:
    counts = {"rows": 1, "files": 1, "added": 1}
    made = {"user_id": ada.id, "size": 1, "state": "done", "created_at": context.now()}
    with context.session() as session:
        session.add(HistoryUpload(name="a", counts=counts, **made))
        session.commit()
        (told,) = playing.collect(session, ada.id)["imports"]
    assert (told["outcomes"], told["files"], told["refused"]) == (
        "Read 1 row: 1 play added.",
        [],
        [],
    )


def test_choices_are_told_by_the_titles_that_they_are_about(context: Context, ada: Person) -> None:
    take(context, ada.id, [play(1000), play(2000, "b"), play(3000, "c")])
    at = context.now()
    with context.session() as session:
        tracks = session.exec(select(Play.track_id).order_by(Play.told_at)).all()
        of = {"user_id": ada.id, "decided_at": at}
        session.add(Recording(track_id=tracks[0], counts_as=tracks[1], **of))
        session.add(Recording(track_id=tracks[2], counts_as=tracks[2], **of))
        session.add(Hidden(user_id=ada.id, kind="track", track_id=tracks[2], created_at=at))
        session.add(Hidden(user_id=ada.id, kind="artist", artist="Band a", created_at=at))
        session.commit()
        found = playing.collect(session, ada.id)
    assert [(one["title"], one["counts_as"], one["parted"]) for one in found["recordings"]] == [
        ("Song a", "Song b", False),
        ("Song c", "Song c", True),
    ]
    assert [(one["title"], one["artist"]) for one in found["hidden"]] == [
        ("Song c", None),
        (None, "Band a"),
    ]


def test_what_sources_say_of_recordings_is_told_with_who_said_it(
    context: Context, ada: Person, bob: Person
) -> None:
    isrc, mbid = "GBAAA2400001", "0c2d1ab4-5e3f-4a6b-8c9d-0e1f2a3b4c5d"
    alike = [scrobble(1000, isrc=isrc), scrobble(2000, mbid=mbid)]
    take(context, ada.id, alike, PlaySource.KOITO)
    take(context, bob.id, [scrobble(1000, mbid=mbid)], PlaySource.KOITO)
    with context.session() as session:
        found = playing.collect(session, ada.id)["identities"]
    names = {"title": "Song a", "artists": ["Band a"], "source": "Koito"}
    played_at = datetime.fromtimestamp(T + 2000, UTC)
    assert found == [
        names | {"played_at": None, "isrc": isrc, "mbid": None},
        names | {"played_at": played_at, "isrc": None, "mbid": mbid},
    ]


def test_whether_a_gap_was_closed_is_told(context: Context, ada: Person) -> None:
    at = context.now()
    of = {"user_id": ada.id, "source": PlaySource.LASTFM, "reason": "off", "until_at": at}
    with context.session() as session:
        session.add(PlayGap(from_at=at, closed_by=1, **of))
        session.add(PlayGap(from_at=at - timedelta(days=1), **of))
        session.commit()
        gaps = playing.collect(session, ada.id)["gaps"]
    assert {(gap["closed"], gap["source"]) for gap in gaps} == {
        (True, "Last.fm"),
        (False, "Last.fm"),
    }
    assert [gap["closed"] for gap in gaps] == [True, False]


def test_nobody_is_named_of_an_invitation_that_waits(context: Context, ada: Person) -> None:
    at = context.now()
    with context.session() as session:
        session.add(Agreement(user_id=ada.id, code_hash="x", created_at=at, expires_at=at))
        session.commit()
        (told,) = playing.collect(session, ada.id)["comparisons"]
    assert (told["name"], told["invited_by_me"]) == (None, True)
