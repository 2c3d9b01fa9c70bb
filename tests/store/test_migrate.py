import hashlib
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import DateTime, Engine, inspect, text
from sqlalchemy.dialects.sqlite.base import SQLiteTypeCompiler
from sqlalchemy.exc import DBAPIError

from tests.surroundings.databases import opened
from ttt import names
from ttt.errors import SettingsError
from ttt.models import User
from ttt.store import migrate

PROJECT = Path(__file__).resolve().parents[2]
UPGRADE = """
import sys
from ttt.store import engine, migrate
migrate.upgrade(engine.connect(sys.argv[1]))
"""


def test_an_empty_database_has_no_revision(empty_url: str) -> None:
    with opened(empty_url) as engine:
        assert migrate.revision(engine) is None


def test_upgrading_brings_the_newest_revision_and_is_repeatable(empty_url: str) -> None:
    with opened(empty_url) as engine:
        for _ in range(2):
            migrate.upgrade(engine)
            assert migrate.revision(engine) == migrate.newest()


def test_the_migrations_make_what_the_models_say(engine: Engine) -> None:
    with engine.connect() as connection:
        opts = {"compare_type": True, "include_name": migrate.is_whole}
        context = MigrationContext.configure(connection, opts=opts)
        assert compare_metadata(context, User.metadata) == []


def test_every_time_is_kept_with_its_zone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # SQLite keeps the same either way; what PostgreSQL is told is what the migrations say.
    plain, zones = SQLiteTypeCompiler.visit_datetime, []

    def noted(compiler: SQLiteTypeCompiler, type_: DateTime, **given: object) -> str:
        zones.append(type_.timezone)
        return plain(compiler, type_, **given)

    monkeypatch.setattr(SQLiteTypeCompiler, "visit_datetime", noted)
    with opened(f"sqlite:///{tmp_path / 'empty.sqlite3'}") as engine:
        migrate.upgrade(engine)
    assert len(zones) > 40
    assert all(zones)


def test_every_revision_has_a_number_and_a_readable_name() -> None:
    versions = PROJECT / "ttt" / "store" / "migrations" / "versions"
    names = sorted(path.stem for path in versions.glob("*.py"))
    assert names
    for number, name in enumerate(names, start=1):
        assert name.startswith(f"{number:04}_")
        assert migrate.knows(name)


@pytest.mark.slow
def test_processes_that_start_together_take_turns(empty_url: str) -> None:
    command = [sys.executable, "-c", UPGRADE, empty_url]
    started = [
        subprocess.Popen(command, cwd=PROJECT, stderr=subprocess.PIPE, text=True) for _ in range(2)
    ]
    errors = [process.communicate(timeout=240)[1] for process in started]
    assert [process.returncode for process in started] == [0, 0], errors
    with opened(empty_url) as engine:
        assert migrate.revision(engine) == migrate.newest()


def test_a_failed_migration_leaves_nothing(empty_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(config: object, revision: str) -> None:
        connection = config.attributes["connection"]  # type: ignore[attr-defined]
        connection.execute(text("CREATE TABLE half_done (id INTEGER)"))
        raise RuntimeError

    monkeypatch.setattr(migrate.command, "upgrade", fail)
    with opened(empty_url) as engine:
        with pytest.raises(RuntimeError):
            migrate.upgrade(engine)
        assert inspect(engine).get_table_names() == []


def test_where_nothing_is_to_be_done_no_migration_is_read(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migrate.command, "upgrade", None)
    migrate.upgrade(engine)
    assert migrate.revision(engine) == migrate.newest()


def test_a_database_of_a_newer_version_is_refused(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999_the_future'"))
    with pytest.raises(SettingsError, match="newer version"):
        migrate.upgrade(engine)
    assert migrate.revision(engine) == "9999_the_future"


def test_tables_that_are_made_anew_keep_what_refers_to_them(empty_url: str) -> None:
    with opened(empty_url) as engine:
        migrate.upgrade(engine, "0006_ways_into_an_account")
        with engine.begin() as connection:
            for statement in (
                """INSERT INTO user_account
                (id, username, name, email, password_hash, role, created_at, revision)
                VALUES (1, 'ada', 'Ada', '', '', 'member', '2026-01-01', 1)""",
                "INSERT INTO track (id, spotify_id, title) VALUES (7, 'seven', 'Seven')",
                "INSERT INTO personal_value VALUES (1, 7, 'energy', 'hand', '2026-01-01', 0.5)",
            ):
                connection.execute(text(statement))
        migrate.upgrade(engine)
        with engine.connect() as connection:
            kept = connection.execute(text("SELECT track_id, value FROM personal_value")).all()
            titles = connection.execute(text("SELECT id, title FROM track")).all()
    assert (kept, titles) == ([(7, 0.5)], [(7, "Seven")])


def test_foreign_keys_are_kept_after_a_migration(empty_url: str) -> None:
    with opened(empty_url) as engine:
        migrate.upgrade(engine)
        with engine.begin() as connection, pytest.raises(DBAPIError):
            connection.execute(text("INSERT INTO submit_token VALUES (1, 99, 'x', 'x', 'x', NULL)"))


def _insert(engine: Engine, *statements: str) -> None:
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))


def _person(number: int) -> str:
    return (
        "INSERT INTO user_account (id, username, name, email, password_hash, role, created_at,"
        f" revision) VALUES ({number}, 'p{number}', 'P', '', '', 'member', '2026-01-01', 1)"
    )


def _saved(number: int, list_id: int, track_id: int, by: str) -> str:
    return (
        "INSERT INTO list_entry (id, list_id, track_id, position, added_at, added_by, tags)"
        f" VALUES ({number}, {list_id}, {track_id}, {number}, '2026-01-02', {by}, '[]')"
    )


def test_what_uploads_named_for_everybody_becomes_their_owners_own(empty_url: str) -> None:
    track = "INSERT INTO track (id, spotify_id, title, album, described_by, described_at) VALUES"
    trending = "INSERT INTO track_list (id, user_id, name, trending, access, created_at) VALUES"
    with opened(empty_url) as engine:
        migrate.upgrade(engine, "0008_ranks_left_open")
        _insert(
            engine,
            *(_person(number) for number in (1, 2, 3)),
            f"{trending} (1, 1, 'Trending', true, 'private', '2026-01-01')",
            f"{trending} (2, 2, 'Trending', true, 'private', '2026-01-01')",
            f"{track} (7, 'seven', 'The', 'Album', 'upload', '2026-01-03')",
            f"{track} (8, 'eight', 'Eight', NULL, 'spotify', '2026-01-03')",
            "INSERT INTO artist (id, identity, name) VALUES (4, 'b', 'B'), (5, 'a', 'A')",
            "INSERT INTO track_artist (track_id, artist_id, position) VALUES (7, 4, 1), (7, 5, 0),"
            " (8, 4, 0)",
            *(_saved(1, 1, 7, "1"), _saved(2, 2, 7, "NULL"), _saved(3, 1, 8, "1")),
        )
        migrate.upgrade(engine)
        with engine.connect() as connection:
            own = connection.execute(
                text("SELECT user_id, track_id, title, album FROM own_description ORDER BY user_id")
            ).all()
            artists = connection.execute(text("SELECT artists FROM own_description")).scalars()
            said = [a if isinstance(a, list) else json.loads(a) for a in artists]
            titles = connection.execute(
                text("SELECT title, described_by FROM track ORDER BY id")
            ).all()
            credited = connection.execute(text("SELECT track_id FROM track_artist")).all()
    assert own == [(1, 7, "The", "Album"), (2, 7, "The", "Album")]
    assert said == [["A", "B"], ["A", "B"]]
    assert titles == [(None, None), ("Eight", "spotify")]
    assert credited == [(8,)]


def test_what_histories_named_stays_named(empty_url: str) -> None:
    with opened(empty_url) as engine:
        migrate.upgrade(engine, "0008_ranks_left_open")
        _insert(
            engine,
            "INSERT INTO track (id, identity, title, described_by) VALUES (7, 'i', 'N', 'upload')",
            "INSERT INTO artist (id, identity, name) VALUES (4, 'b', 'B')",
            "INSERT INTO track_artist (track_id, artist_id, position) VALUES (7, 4, 0)",
        )
        migrate.upgrade(engine)
        with engine.connect() as connection:
            titles = connection.execute(text("SELECT title, described_by FROM track")).all()
            credited = connection.execute(text("SELECT artist_id FROM track_artist")).all()
    assert (titles, credited) == ([("N", "upload")], [(4,)])


def test_whoever_is_connected_stays_connected_and_has_a_seat(empty_url: str) -> None:
    connected = (
        "INSERT INTO spotify_account (user_id, spotify_id, display_name, client_id,"
        " token_encrypted, authorized_at) VALUES ({}, 'x', 'X', '{}', {}, '2026-11-01 12:00:00')"
    )
    with opened(empty_url) as engine:
        migrate.upgrade(engine, "0009_what_people_bring")
        _insert(
            engine,
            *(_person(number) for number in (1, 2, 3)),
            connected.format(1, "a" * 32, "'token'"),
            connected.format(2, "demo-client", "'token'"),
            connected.format(3, "a" * 32, "NULL"),
        )
        migrate.upgrade(engine)
        with engine.connect() as connection:
            seats = connection.exec_driver_sql("SELECT user_id, client_id FROM spotify_seat")
            assert seats.all() == [(1, "a" * 32)]
            kept = connection.exec_driver_sql(
                "SELECT user_id, token_encrypted FROM spotify_account ORDER BY user_id"
            )
            assert kept.all() == [(1, "token"), (2, "token"), (3, None)]


def test_what_a_history_called_tracks_of_spotify_becomes_their_players_own(empty_url: str) -> None:
    columns = "user_id, told_at, track_id, source, started_at, how, device, upload_id, counts"
    with opened(empty_url) as engine:
        migrate.upgrade(engine, "0009_what_people_bring")
        _insert(
            engine,
            *(_person(number) for number in (1, 2, 3)),
            "INSERT INTO track (id, spotify_id, title, album, described_by, described_at) VALUES"
            " (7, 'seven', 'The', 'Album', 'upload', '2026-01-03'),"
            " (8, 'eight', 'Eight', NULL, 'spotify', '2026-01-03')",
            "INSERT INTO artist (id, identity, name) VALUES (4, 'b', 'B'), (5, 'a', 'A')",
            "INSERT INTO track_artist (track_id, artist_id, position) VALUES (7, 4, 1), (7, 5, 0),"
            " (8, 4, 0)",
            f"INSERT INTO play ({columns}) VALUES (1, 100, 7, 1, 90, 0, 0, 1, 1),"
            " (1, 200, 7, 1, 190, 0, 0, 1, 1), (2, 100, 7, 1, 90, 0, 0, 2, 1),"
            " (2, 200, 8, 1, 190, 0, 0, 2, 1)",
        )
        migrate.upgrade(engine)
        with engine.connect() as connection:
            own = connection.execute(
                text("SELECT user_id, track_id, title, album FROM own_description ORDER BY user_id")
            ).all()
            titles = connection.execute(text("SELECT title FROM track ORDER BY id")).scalars().all()
            credited = connection.execute(text("SELECT track_id FROM track_artist")).all()
    assert own == [(1, 7, "The", "Album"), (2, 7, "The", "Album")]
    assert titles == [None, "Eight"]
    assert credited == [(8,)]


def _columns(engine: Engine) -> dict[str, list[str]]:
    tables = inspect(engine)
    return {
        name: sorted(column["name"] for column in tables.get_columns(name))
        for name in tables.get_table_names()
    }


def test_receipts_of_own_values_come_beside_what_the_version_before_goes_on_with(
    empty_url: str,
) -> None:
    receipt = (
        "INSERT INTO list_import (id, user_id, list_id, name, at, counts, refused) VALUES"
        " ({0}, 1, 1, 'mine.csv', '2026-01-02', '{{}}', '[]')"
    )
    value = (
        "INSERT INTO personal_value (user_id, track_id, source, field, value, observed_at)"
        " VALUES (1, 7, 'file', '{0}', 0.5, '2026-01-02')"
    )
    kept = "SELECT field, value FROM personal_value ORDER BY field"
    with opened(empty_url) as engine:
        migrate.upgrade(engine, "0012_changes_of_plays")
        _insert(
            engine,
            _person(1),
            "INSERT INTO track_list (id, user_id, name, trending, access, created_at)"
            " VALUES (1, 1, 'Trending', true, 'private', '2026-01-01')",
            "INSERT INTO track (id, spotify_id) VALUES (7, 'seven')",
            receipt.format(1),
            value.format("energy"),
        )
        before = _columns(engine)
        migrate.upgrade(engine, "0013_files_of_own_values")
        after = _columns(engine)
        assert after.pop("own_import")
        assert after == before
        # As processes of the version before write while those of this one start.
        _insert(engine, receipt.format(2), value.format("tempo"), _person(2))
        with engine.connect() as connection:
            assert connection.exec_driver_sql(kept).all() == [("energy", 0.5), ("tempo", 0.5)]
            names = connection.exec_driver_sql("SELECT id, name FROM list_import ORDER BY id")
            assert names.all() == [(1, "mine.csv"), (2, "mine.csv")]
        # They forget whoever leaves without knowing of this table.
        _insert(
            engine,
            "INSERT INTO own_import (id, user_id, name, at, counts, refused, partly) VALUES"
            " (1, 1, 'a', '2026-01-02', '{}', '[]', '[]'), (2, 2, 'b', '2026-01-02', '{}', '[]',"
            " '[]')",
            "DELETE FROM user_account WHERE id = 1",
        )
        with engine.connect() as connection:
            left = connection.exec_driver_sql("SELECT name FROM own_import")
            assert left.all() == [("b",)]


def test_a_recorder_that_has_a_token_already_is_no_hindrance(empty_url: str) -> None:
    with opened(empty_url) as engine:
        migrate.upgrade(engine, "0013_files_of_own_values")
        _insert(engine, "ALTER TABLE recorder ADD COLUMN token_encrypted VARCHAR")
        migrate.upgrade(engine)
        assert migrate.revision(engine) == migrate.newest()


def test_the_version_before_adds_recorders_that_have_no_token(empty_url: str) -> None:
    recorder = (
        "INSERT INTO recorder (id, user_id, kind, account, started_at, past_is_read, plays,"
        " failures) VALUES ({0}, 1, 'lastfm', 'a{0}', '2026-01-02', false, 0, 0)"
    )
    with opened(empty_url) as engine:
        migrate.upgrade(engine, "0013_files_of_own_values")
        _insert(engine, _person(1), recorder.format(1))
        migrate.upgrade(engine, "0014_tokens_of_followed_accounts")
        _insert(engine, recorder.format(2))
        with engine.connect() as connection:
            kept = connection.exec_driver_sql("SELECT account, token_encrypted FROM recorder")
            assert sorted(kept.all()) == [("a1", None), ("a2", None)]


def test_the_version_before_adds_recorders_of_which_all_was_read(empty_url: str) -> None:
    recorder = (
        "INSERT INTO recorder (id, user_id, kind, account, started_at, past_is_read, plays,"
        " failures) VALUES ({0}, 1, 'lastfm', 'a{0}', '2026-01-02', false, 0, 0)"
    )
    with opened(empty_url) as engine:
        migrate.upgrade(engine, "0018_what_waiting_rows_say")
        _insert(engine, _person(1), recorder.format(1))
        migrate.upgrade(engine, "0019_rows_that_cannot_be_read")
        _insert(engine, recorder.format(2))
        with engine.connect() as connection:
            kept = connection.exec_driver_sql("SELECT account, unread FROM recorder")
            assert sorted(kept.all()) == [("a1", 0), ("a2", 0)]


_SNAPSHOT = (
    "INSERT INTO top_snapshot (id, user_id, period, taken_at, length)"
    " VALUES ({0}, {1}, 'short_term', '2026-01-02', 1)"
)
_UPLOAD = (
    "INSERT INTO history_upload (id, user_id, name, size, received, options, state, created_at,"
    " rows, counts, runs) VALUES ({0}, {0}, 'f', 1, 1, '{{}}', 'waiting', '2026-01-02', 0, '{{}}',"
    " 1)"
)
# As the version before writes: without the person, and by the keys that it knows.
_RANK = (
    "INSERT INTO top_entry (snapshot_id, rank, track_id) VALUES ({0}, 1, 7)"
    " ON CONFLICT (snapshot_id, rank) DO NOTHING"
)
_ENTRY = (
    "INSERT INTO list_entry (list_id, track_id, position, added_at, tags)"
    " VALUES ({0}, {1}, 1, '2026-01-02', '[]') ON CONFLICT (list_id, track_id) DO NOTHING"
)
_PART = (
    "INSERT INTO upload_part (upload_id, number, data) VALUES ({0}, {1}, 'x')"
    " ON CONFLICT (upload_id, number) DO NOTHING"
)
_WHOSE = (
    "SELECT user_id, snapshot_id, track_id FROM top_entry ORDER BY 1, 2",
    "SELECT user_id, list_id, track_id FROM list_entry ORDER BY 1, 2, 3",
    "SELECT user_id, upload_id, number FROM upload_part ORDER BY 1, 2, 3",
)


def _belongings(engine: Engine) -> list[list[tuple[int, ...]]]:
    with engine.connect() as connection:
        return [[tuple(row) for row in connection.exec_driver_sql(one)] for one in _WHOSE]


@pytest.fixture
def with_belongings(empty_url: str) -> Iterator[Engine]:
    """A database of the version before the keys begin with the person, of two people."""
    with opened(empty_url) as engine:
        migrate.upgrade(engine, "0014_tokens_of_followed_accounts")
        _insert(
            engine,
            "INSERT INTO track (id, spotify_id) VALUES (7, 'seven'), (8, 'eight')",
            *(_person(number) for number in (1, 2)),
            *(
                "INSERT INTO track_list (id, user_id, name, trending, access, created_at)"
                f" VALUES ({number}, {3 - number}, 'T', true, 'private', '2026-01-01')"
                for number in (1, 2)
            ),
            *(_UPLOAD.format(number) for number in (1, 2)),
            *(_SNAPSHOT.format(5, 2), _SNAPSHOT.format(6, 1)),
            *(_RANK.format(5), _RANK.format(6)),
            *(_ENTRY.format(1, 7), _ENTRY.format(2, 7)),
            *(_PART.format(1, 0), _PART.format(2, 0)),
        )
        yield engine


def test_what_people_have_bears_them_in_its_key(with_belongings: Engine) -> None:
    migrate.upgrade(with_belongings)
    assert _belongings(with_belongings) == [
        [(1, 6, 7), (2, 5, 7)],
        [(1, 2, 7), (2, 1, 7)],
        [(1, 1, 0), (2, 2, 0)],
    ]


def test_the_version_before_goes_on_writing_beside_keys_that_begin_with_the_person(
    with_belongings: Engine,
) -> None:
    migrate.upgrade(with_belongings, "0015_keys_begin_with_the_person")
    for _ in range(2):
        _insert(with_belongings, _RANK.format(5), _ENTRY.format(1, 8), _PART.format(1, 1))
    _insert(with_belongings, _SNAPSHOT.format(9, 1), _RANK.format(9))
    assert _belongings(with_belongings) == [
        [(1, 6, 7), (1, 9, 7), (2, 5, 7)],
        [(1, 2, 7), (2, 1, 7), (2, 1, 8)],
        [(1, 1, 0), (1, 1, 1), (2, 2, 0)],
    ]
    with with_belongings.connect() as connection:
        numbers = connection.exec_driver_sql("SELECT id FROM list_entry").scalars().all()
        assert len({*numbers} - {None}) == 3
    with pytest.raises(DBAPIError):
        _insert(with_belongings, _RANK.format(99))
    _insert(with_belongings, "DELETE FROM user_account WHERE id = 2")
    assert _belongings(with_belongings) == [
        [(1, 6, 7), (1, 9, 7)],
        [(1, 2, 7)],
        [(1, 1, 0), (1, 1, 1)],
    ]


def test_nobody_has_what_another_person_s_list_holds(with_belongings: Engine) -> None:
    migrate.upgrade(with_belongings)
    with pytest.raises(DBAPIError):
        _insert(
            with_belongings,
            "INSERT INTO top_entry (user_id, snapshot_id, rank, track_id) VALUES (1, 5, 2, 7)",
        )


_PLAY = (
    "INSERT INTO play (user_id, told_at, track_id, source, started_at, ms, how, device, country,"
    " upload_id, counts) VALUES ({0}, {1}, 7, 1, {1}, 31000, 2, 1, NULL, 4, 1)"
    " ON CONFLICT (user_id, told_at, track_id, source) DO UPDATE SET ms = excluded.ms"
)
_PLAY_AGAIN = (
    "INSERT INTO play_again (user_id, told_at, track_id, source, started_at, ms, how, device,"
    " country, upload_id) VALUES ({0}, {1}, 7, 1, {1}, NULL, 2, 1, 'DE', 5)"
)
_PLAYED = (
    "SELECT user_id, told_at, track_id, source, started_at, ms, how, device, country, upload_id"
    " FROM {} ORDER BY 1, 2"
)


def _played(engine: Engine) -> list[list[tuple[object, ...]]]:
    with engine.connect() as connection:
        return [
            [tuple(row) for row in connection.exec_driver_sql(_PLAYED.format(table))]
            for table in ("play", "play_again")
        ]


def test_plays_are_the_same_in_tables_that_take_less_room(with_belongings: Engine) -> None:
    migrate.upgrade(with_belongings, "0015_keys_begin_with_the_person")
    _insert(with_belongings, _PLAY.format(2, 90), _PLAY.format(1, 80), _PLAY_AGAIN.format(2, 90))
    before = _played(with_belongings)
    assert [len(rows) for rows in before] == [2, 1]
    migrate.upgrade(with_belongings)
    assert _played(with_belongings) == before
    # As the version before writes, and as what refers to somebody goes with them.
    _insert(with_belongings, _PLAY.format(1, 80), _PLAY.format(1, 81), _PLAY_AGAIN.format(1, 81))
    _insert(with_belongings, "DELETE FROM user_account WHERE id = 2")
    assert [[row[:2] for row in rows] for rows in _played(with_belongings)] == [
        [(1, 80), (1, 81)],
        [(1, 81)],
    ]
    with pytest.raises(DBAPIError):
        _insert(with_belongings, "DELETE FROM track WHERE id = 7")


def test_nothing_of_the_keys_before_is_left(with_belongings: Engine) -> None:
    migrate.upgrade(with_belongings)
    there = inspect(with_belongings)
    names = [one["name"] for table in there.get_table_names() for one in there.get_indexes(table)]
    assert not [name for name in names if name and "former" in name]
    on_sqlite = with_belongings.dialect.name == "sqlite"
    with with_belongings.connect() as connection:
        triggers = connection.exec_driver_sql(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
            if on_sqlite
            else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
        )
        assert triggers.all() == []
    with pytest.raises(DBAPIError):
        _insert(with_belongings, _RANK.format(5))


@pytest.mark.parametrize(
    ("name", "kind", "table", "whole"),
    [
        ("play", "table", None, True),
        ("play_again", "table", None, True),
        ("play_7", "table", None, False),
        ("play_7", "index", "play", True),
        ("any", "index", "play_7", False),
    ],
)
def test_a_partition_of_plays_is_no_table_of_the_models(
    name: str, kind: str, table: str | None, whole: bool
) -> None:
    assert migrate.is_whole(name, kind, {"table_name": table}) is whole


def _old_key(*words: str) -> str:
    return hashlib.sha256("\n".join(words).encode()).hexdigest()


def test_names_are_known_by_letters_with_their_marks(empty_url: str) -> None:
    keys = {
        1: _old_key("かみ", "b"),
        2: _old_key("song", "き"),
        3: _old_key("plain", "b"),
        4: _old_key("cafe", "b"),
        5: _old_key("ネコ", "b"),
        6: names.identity("ネゴ", ["B"]),
        7: _old_key("SO", "b"),
    }
    titles = {1: "がみ", 2: "Song", 3: "Plain", 4: "Café", 5: "ネゴ", 6: "ネゴ", 7: "𝕊𝕆"}
    with opened(empty_url) as engine:
        migrate.upgrade(engine, "0016_plays_take_less_room")
        _insert(
            engine,
            *(
                f"INSERT INTO track (id, identity, title) VALUES ({i}, '{keys[i]}', '{titles[i]}')"
                for i in keys
            ),
            "INSERT INTO artist (id, identity, name) VALUES (1, 'name:b', 'B'), (2, 'name:', 'ぎ')",
            "INSERT INTO track_artist (track_id, artist_id, position) VALUES"
            " (1, 1, 0), (2, 2, 0), (3, 1, 0), (4, 1, 0), (5, 1, 0), (6, 1, 0), (7, 1, 0)",
        )
        migrate.upgrade(engine)
        with engine.connect() as connection:
            kept = connection.execute(text("SELECT id, identity FROM track")).all()
    found = {int(i): key for i, key in kept}
    assert found[1] == names.identity("がみ", ["B"]) != keys[1]
    assert found[2] == names.identity("Song", ["ぎ"]) != keys[2]
    assert (found[3], found[4]) == (keys[3], keys[4])
    # Of two that have one key today either keeps it, and the other stays as well.
    assert names.identity("ネゴ", ["B"]) in {found[5], found[6]}
    assert found[7] == names.identity("so", ["B"])
    assert len(set(found.values())) == 7


def test_matches_that_marks_may_have_made_wrong_are_forgotten(empty_url: str) -> None:
    with opened(empty_url) as engine:
        migrate.upgrade(engine, "0016_plays_take_less_room")
        _insert(
            engine,
            "INSERT INTO track (id, spotify_id, title) VALUES (1, 'one', 'がみ'),"
            " (2, 'two', 'かみ'), (3, 'three', 'Café')",
            "INSERT INTO name_match (name_hash, spotify_id, matched_at) VALUES"
            " ('a', 'one', '2026-11-01 12:00:00'), ('b', 'two', '2026-11-01 12:00:00'),"
            " ('c', 'three', '2026-11-01 12:00:00'), ('d', NULL, '2026-11-01 12:00:00'),"
            " ('e', 'of the catalogue', '2026-11-01 12:00:00')",
        )
        migrate.upgrade(engine)
        with engine.connect() as connection:
            kept = connection.execute(text("SELECT name_hash FROM name_match ORDER BY name_hash"))
            assert kept.scalars().all() == ["b", "c", "d", "e"]
