import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from tests.services.conftest import add_person
from tests.services.plays.conftest import play, take
from ttt.errors import InvalidInput, NotFound, StoreFull
from ttt.models import PlayAgain
from ttt.services.accounts import accounts
from ttt.services.context import Context
from ttt.services.person import Person
from ttt.services.server.backups import sqlite
from ttt.services.server.backups.backups import backup, restore
from ttt.store import migrate


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Where a copy goes to."""
    return tmp_path / "copy.sqlite3"


def names(context: Context) -> list[str]:
    return [p.username for p in accounts.listed(context, accounts.operator(context))]


def database(context: Context) -> Path:
    return context.settings.data_dir / "ttt.sqlite3"


def held(context: Context) -> dict[str, bytes]:
    """The files beside the database, with what is in them."""
    folder = context.settings.data_dir
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def test_a_backup_brings_back_what_was_there(context: Context, ada: Person, copy: Path) -> None:
    backup(context, copy)
    add_person(context, "bob")
    assert restore(context, copy) == context.settings.data_dir / "ttt.sqlite3.before-restore"
    assert names(context) == ["ada"]


def test_a_backup_is_one_file_for_its_owner_only(context: Context, ada: Person, copy: Path) -> None:
    backup(context, copy)
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("SELECT username FROM user_account").fetchall() == [("ada",)]
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    assert {path.name for path in copy.parent.iterdir()} == {"copy.sqlite3", "data"}


def test_a_backup_has_what_others_committed_and_nothing_half_done(
    context: Context, ada: Person, copy: Path
) -> None:
    with context.session() as session:
        session.connection().exec_driver_sql("UPDATE user_account SET name = 'half done'")
        backup(context, copy)
    restore(context, copy)
    assert accounts.find(context, "ada").name == "Ada"


def test_plays_that_were_brought_again_are_no_damage(
    context: Context, ada: Person, copy: Path
) -> None:
    for upload_id in (1, 2):
        take(context, ada.id, [play(1_000), play(2_000, ms=None)], upload_id=upload_id)
    with context.session() as session:
        assert len(session.exec(select(PlayAgain)).all()) == 2
    backup(context, copy)
    context.engine.dispose()
    restore(context, copy)
    assert sqlite.damage(database(context)) == ""


def test_an_empty_cell_where_none_may_be_is_damage(tmp_path: Path) -> None:
    file = tmp_path / "file"
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("CREATE TABLE t (a INT, b INT, c INT)")
        connection.execute("INSERT INTO t VALUES (1, 2, NULL)")
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute(
            "UPDATE sqlite_master SET sql = 'CREATE TABLE t (a INT, b INT, c INT NOT NULL)'"
        )
    assert sqlite.damage(file) == "NULL value in t.c"


def test_a_file_is_replaced_only_by_force(context: Context, ada: Person, copy: Path) -> None:
    copy.write_text("precious")
    with pytest.raises(InvalidInput, match="--force"):
        backup(context, copy)
    assert copy.read_text() == "precious"
    backup(context, copy, force=True)
    assert copy.read_bytes().startswith(b"SQLite format 3")


def test_the_database_is_never_replaced_by_its_own_backup(context: Context, ada: Person) -> None:
    with pytest.raises(InvalidInput):
        backup(context, database(context), force=True)
    assert names(context) == ["ada"]


def test_a_backup_needs_a_database_and_a_folder(context: Context, copy: Path) -> None:
    with pytest.raises(InvalidInput, match="no folder"):
        backup(context, copy / "x" / "y")
    database(context).unlink()
    with pytest.raises(NotFound):
        backup(context, copy)
    assert not copy.exists()


def test_every_database_before_a_restore_is_kept(context: Context, ada: Person, copy: Path) -> None:
    backup(context, copy)
    kept = [restore(context, copy) for _ in range(3)]
    suffixes = [path.name.partition(".before-restore")[2] for path in kept if path]
    assert suffixes == ["", "1", "2"]
    assert all(path and path.exists() for path in kept)


def test_a_copy_of_an_older_version_is_upgraded(
    context: Context, ada: Person, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup(context, copy)
    upgraded: list[object] = []
    monkeypatch.setattr(migrate, "upgrade", lambda engine, **_: upgraded.append(engine))
    restore(context, copy)
    assert upgraded == [context.engine]


@pytest.mark.parametrize("there", [True, False], ids=["with a database", "on a new machine"])
@pytest.mark.parametrize("error", [StoreFull(), KeyboardInterrupt()], ids=repr)
def test_whatever_ends_a_restore_all_is_as_it_was(
    context: Context,
    ada: Person,
    copy: Path,
    monkeypatch: pytest.MonkeyPatch,
    error: BaseException,
    there: bool,
) -> None:
    def fail(engine: Engine, **_how: object) -> None:
        with engine.begin() as connection:
            connection.exec_driver_sql("DELETE FROM user_account")
        raise error

    backup(context, copy)
    sqlite3.connect(sqlite.jobs_of(copy)).close()
    jobs = context.settings.data_dir / "jobs.sqlite3"
    add_person(context, "bob")
    context.engine.dispose()
    if there:
        jobs.write_bytes(b"work under way")
    else:
        database(context).unlink()
    before = held(context)
    monkeypatch.setattr(migrate, "upgrade", fail)
    with pytest.raises(type(error)):
        restore(context, copy)
    assert held(context) == before


def test_a_restore_on_a_new_machine_keeps_nothing(
    context: Context, ada: Person, copy: Path
) -> None:
    backup(context, copy)
    context.engine.dispose()
    for path in database(context).parent.glob("ttt.sqlite3*"):
        path.unlink()
    assert restore(context, copy) is None
    assert names(context) == ["ada"]


def test_a_broken_database_is_set_aside_with_what_belongs_to_it(
    context: Context, ada: Person, copy: Path
) -> None:
    backup(context, copy)
    context.engine.dispose()
    database(context).write_bytes(b"broken" * 1000)
    beside = database(context).with_name("ttt.sqlite3-wal")
    beside.write_bytes(b"log")
    kept = restore(context, copy)
    assert kept is not None
    assert kept.read_bytes().startswith(b"broken")
    assert kept.with_name(f"{kept.name}-wal").read_bytes() == b"log"
    assert names(context) == ["ada"]


def test_nothing_is_restored_while_the_app_runs(context: Context, ada: Person, copy: Path) -> None:
    backup(context, copy)
    add_person(context, "bob")
    # The app keeps its connections open, in a pool.
    with closing(sqlite3.connect(database(context))) as app:
        app.execute("SELECT * FROM user_account").fetchall()
        with pytest.raises(InvalidInput, match="stop the app"):
            restore(context, copy)
    assert names(context) == ["ada", "bob"]


def test_a_missing_file_is_told(context: Context, ada: Person, copy: Path) -> None:
    with pytest.raises(NotFound):
        restore(context, copy)


def no_database(path: Path) -> None:
    path.write_text("a,b\n1,2\n")


def empty(path: Path) -> None:
    path.touch()


def of_another_app(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE alembic_version (version_num TEXT)")


def of_the_future(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999_the_future'")
        connection.commit()


def damaged(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[4096 * 3 : 4096 * 30] = b"\xff" * 4096 * 27
    path.write_bytes(content)


@pytest.mark.parametrize("spoil", [no_database, empty, of_another_app, of_the_future, damaged])
def test_what_is_no_good_copy_is_refused_and_changes_nothing(
    context: Context, ada: Person, copy: Path, spoil: object
) -> None:
    if spoil in {of_the_future, damaged}:
        backup(context, copy)
    assert callable(spoil)
    spoil(copy)
    with pytest.raises(InvalidInput):
        restore(context, copy)
    assert names(context) == ["ada"]
    assert [p.name for p in database(context).parent.glob("*before-restore*")] == []
