import csv
import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter
from sqlalchemy import Table, event
from sqlmodel import SQLModel, select

import ttt.models
from tests.services.conftest import PASSWORD, add_person, connect
from tests.services.my_data.conftest import FORMULA, TRACKS, describe, files, fill, records
from ttt.errors import NotAllowed, NotFound
from ttt.models import AuditEvent, SpotifyAccount, User, UserSession
from ttt.music import Period
from ttt.providers import history_files
from ttt.providers.history_files import Format, HistoryFile
from ttt.services.accounts import accounts
from ttt.services.context import Context
from ttt.services.lists import entries, lists
from ttt.services.lists.lists import Access
from ttt.services.my_data import collecting, kinds
from ttt.services.my_data.kinds import KINDS
from ttt.services.my_data.writing import columns_of, download
from ttt.services.person import Person
from ttt.settings import PROJECT
from ttt.store.spotify import snapshots
from ttt.store.tracks import tracks

ACCOUNT = "user_account"


def tables() -> dict[str, Table]:
    assert ttt.models
    return SQLModel.metadata.tables


def personal_tables() -> set[str]:
    """Tables that refer to accounts, or to one that does; tracks are everybody's."""
    found = {ACCOUNT}
    while more := {
        name
        for name, table in tables().items()
        if name not in found and any(key.column.table.name in found for key in table.foreign_keys)
    }:
        found |= more
    return found


def test_every_table_with_something_personal_is_exported_or_left_out_for_a_reason() -> None:
    exported = {table for kind in KINDS for table in kind.tables} | {"play"}
    assert {"user_session", "top_entry", "sent_row", "chart_entry"} <= personal_tables()
    assert personal_tables() - exported - kinds.LEFT_OUT.keys() == set()
    assert exported <= tables().keys()
    assert not exported & kinds.LEFT_OUT.keys()
    assert {name for name, table in tables().items() if "user_id" in table.columns} <= (
        personal_tables()
    )


def test_every_kind_is_in_the_file_and_has_a_record(adas_data: bytes) -> None:
    found = records(adas_data)
    counts = found.pop("manifest")["records"]
    assert found.keys() == {kind.name for kind in KINDS}
    assert {name: len(rows) for name, rows in found.items()} == counts
    assert {name for name, count in counts.items() if not count} == set()


def test_every_record_has_the_fields_that_are_documented(adas_data: bytes) -> None:
    for kind in KINDS:
        text = files(adas_data)[kind.json]
        adapter = TypeAdapter(list[kind.model])  # type: ignore[name-defined]
        assert adapter.validate_json(text, strict=True)
    kinds.Manifest.model_validate_json(files(adas_data)["manifest.json"])


def test_every_table_has_the_columns_of_its_kind(adas_data: bytes) -> None:
    for kind in KINDS:
        text = files(adas_data)[kind.csv].removeprefix("\ufeff")
        header, *rows = csv.reader(io.StringIO(text))
        assert header == columns_of(kind)
        assert rows, kind.name


def test_plays_are_in_the_file_and_tables_say_the_rank_and_the_track(adas_data: bytes) -> None:
    found = files(adas_data)
    assert '"Song"' in found["plays.jsonl"]
    assert found["plays.parquet"].startswith("PAR1")
    text = found["snapshots.csv"].removeprefix("\ufeff")
    first, second, *_ = csv.DictReader(io.StringIO(text, newline=""))
    assert (first["rank"], first["track"], first["artists"]) == ("1", TRACKS[0], "Ada, é; Bob; Co")
    assert (second["rank"], second["track"]) == ("2", TRACKS[1])


def test_lists_snapshots_and_values_are_exact(adas_data: bytes) -> None:
    found = records(adas_data)
    trending, night = found["lists"]
    assert [entry["track"] for entry in trending["entries"]] == TRACKS[1:4]
    assert (night["name"], night["access"]) == ("Night drive", "see")
    assert [entry["track"] for entry in night["entries"]] == TRACKS[2:6]
    assert night["entries"][0]["note"] == f"{FORMULA}\n“quoted”"
    assert night["entries"][0]["tags"] == ["dark", "-slow"]
    assert [one["tracks"] for one in found["snapshots"]] == [TRACKS[:3], TRACKS[2::-1]]
    said = {(v["field"], v["source"]): v["value"] for v in found["values"]}
    assert said == {("energy", "hand"): 0.25, ("key", "hand"): 3, ("tempo", "file"): 121.5}
    (said,) = found["descriptions"]
    assert (said["track"], said["title"], said["artists"]) == (TRACKS[2], FORMULA, ["Me"])
    assert said["genres"] == ["shibuya-kei"]
    file, pasted = found["list_imports"]
    assert (file["name"], file["list_name"], file["already_there"]) == ("mine.csv", "Trending", 1)
    assert file["refused"][0].startswith("3 · Nobody - Nothing · This artist and title")
    assert (pasted["refused"], pasted["waiting"]) == ([], [f"{FORMULA} - Nothing"])
    removed = {(one["list_name"], one["track"]) for one in found["removed"]}
    assert removed == {("Trending", TRACKS[0]), ("Gone", TRACKS[0])}
    assert [(one["owner"], one["track"]) for one in found["contributions"]] == [("Bob", TRACKS[6])]
    assert {track["track"] for track in found["tracks"]} == set(TRACKS)
    assert found["tracks"][0]["artists"] == ["Ada, é", "Bob; Co"]
    assert found["tracks"][0]["described_by"] == "spotify"
    assert all(text.endswith("+00:00") for text in [found["snapshots"][0]["taken_at"]])


def test_nothing_secret_is_in_the_file(context: Context, adas_data: bytes) -> None:
    with context.session() as session:
        user = session.exec(select(User).where(User.username == "ada")).one()
        account = session.exec(select(SpotifyAccount)).one()
        signed_in = session.exec(select(UserSession)).first()
    assert signed_in is not None
    assert account.token_encrypted is not None
    assert user.totp_encrypted is not None
    secrets = [
        *(user.password_hash, user.totp_encrypted, "totp secret", PASSWORD),
        *(account.token_encrypted, context.vault.decrypt(account.token_encrypted) or "", "refresh"),
        *(signed_in.token_hash, "browser hash", "code hash", "link hash", "other hash"),
    ]
    text = "\n".join(files(adas_data).values())
    assert [secret for secret in secrets if secret in text] == []


def test_no_cell_of_a_table_is_a_formula(adas_data: bytes) -> None:
    tables = {name: text for name, text in files(adas_data).items() if name.endswith(".csv")}
    assert any(FORMULA in text for text in tables.values())
    for text in tables.values():
        for row in csv.reader(io.StringIO(text.removeprefix("\ufeff"))):
            assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@"))]


def test_nobody_elses_data_is_in_the_file(context: Context, ada: Person, bob: Person) -> None:
    fill(context, bob, ada)
    found = records(download(context, ada, ada))
    assert [one["name"] for one in found["lists"]] == ["Trending", "Ours"]
    assert found["snapshots"] == found["values"] == found["sessions"] == found["openid"] == []
    assert "192.0.2" not in json.dumps(found)


def test_where_an_admin_sits_is_not_told(context: Context, ada: Person) -> None:
    with context.session() as session:
        event = {"at": context.now(), "action": "role admin", "subject": "ada"}
        session.add(AuditEvent(actor="boss", address="192.0.2.77", **event))
        session.commit()
    events = records(download(context, ada, ada))["events"]
    assert ("boss", None) in {(event["actor"], event["address"]) for event in events}


def test_the_download_is_recorded(context: Context, ada: Person) -> None:
    events = records(download(context, ada, ada))["events"]
    assert (events[-1]["actor"], events[-1]["action"]) == ("ada", "data downloaded")
    events = records(download(context, accounts.operator(context), ada))["events"]
    assert events[-1]["actor"] == "command line"


def test_other_peoples_data_is_not_given(context: Context, ada: Person, bob: Person) -> None:
    boss = add_person(context, "boss", admin=True)
    for actor in (bob, boss):
        with pytest.raises(NotAllowed):
            download(context, actor, ada)


def test_an_account_that_is_gone_has_no_data(context: Context, ada: Person) -> None:
    with context.session() as session:
        session.delete(session.get(User, ada.id))
        session.commit()
    with pytest.raises(NotFound):
        download(context, ada, ada)


def test_everything_is_written_on_either_database(anywhere: Context) -> None:
    ada, bob = add_person(anywhere, "ada"), add_person(anywhere, "bob")
    fill(anywhere, ada, bob)
    counts = records(download(anywhere, ada, ada))["manifest"]["records"]
    assert {name for name, count in counts.items() if not count} == set()


def collected(context: Context, person: Person) -> dict[str, list[dict[str, Any]]]:
    with context.session() as session:
        user = session.get_one(User, person.id)
        return collecting.collect(session, context.vault, user)


def test_what_spotify_allows_is_told_while_there_is_a_token(context: Context, ada: Person) -> None:
    connect(context, ada, scopes=["user-top-read", "playlist-read-private"])
    (told,) = collected(context, ada)["spotify"]
    assert told["scopes"] == ["playlist-read-private", "user-top-read"]
    with context.session() as session:
        session.get_one(SpotifyAccount, ada.id).token_encrypted = None
        session.commit()
    (told,) = collected(context, ada)["spotify"]
    assert told["scopes"] == []


@pytest.mark.parametrize("secret", [None, "x"])
def test_whether_there_is_a_second_factor_is_told(
    context: Context, ada: Person, secret: str | None
) -> None:
    with context.session() as session:
        session.get_one(User, ada.id).totp_encrypted = secret
        session.commit()
    (told,) = collected(context, ada)["account"]
    assert told["second_factor"] is (secret is not None)


def test_a_place_that_could_not_be_read_is_told_as_none(context: Context, ada: Person) -> None:
    describe(context)
    with context.session() as session:
        ids = tracks.ids_of(session, TRACKS)
        places = [ids[TRACKS[0]], None, ids[TRACKS[1]]]
        snapshots.add(session, ada.id, Period.LONG_TERM, context.now(), places)
        session.commit()
    (told,) = collected(context, ada)["snapshots"]
    assert told["tracks"] == [TRACKS[0], None, TRACKS[1]]


def test_what_others_put_on_a_list_and_what_is_gone_is_told(
    context: Context, ada: Person, bob: Person
) -> None:
    uris = [f"spotify:track:{track}" for track in TRACKS]
    ours, gone = lists.create(context, ada, "Ours"), lists.create(context, ada, "Gone")
    lists.share(context, ada, ours, Access.EDIT)
    entries.add_uris(context, ada, uris[:2], ours)
    entries.add_uris(context, bob, uris[2:3], ours)
    entries.remove(context, ada, uris[1:2], ours)
    entries.add_uris(context, ada, uris[3:4], gone)
    lists.delete(context, ada, gone)
    found = collected(context, ada)
    assert [one["name"] for one in found["lists"]] == ["Trending", "Ours"]
    on_it = {entry["track"]: entry["added_by_me"] for entry in found["lists"][1]["entries"]}
    assert on_it == {TRACKS[2]: False, TRACKS[0]: True}
    removed = {(one["track"], bool(one["list_deleted_at"])) for one in found["removed"]}
    assert removed == {(TRACKS[1], False), (TRACKS[3], True)}
    (told,) = collected(context, bob)["contributions"]
    assert (told["track"], told["list_name"], told["owner"]) == (TRACKS[2], "Ours", "Ada")


@contextmanager
def counted(context: Context) -> Iterator[list[str]]:
    statements: list[str] = []

    def note(_c: object, _k: object, statement: str, *_: object) -> None:
        statements.append(statement)

    event.listen(context.engine, "before_cursor_execute", note)
    yield statements
    event.remove(context.engine, "before_cursor_execute", note)


def test_more_records_need_no_more_queries(context: Context, ada: Person, bob: Person) -> None:
    fill(context, ada, bob)
    with counted(context) as few:
        download(context, ada, ada)
    more = [f"{n:022d}" for n in range(100, 160)]
    describe(context, more)
    entries.add_uris(context, ada, more)
    with counted(context) as many:
        download(context, ada, ada)
    assert len(many) == len(few) < 60


def test_the_readme_names_every_file_and_every_column(adas_data: bytes) -> None:
    content = files(adas_data)
    readme = content["README.txt"]
    assert {name for name in content if name not in readme} == {"README.txt"}
    for kind in KINDS:
        part = readme.partition(f"\n{kind.json}, ")[2].partition("\n\n\n")[0]
        for field in kind.model.model_fields:
            assert f"  {field}: " in part
    assert all(words for _, sentence, fields in kinds.documentation() for _, words in fields)


def test_the_documentation_says_what_the_readme_says() -> None:
    document = Path(PROJECT / "docs" / "my-data.md").read_text()
    for name, sentence, fields in kinds.documentation():
        assert f"### {name}\n\n{sentence}\n" in document
        for field, words in fields:
            assert f"| `{field}` | {words} |" in document
    for reason in kinds.LEFT_OUT.values():
        assert f"- {reason}\n" in document


def test_of_the_whole_file_the_plays_can_be_brought_and_each_counts_once(adas_data: bytes) -> None:
    packed = HistoryFile("my-top-track-tracker.zip", io.BytesIO(adas_data))
    now = datetime(2026, 11, 22, tzinfo=UTC)
    reading = history_files.read([packed], now=now)
    assert not reading.questions
    assert [(part.name, part.format) for part in reading.parts] == [
        ("plays.jsonl", Format.OURS_LINES)
    ]
    lines = files(adas_data)["plays.jsonl"].splitlines()
    assert sum(len(block.plays) for block in reading) == len(lines) > 0
