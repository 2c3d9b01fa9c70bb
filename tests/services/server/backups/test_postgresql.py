import stat
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from tests.services.conftest import add_person
from tests.services.server.backups.conftest import TOOLS
from ttt.errors import InvalidInput
from ttt.services.accounts import accounts
from ttt.services.context import Context
from ttt.services.server.backups import postgresql
from ttt.services.server.backups.backups import backup, restore
from ttt.services.server.backups.verifying import verify
from ttt.store import migrate
from ttt.store.server import copies, programs

NEWEST = migrate.newest() or ""
pytestmark = pytest.mark.skipif(not (TOOLS / "pg_dump").exists(), reason="no pg_dump here")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return tmp_path / "copy.dump"


def names(context: Context) -> list[str]:
    return [p.username for p in accounts.listed(context, accounts.operator(context))]


def test_a_backup_brings_back_what_was_there(on_postgresql: Context, copy: Path) -> None:
    context = on_postgresql
    add_person(context, "ada")
    backup(context, copy)
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    add_person(context, "bob")
    context.engine.dispose()
    kept = restore(context, copy)
    assert kept == context.settings.data_dir / "ttt.before-restore.dump"
    assert names(context) == ["ada"]
    context.engine.dispose()
    restore(context, kept)
    assert names(context) == ["ada", "bob"]


def test_a_copy_is_restored_migrated_counted_and_compared(
    on_postgresql: Context, copy: Path
) -> None:
    context = on_postgresql
    add_person(context, "ada")
    backup(context, copy)
    add_person(context, "bob")
    found = verify(context, copy)
    assert found.rows["user_account"] == (1, 2)
    assert "play" in found.rows
    with context.engine.connect() as connection:
        left = connection.exec_driver_sql(
            "SELECT count(*) FROM pg_database WHERE datname LIKE 'ttt_verify%%'"
        ).scalar_one()
    assert left == 0


_UPLOAD = (
    "INSERT INTO history_upload (id, user_id, name, size, received, options, state, created_at,"
    " rows, counts, runs) VALUES (1, {person}, 'f', 5, 5, '{{}}', 'waiting', now(), 0, '{{}}', 1)"
)
BEFORE = (
    "INSERT INTO track (id, title) VALUES (1, 'One')",
    _UPLOAD,
    "CREATE SCHEMA dbos",
    "CREATE TABLE dbos.work (id INTEGER)",
)
HELD = {
    "play": "INSERT INTO play (user_id, told_at, track_id, source, started_at, how, device,"
    " upload_id, counts) VALUES ({person}, 100, 1, 1, 90, 0, 0, 1, 1)",
    "upload_part": "INSERT INTO upload_part (user_id, upload_id, number, data)"
    " VALUES ({person}, 1, 0, 'bytes')",
    "dbos.work": "INSERT INTO dbos.work VALUES (7)",
}


def test_plays_pieces_of_uploads_and_work_under_way_come_back(
    on_postgresql: Context, copy: Path
) -> None:
    person = add_person(on_postgresql, "ada").id
    with on_postgresql.engine.begin() as connection:
        for statement in (*BEFORE, *HELD.values()):
            connection.exec_driver_sql(statement.format(person=person))
    backup(on_postgresql, copy)
    counted = verify(on_postgresql, copy).rows
    assert (counted["play"], counted["upload_part"]) == ((1, 1), (1, 1))
    with on_postgresql.engine.begin() as connection:
        for table in HELD:
            connection.exec_driver_sql(f"DELETE FROM {table}")
    on_postgresql.engine.dispose()
    restore(on_postgresql, copy)
    with on_postgresql.engine.connect() as connection:
        left = [
            connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar() for table in HELD
        ]
    assert left == [1, 1, 1]


def test_what_is_no_whole_copy_is_refused_in_words_and_changes_nothing(
    on_postgresql: Context, copy: Path
) -> None:
    context = on_postgresql
    add_person(context, "ada")
    backup(context, copy)
    whole = copy.read_bytes()
    for spoilt, words in {
        b"": "is empty",
        b"a,b\n1,2\n" * 100: "no copy by pg_dump",
        whole[: len(whole) // 2]: "is damaged",
    }.items():
        copy.write_bytes(spoilt)
        for act in (restore, verify):
            with pytest.raises(InvalidInput, match=words):
                act(context, copy)
    assert names(context) == ["ada"]


def test_nothing_is_restored_while_the_app_runs(on_postgresql: Context, copy: Path) -> None:
    context = on_postgresql
    backup(context, copy)
    from ttt.store import engine

    app = engine.make(context.settings.database)
    with app.connect(), pytest.raises(InvalidInput, match="stop the app"):
        restore(context, copy)
    app.dispose()


def test_a_failed_backup_leaves_the_good_copy(
    on_postgresql: Context, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    context = on_postgresql
    copy.write_text("precious")
    monkeypatch.setattr(postgresql, "damage", lambda _file: "it is not whole")
    with pytest.raises(InvalidInput, match="it is not whole"):
        backup(context, copy, force=True)
    assert copy.read_text() == "precious"
    assert [path.name for path in copy.parent.iterdir() if path.name.startswith(".ttt")] == []


def test_without_the_tools_it_is_said_where_they_are(
    on_postgresql: Context, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(InvalidInput, match="postgresql-client"):
        backup(on_postgresql, copy)


def test_a_password_is_no_argument_that_others_can_read() -> None:
    from sqlalchemy import make_url

    url = make_url("postgresql+psycopg://me:hush@db:5433/ttt?sslmode=require&host=/run/x")
    assert programs._variables(url) == {
        "PGHOST": "/run/x",
        "PGPORT": "5433",
        "PGUSER": "me",
        "PGPASSWORD": "hush",
        "PGDATABASE": "ttt",
        "PGSSLMODE": "require",
    }


@pytest.mark.parametrize(
    ("content", "damage", "revision", "said"),
    [
        (b"", "", NEWEST, "is empty"),
        (b"PGDUMP", "", NEWEST, "no copy by pg_dump"),
        (b"PGDMP", "could not read", NEWEST, "is damaged: could not read"),
        (b"PGDMP", "", "", "is not a backup of this app"),
        (b"PGDMP", "", "9999_from_afar", "a newer version of the app"),
        (b"PGDMP", "", NEWEST, None),
    ],
)
def test_a_copy_is_ours_by_what_pg_restore_finds_in_it(
    monkeypatch: pytest.MonkeyPatch,
    copy: Path,
    content: bytes,
    damage: str,
    revision: str,
    said: str | None,
) -> None:
    table = f"COPY public.alembic_version (version_num) FROM stdin;\n{revision}\n"

    def started(_program: str, *words: str) -> programs.Done:
        if "--data-only" in words:
            return CompletedProcess(words, 0, table if revision else "", "")
        return CompletedProcess(words, int(bool(damage)), "", f"pg_restore: error: {damage}")

    monkeypatch.setattr(programs, "started", started)
    copy.write_bytes(content)
    if said is None:
        postgresql.require_ours(copy)
    else:
        with pytest.raises(InvalidInput, match=said):
            postgresql.require_ours(copy)


def test_nothing_is_put_back_into_a_database_that_others_use(
    context: Context, monkeypatch: pytest.MonkeyPatch, copy: Path
) -> None:
    monkeypatch.setattr(postgresql, "require_ours", lambda _file: None)
    monkeypatch.setattr(copies, "others", lambda _engine: 1)
    monkeypatch.setattr(copies, "empty", lambda _engine: pytest.fail("it was emptied"))
    with pytest.raises(InvalidInput, match="in use"):
        postgresql.put_back(context, copy)
