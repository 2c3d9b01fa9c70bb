import sqlite3
from contextlib import closing, nullcontext
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import make_url

from tests.services.conftest import Clock, add_person
from ttt.errors import InvalidInput
from ttt.services.accounts import accounts
from ttt.services.context import Context
from ttt.services.person import Person
from ttt.services.server.backups import backups, generations, postgresql, sqlite
from ttt.services.server.backups.verifying import verify
from ttt.services.server.watching import health
from ttt.store.server import copies


@pytest.fixture
def kept(context: Context, tmp_path: Path) -> Context:
    """Services whose copies go into a folder, three of them kept."""
    changes = {"backup_dir": tmp_path / "far" / "backups", "backups_kept": 3}
    settings = context.settings.model_copy(update=changes)
    return Context(settings, context.engine, context.vault, context.now)


def folder(context: Context) -> Path:
    assert context.settings.backup_dir is not None
    return context.settings.backup_dir


def spoil(context: Context) -> None:
    """Damage the database's file, as a bad disk does."""
    context.engine.dispose()
    file = sqlite.database_file(context)
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    content = bytearray(file.read_bytes())
    content[4096 * 5 : 4096 * 40] = b"\xa5" * (4096 * 35)
    file.write_bytes(content)


def test_a_damaged_database_replaces_no_good_copy(
    context: Context, ada: Person, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.sqlite3"
    backups.backup(context, copy)
    good = copy.read_bytes()
    spoil(context)
    with pytest.raises(InvalidInput, match="damaged"):
        backups.backup(context, copy, force=True)
    assert copy.read_bytes() == good
    assert backups.restore(context, copy) is not None
    assert accounts.find(context, "ada").name == "Ada"


def test_a_row_that_refers_to_nothing_is_damage(
    context: Context, ada: Person, tmp_path: Path
) -> None:
    with closing(sqlite3.connect(sqlite.database_file(context))) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("DELETE FROM user_account")
        connection.commit()
    with pytest.raises(
        InvalidInput, match=r"a row of [a-z_]+ refers to a row of user_account that is not there"
    ):
        backups.backup(context, tmp_path / "copy.sqlite3")


def test_each_day_has_its_copy_and_the_oldest_go(kept: Context, ada: Person, clock: Clock) -> None:
    for _ in range(5):
        assert "copied to" in backups.daily(kept)
        clock.forward(days=1)
    assert [file.name for _, file in generations.listed(folder(kept))] == [
        f"ttt-202611{day}-120000.sqlite3" for day in (26, 25, 24)
    ]
    assert folder(kept).stat().st_mode & 0o077 == 0


def test_other_files_in_the_folder_are_left(kept: Context, ada: Person, clock: Clock) -> None:
    folder(kept).mkdir(parents=True)
    others = [folder(kept) / name for name in ("ttt-mine.sqlite3", "notes.txt", "ttt-x.jobs")]
    for file in others:
        file.touch()
    for _ in range(5):
        backups.daily(kept)
        clock.forward(days=1)
    assert all(file.exists() for file in others)


def test_work_under_way_goes_with_the_copy(kept: Context, ada: Person, clock: Clock) -> None:
    jobs = kept.settings.data_dir / "jobs.sqlite3"
    with closing(sqlite3.connect(jobs)) as connection:
        connection.execute("CREATE TABLE work (id INTEGER)")
        connection.execute("INSERT INTO work VALUES (7)")
        connection.commit()
    backups.daily(kept)
    ((_, newest),) = generations.listed(folder(kept))
    jobs.unlink()
    backups.restore(kept, newest)
    with closing(sqlite3.connect(jobs)) as connection:
        assert connection.execute("SELECT id FROM work").fetchall() == [(7,)]
    for _ in range(4):
        clock.forward(days=1)
        backups.daily(kept)
    assert not sqlite.jobs_of(newest).exists()


def test_the_day_without_a_folder_checks_the_database(context: Context, ada: Person) -> None:
    assert backups.daily(context) == "The database is whole."
    spoil(context)
    with pytest.raises(InvalidInput, match="The database is damaged"):
        backups.daily(context)


def test_doctor_tells_of_missing_old_and_damaged_copies(
    kept: Context, ada: Person, clock: Clock
) -> None:
    folder(kept).mkdir(parents=True)
    assert "holds no copy" in problems(kept)
    backups.daily(kept)
    assert problems(kept) == ""
    clock.forward(hours=36)
    assert problems(kept) == ""
    clock.forward(seconds=1)
    assert "older than 36 hours" in problems(kept)
    clock.time -= timedelta(hours=36, seconds=1)
    ((_, newest),) = generations.listed(folder(kept))
    newest.write_bytes(newest.read_bytes()[:50_000])
    assert "is damaged" in problems(kept)


def test_a_copy_is_restored_migrated_counted_and_compared(
    context: Context, ada: Person, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.sqlite3"
    context.vault.encrypt("x")
    backups.backup(context, copy)
    add_person(context, "bob")
    found = verify(context, copy)
    assert found.rows["user_account"] == (1, 2)
    assert {"play", "history_upload", "play_page"} <= set(found.rows)
    assert (found.secrets, found.unreadable) == (0, 0)
    assert found.revision.startswith("00")


def test_a_copy_can_be_verified_where_the_database_is_gone(
    context: Context, ada: Person, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.sqlite3"
    backups.backup(context, copy)
    context.engine.dispose()
    for path in sqlite.database_file(context).parent.glob("ttt.sqlite3*"):
        path.unlink()
    assert verify(context, copy).rows["user_account"] == (1, 0)


def test_what_cannot_be_read_with_this_key_is_counted(
    context: Context, ada: Person, tmp_path: Path
) -> None:
    from tests.services.conftest import connect
    from ttt.services.keys.vault import Vault

    connect(context, ada)
    copy = tmp_path / "copy.sqlite3"
    backups.backup(context, copy)
    assert verify(context, copy).unreadable == 0
    stranger = Context(
        context.settings, context.engine, Vault(lambda: ("another" * 6,)), context.now
    )
    found = verify(stranger, copy)
    assert found.unreadable == found.secrets == 1


@pytest.mark.parametrize("size", [0, 60_000])
def test_verifying_says_what_is_wrong(
    context: Context, ada: Person, tmp_path: Path, size: int
) -> None:
    copy = tmp_path / "copy.sqlite3"
    backups.backup(context, copy)
    copy.write_bytes(copy.read_bytes()[:size])
    with pytest.raises(InvalidInput, match="is damaged" if size else "is empty"):
        verify(context, copy)


def problems(context: Context) -> str:
    found = [finding.words for finding in health.check(context) if not finding.ok]
    return "\n".join(words for words in found if "Backups" in words)


def noted(_program: str, *words: str, **_url: object) -> None:
    """What pg_dump does: a file where it was told to, for everybody to read."""
    file = Path(next(word for word in words if word.startswith("--file=")).removeprefix("--file="))
    file.write_bytes(b"PGDMP")
    file.chmod(0o644)


@pytest.fixture
def dumping(context: Context, monkeypatch: pytest.MonkeyPatch) -> Context:
    """Services on a PostgreSQL of which only copies are asked for, and are whole."""
    monkeypatch.setattr(postgresql.programs, "run", noted)
    monkeypatch.setattr(postgresql, "require_ours", lambda _copy: None)
    settings = context.settings.model_copy(update={"database_url": "postgresql://db/ttt"})
    return Context(settings, context.engine, context.vault, context.now)


def test_a_copy_of_postgresql_is_for_its_owner_only_and_replaced_by_force(
    dumping: Context, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.dump"
    backups.backup(dumping, copy)
    assert copy.stat().st_mode & 0o777 == 0o600
    copy.write_bytes(b"old")
    with pytest.raises(InvalidInput, match="exists already"):
        backups.backup(dumping, copy)
    assert copy.read_bytes() == b"old"
    backups.backup(dumping, copy, force=True)
    assert copy.read_bytes() == b"PGDMP"
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".ttt")] == []


def test_what_is_kept_before_a_restore_of_postgresql_is_for_its_owner_only(
    dumping: Context, tmp_path: Path
) -> None:
    file = tmp_path / "before.dump"
    postgresql.take_as_it_is(dumping, file)
    assert file.stat().st_mode & 0o777 == 0o600


def test_each_day_of_postgresql_has_its_copy(dumping: Context, tmp_path: Path) -> None:
    assert backups.daily(dumping) == "PostgreSQL looks after itself."
    settings = dumping.settings.model_copy(update={"backup_dir": tmp_path / "far"})
    there = Context(settings, dumping.engine, dumping.vault, dumping.now)
    assert "copied to" in backups.daily(there)
    assert [path.suffix for path in folder(there).iterdir()] == [".dump"]
    assert folder(there).stat().st_mode & 0o777 == 0o700


def test_names_are_free_where_a_number_says_so(tmp_path: Path) -> None:
    file = tmp_path / "ttt.before-restore.dump"
    for name in (file.name, "ttt.before-restore1.dump", "ttt.before-restore2.dump"):
        assert postgresql._free_name(file).name == name
        (tmp_path / name).touch()


def test_without_a_scratch_database_a_copy_of_postgresql_is_not_verified(
    dumping: Context, ada: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy, loaded = tmp_path / "copy.dump", list[str]()
    copy.write_bytes(b"PGDMP")
    scratch = [None, make_url(f"sqlite:///{sqlite.database_file(as_sqlite(dumping))}")]
    monkeypatch.setattr(copies, "scratch", lambda _engine: nullcontext(scratch.pop(0)))
    monkeypatch.setattr(postgresql, "load", lambda file, _url: loaded.append(file.name))
    with pytest.raises(InvalidInput, match="No scratch database can be made"):
        verify(dumping, copy)
    assert loaded == []
    assert verify(dumping, copy).rows["user_account"] == (1, 1)
    assert loaded == ["copy.dump"]


def as_sqlite(context: Context) -> Context:
    """The same services by the file that they stand on in these tests."""
    settings = context.settings.model_copy(update={"database_url": ""})
    return Context(settings, context.engine, context.vault, context.now)
