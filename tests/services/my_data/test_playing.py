"""What is kept around plays is told of the person alone, and the plays come in two files."""

import io
import json
from datetime import timedelta

from tests.services.plays.conftest import play, take
from ttt.models import Agreement, HistoryUpload, PlayGap, RefusedPlay, UploadMember
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
