"""The key of every large table begins with the person

Processes of the version before go on beside this one: what they write gets its person by a trigger,
and the keys that they write by stay as unique indexes, `..._former`. The next migration drops both.
"""

import sqlalchemy as sa
from alembic import op

revision = "0015_keys_begin_with_the_person"
down_revision = "0014_tokens_of_followed_accounts"
branch_labels = None
depends_on = None

# Where a row of the version before finds its person: table, column, and the table of that id.
_OWNED_BY = {
    "top_entry": ("snapshot_id", "top_snapshot"),
    "list_entry": ("list_id", "track_list"),
    "upload_part": ("upload_id", "history_upload"),
}


def upgrade() -> None:
    on_postgresql = op.get_bind().dialect.name == "postgresql"
    if on_postgresql:
        # Who is about to write waits, in the order in which requests write; who reads does not,
        # until the tables change places.
        op.execute(
            "LOCK TABLE track, track_list, history_upload, top_snapshot, top_entry, list_entry,"
            " upload_part IN SHARE ROW EXCLUSIVE MODE"
        )
    op.create_index("ix_track_list_owned", "track_list", ["user_id", "id"], unique=True)
    op.create_index("ix_history_upload_owned", "history_upload", ["user_id", "id"], unique=True)
    if on_postgresql:
        _on_postgresql()
    else:
        _on_sqlite()
    op.create_index("ix_top_snapshot_former", "top_snapshot", ["id"], unique=True)
    op.create_index("ix_list_entry_former", "list_entry", ["list_id", "track_id"], unique=True)
    op.create_index("ix_upload_part_former", "upload_part", ["upload_id", "number"], unique=True)
    op.create_index(
        "ix_list_entry_track", "list_entry", ["user_id", "list_id", "track_id"], unique=True
    )


def downgrade() -> None:
    raise NotImplementedError("The way back is the copy from before: python -m ttt db restore")


def _on_postgresql() -> None:
    _copy_ranks()
    op.execute("LOCK TABLE top_snapshot, top_entry, list_entry, upload_part")
    _change_places()
    _put_in_front("list_entry", "id")
    op.drop_constraint("list_entry_list_id_track_id_key", "list_entry")
    _put_in_front("upload_part", "upload_id", "number")
    for table in _OWNED_BY:
        _fill_in(table)


def _copy_ranks() -> None:
    """Write all ranks with their person into a table of their own, each person's together."""
    op.create_index("ix_top_snapshot_owned", "top_snapshot", ["user_id", "id"], unique=True)
    names = ("user_id", "snapshot_id", "rank", "track_id")
    op.create_table("ranks", *(sa.Column(name, sa.Integer(), nullable=False) for name in names))
    op.execute(
        "INSERT INTO ranks SELECT user_id, snapshot_id, rank, track_id FROM top_entry"
        " JOIN top_snapshot ON id = snapshot_id ORDER BY user_id, snapshot_id, rank"
    )
    op.create_primary_key("ranks_pkey", "ranks", list(names[:3]))
    op.create_index("ix_top_entry_former", "ranks", ["snapshot_id", "rank"], unique=True)
    op.create_index("ix_ranks_track_id", "ranks", ["track_id"])
    op.create_foreign_key(
        "top_entry_track_id_fkey", "ranks", "track", ["track_id"], ["id"], ondelete="CASCADE"
    )
    _refer("top_entry", "ranks")


def _change_places() -> None:
    """Let the copy be the table."""
    op.drop_table("top_entry")
    op.drop_constraint("top_snapshot_pkey", "top_snapshot")
    op.execute(
        "ALTER TABLE top_snapshot ADD CONSTRAINT top_snapshot_pkey"
        " PRIMARY KEY USING INDEX ix_top_snapshot_owned"
    )
    op.rename_table("ranks", "top_entry")
    op.execute("ALTER INDEX ranks_pkey RENAME TO top_entry_pkey")
    op.execute("ALTER INDEX ix_ranks_track_id RENAME TO ix_top_entry_track_id")


def _put_in_front(table: str, *key: str) -> None:
    """Add the person to a table and put them in front of its key."""
    column, parent = _OWNED_BY[table]
    op.add_column(table, sa.Column("user_id", sa.Integer(), nullable=True))
    op.execute(
        f"UPDATE {table} SET user_id = {parent}.user_id FROM {parent}"  # nosec B608  # constants
        f" WHERE {parent}.id = {table}.{column}"
    )
    op.alter_column(table, "user_id", nullable=False)
    op.drop_constraint(f"{table}_pkey", table)
    op.create_primary_key(f"{table}_pkey", table, ["user_id", *key])
    op.drop_constraint(f"{table}_{column}_fkey", table)
    _refer(table)


def _refer(table: str, copy: str = "") -> None:
    """Let a table, or its copy, refer to its person's row."""
    column, parent = _OWNED_BY[table]
    name, own, its = f"{table}_user_id_{column}_fkey", ["user_id", column], ["user_id", "id"]
    op.create_foreign_key(name, copy or table, parent, own, its, ondelete="CASCADE")


def _fill_in(table: str) -> None:
    """Let rows that come without their person get it."""
    column, parent = _OWNED_BY[table]
    op.execute(
        f"CREATE FUNCTION former_{table}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"  # nosec B608  # constants
        f" SELECT user_id INTO NEW.user_id FROM {parent} WHERE id = NEW.{column};"
        " RETURN NEW; END $$"
    )
    op.execute(
        f"CREATE TRIGGER former_{table} BEFORE INSERT ON {table} FOR EACH ROW"
        f" WHEN (NEW.user_id IS NULL) EXECUTE FUNCTION former_{table}()"
    )


# On SQLite a number counts up by itself only where it is the whole key.
_ANEW = {
    "top_snapshot": """
        id INTEGER NOT NULL PRIMARY KEY,
        user_id INTEGER NOT NULL,
        period VARCHAR(16) NOT NULL,
        taken_at DATETIME NOT NULL,
        length INTEGER NOT NULL,
        UNIQUE (user_id, id),
        FOREIGN KEY (user_id) REFERENCES user_account (id) ON DELETE CASCADE""",
    "top_entry": """
        user_id INTEGER DEFAULT 0 NOT NULL,
        snapshot_id INTEGER NOT NULL,
        rank INTEGER NOT NULL,
        track_id INTEGER NOT NULL,
        PRIMARY KEY (user_id, snapshot_id, rank),
        FOREIGN KEY (track_id) REFERENCES track (id) ON DELETE CASCADE""",
    "list_entry": """
        id INTEGER NOT NULL PRIMARY KEY,
        user_id INTEGER DEFAULT 0 NOT NULL,
        list_id INTEGER NOT NULL,
        track_id INTEGER NOT NULL,
        position INTEGER NOT NULL,
        added_at DATETIME NOT NULL,
        added_by INTEGER,
        note VARCHAR(500),
        tags JSON NOT NULL,
        removed_at DATETIME,
        removal VARCHAR(32),
        FOREIGN KEY (track_id) REFERENCES track (id) ON DELETE CASCADE,
        FOREIGN KEY (added_by) REFERENCES user_account (id) ON DELETE SET NULL""",
    "upload_part": """
        user_id INTEGER DEFAULT 0 NOT NULL,
        upload_id INTEGER NOT NULL,
        number INTEGER NOT NULL,
        data BLOB NOT NULL,
        PRIMARY KEY (user_id, upload_id, number)""",
}
_INDEXES = {
    "ix_top_snapshot_latest": ("top_snapshot", ["user_id", "period", "taken_at"]),
    "ix_top_entry_track_id": ("top_entry", ["track_id"]),
    "ix_list_entry_added_at": ("list_entry", ["added_at"]),
    "ix_list_entry_added_by": ("list_entry", ["added_by"]),
    "ix_list_entry_place": ("list_entry", ["list_id", "removed_at", "position"]),
    "ix_list_entry_removal": ("list_entry", ["removal"]),
    "ix_list_entry_track_id": ("list_entry", ["track_id"]),
}


def _on_sqlite() -> None:
    for table, columns in _ANEW.items():
        _make_anew(table, columns)
    for name, (table, on) in _INDEXES.items():
        op.create_index(name, table, on)
    op.create_index("ix_top_entry_former", "top_entry", ["snapshot_id", "rank"], unique=True)
    for table, (column, parent) in _OWNED_BY.items():
        # 0 is nobody, until the trigger has looked whose the row is.
        op.execute(
            f"CREATE TRIGGER former_{table} AFTER INSERT ON {table} WHEN NEW.user_id = 0 BEGIN"  # nosec B608  # constants
            f" UPDATE {table} SET user_id ="
            f" (SELECT user_id FROM {parent} WHERE id = NEW.{column})"
            f" WHERE user_id = 0 AND {column} = NEW.{column}; END"
        )


def _make_anew(table: str, columns: str) -> None:
    """Copy a table into one with its person."""
    words = [column.split()[0] for column in columns.splitlines()[1:]]
    names = [word for word in words if word.islower()]
    read, found = ", ".join(names), table
    if table in _OWNED_BY:
        column, parent = _OWNED_BY[table]
        columns += f", FOREIGN KEY (user_id, {column})"
        columns += f" REFERENCES {parent} (user_id, id) ON DELETE CASCADE"
        read = ", ".join("whose" if name == "user_id" else name for name in names)
        found += f" JOIN (SELECT id AS its, user_id AS whose FROM {parent}) ON its = {column}"  # nosec B608  # constants
    clustered = " WITHOUT ROWID" if table == "top_entry" else ""
    op.execute(f"CREATE TABLE anew ({columns}){clustered}")
    op.execute(f"INSERT INTO anew ({', '.join(names)}) SELECT {read} FROM {found}")  # nosec B608  # constants
    op.drop_table(table)
    op.rename_table("anew", table)
